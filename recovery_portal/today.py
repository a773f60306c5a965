"""What the home page gathers for one person: their own day, the groups they run, and who shares with them."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Count

from accounts.models import User
from peers.lists import Own, own_groups
from peers.models import Group, Membership
from peers.rosters import Meeting, meeting
from plans.models import Entry, Plan
from plans.sections import SECTIONS
from records.reading import Line, read_sections
from sharing.models import Share


@dataclass(frozen=True)
class Run:
    """A group I run, with the meeting whose sheet is wanted now. `asking`: how many wait for my answer."""

    group: Group
    meeting: Meeting
    asking: int


@dataclass(frozen=True)
class Today:
    """Nobody has a role: what is there for them decides what the page shows, and what stands first.

    `plan_first`: False for whoever only reads others' plans or runs groups, and has written nothing of their own.
    """

    plan: Plan
    gain: Line | None
    plan_first: bool
    groups: Own
    run: list[Run]
    readable: list[Share]
    offers: list[Share]

    @property
    def is_new(self) -> bool:
        """Nothing to show yet. Whoever came to read, or for a group, finds the way there on the page."""
        return not (self.plan.called or self.gain or self.readable or self.offers) and self.groups.is_empty

    @property
    def sheet_is_next(self) -> bool:
        """Whether a group I run meets today: its sheet is then what this page is opened for."""
        return any(each.meeting.is_today for each in self.run)


def gather(user: User, now: datetime) -> Today:
    """Everything the page shows, in five queries; one more for who runs a group, and one for who may only read."""
    plan = Plan.objects.visible_to(user).get(holder=user.pk)
    [gains] = read_sections(plan, [SECTIONS["gains"]])
    gain = next(reversed(gains.lists[0].lines), None)
    shares = list(Share.objects.visible_to(user).exclude(holder=user.pk).order_by("made_at"))
    groups = own_groups(user, now)
    readable = [share for share in shares if share.accepted_at]
    return Today(
        plan=plan,
        gain=gain,
        # Asked only where the answer changes the page.
        plan_first=not (groups.run or readable) or gain is not None or _has_entries(user),
        groups=groups,
        run=_runs([each.group for each in groups.run], now),
        readable=readable,
        offers=[share for share in shares if not share.accepted_at],
    )


def _has_entries(user: User) -> bool:
    return Entry.objects.visible_to(user).filter(holder=user.pk, removed_at=None).exists()


def _runs(groups: list[Group], now: datetime) -> list[Run]:
    """Those that meet today first."""
    asking = _asking(group.pk for group in groups) if groups else {}
    runs = [Run(group, meeting(group.weekly, now), asking.get(group.pk, 0)) for group in groups]
    return sorted(runs, key=lambda run: run.meeting.at)


def _asking(groups: Iterable[UUID]) -> dict[UUID, int]:
    """Group → how many wait for an answer. The second wall tells it only to who runs the group."""
    rows = Membership.objects.asking().filter(group__in=list(groups)).order_by()
    return dict(rows.values_list("group").annotate(Count("pk")))
