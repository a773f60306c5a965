"""Lists of groups as pages show them: how somebody stands in each, and when it meets next."""

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING
from uuid import UUID

from django.utils import timezone
from django.utils.timezone import localdate

from peers import joining
from peers.models import Facilitator, Group, Membership
from sharing.policy import Relation

if TYPE_CHECKING:
    from accounts.models import User


@dataclass(frozen=True)
class Shown:
    """A group in a list. `next`: when it meets next, with the group's own time zone."""

    group: Group
    next: datetime
    membership: Membership | None = None

    @property
    def place_in_line(self) -> int | None:
        return self.membership.place_in_line if self.membership else None

    @property
    def is_today(self) -> bool:
        """Whether it meets today, where the group is and by one's own calendar: else "today" would mislead."""
        now = timezone.now()
        is_theirs = self.next.date() == now.astimezone(self.next.tzinfo).date()
        return is_theirs and localdate(self.next) == localdate(now)


@dataclass(frozen=True)
class Own:
    """Somebody's groups, each list in the order they meet."""

    run: list[Shown]
    asked_to_help: list[Shown]
    with_place: list[Shown]
    waiting: list[Shown]
    asking: list[Shown]

    @property
    def is_empty(self) -> bool:
        return not (self.run or self.asked_to_help or self.with_place or self.waiting or self.asking)


@dataclass(frozen=True)
class Decided:
    """What a group decided about somebody. `group`: None if they may not look at it any more."""

    membership: Membership
    group: Group | None

    @property
    def is_declined(self) -> bool:
        """Not this time; else taken off the list."""
        return self.membership.ended_how == Membership.EndedHow.DECLINED


def own_groups(user: "User", now: datetime) -> Own:
    """All groups this person has something to do with, in three queries.

    A group where they are in and asked to help besides stands in both lists.
    """
    mine = Membership.objects.open().filter(person=user.pk).with_place_in_line()
    standing = {membership.group_id: membership for membership in mine}
    # By id first: else the second wall asks its function of every group there is.
    helping = Facilitator.objects.open().filter(person=user.pk).values_list("group", flat=True)
    groups = Group.objects.visible_to(user).filter(pk__in=[*helping, *standing]).exclude(relation=Relation.VISITOR)
    shown = _in_order([Shown(group, group.weekly.next(now), standing.get(group.pk)) for group in groups])
    run = [each for each in shown if each.group.relation == Relation.FACILITATOR]
    in_it = [(each, each.membership) for each in shown if each.membership and each not in run]
    return Own(
        run=run,
        asked_to_help=[each for each in shown if each.group.relation == Relation.ASKED_TO_HELP],
        with_place=[each for each, membership in in_it if membership.has_place],
        waiting=[each for each, membership in in_it if membership.is_waiting],
        asking=[each for each, membership in in_it if membership.is_asking],
    )


def find_groups(user: "User", now: datetime) -> list[Shown]:
    """The listed groups this person could join, in one query."""
    groups = Group.objects.visible_to(user).filter(relation=Relation.VISITOR)
    return _in_order([Shown(group, group.weekly.next(now)) for group in groups])


def decided_since(user: "User", since: datetime) -> list[Decided]:
    """What groups decided about this person, the latest of each. Not of groups they came back to, or run, since."""
    latest: dict[UUID, Membership] = {}
    for membership in joining.answers_since(user, since):
        latest.setdefault(membership.group_id, membership)
    if not latest:
        return []
    seen = {group.pk: group for group in Group.objects.visible_to(user).filter(pk__in=latest)}
    decided = [Decided(membership, seen.get(group_id)) for group_id, membership in latest.items()]
    return [each for each in decided if each.group is None or each.group.relation != Relation.FACILITATOR]


def _in_order(shown: list[Shown]) -> list[Shown]:
    return sorted(shown, key=lambda each: (each.next, each.group.name.casefold()))
