"""Lists of groups as pages show them: how somebody stands in each, and when it meets next."""

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING
from uuid import UUID

from django.utils import timezone

from peers import joining
from peers.models import Group, Membership
from sharing.policy import Relation

if TYPE_CHECKING:
    from accounts.models import User


@dataclass(frozen=True)
class Shown:
    """A group in a list. `next`: when it meets next, with the group's own time zone."""

    group: Group
    next: datetime
    place_in_line: int | None = None

    @property
    def is_today(self) -> bool:
        """Whether it meets today, where the group is."""
        return self.next.date() == timezone.now().astimezone(self.next.tzinfo).date()


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
    """All groups this person has something to do with, in two queries."""
    mine = Membership.objects.open().filter(person=user.pk).with_place_in_line()
    places = {membership.group_id: membership.place_in_line for membership in mine}
    groups = Group.objects.visible_to(user).exclude(relation=Relation.VISITOR)
    shown = _in_order([Shown(group, group.weekly.next(now), places.get(group.pk)) for group in groups])

    def those(relation: Relation) -> list[Shown]:
        return [each for each in shown if each.group.relation == relation]

    return Own(
        run=those(Relation.FACILITATOR),
        asked_to_help=those(Relation.ASKED_TO_HELP),
        with_place=those(Relation.MEMBER),
        waiting=those(Relation.WAITING),
        asking=those(Relation.ASKING),
    )


def find_groups(user: "User", now: datetime) -> list[Shown]:
    """The listed groups this person could join, in one query."""
    groups = Group.objects.visible_to(user).filter(relation=Relation.VISITOR)
    return _in_order([Shown(group, group.weekly.next(now)) for group in groups])


def decided_since(user: "User", since: datetime) -> list[Decided]:
    """What groups decided about this person, the latest of each. Not of groups they came back to since."""
    latest: dict[UUID, Membership] = {}
    for membership in joining.answers_since(user, since):
        latest.setdefault(membership.group_id, membership)
    if not latest:
        return []
    seen = {group.pk: group for group in Group.objects.visible_to(user).filter(pk__in=latest)}
    decided = [Decided(membership, seen.get(group_id)) for group_id, membership in latest.items()]
    return [each for each in decided if each.group is None or each.group.relation == Relation.VISITOR]


def _in_order(shown: list[Shown]) -> list[Shown]:
    return sorted(shown, key=lambda each: (each.next, each.group.name.casefold()))
