"""What the home page gathers for one person: their own day, the groups they run, and who shares with them."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Count, OuterRef

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

    `written`: the sections of the plan in which something stands.
    """

    plan: Plan
    gain: Line | None
    written: frozenset[str]
    groups: Own
    run: list[Run]
    readable: list[Share]
    offers: list[Share]

    @property
    def is_written(self) -> bool:
        return bool(self.written)

    @property
    def plan_first(self) -> bool:
        """False for whoever only reads others' plans or runs groups, and has written nothing of their own."""
        return self.is_written or not (self.run or self.readable)

    @property
    def is_new(self) -> bool:
        """Nothing to show yet. Whoever came to read, or for a group, finds the way there on the page."""
        return not (self.plan.called or self.gain or self.readable or self.offers) and self.groups.is_empty

    @property
    def sheet_is_next(self) -> bool:
        """Whether a group I run meets today: its sheet is then what this page is opened for."""
        return any(each.meeting.is_today for each in self.run)


def gather(user: User, now: datetime) -> Today:
    """Everything the page shows, in five queries; one more for who runs a group."""
    plan = _own_plan(user)
    [gains] = read_sections(plan, [SECTIONS["gains"]])
    gain = next(reversed(gains.lists[0].lines), None)
    shares = list(Share.objects.visible_to(user).exclude(holder=user.pk).order_by("made_at"))
    groups = own_groups(user, now)
    return Today(
        plan=plan,
        gain=gain,
        written=frozenset(plan.written),
        groups=groups,
        run=_runs([each.group for each in groups.run], now),
        readable=[share for share in shares if share.accepted_at],
        offers=[share for share in shares if not share.accepted_at],
    )


def _own_plan(user: User) -> Any:
    """With `.written`: the keys of sections in which something stands."""
    written = Entry.objects.filter(record=OuterRef("pk"), removed_at=None).order_by().values("section").distinct()
    return Plan.objects.visible_to(user).annotate(written=ArraySubquery(written)).get(holder=user.pk)


def _runs(groups: list[Group], now: datetime) -> list[Run]:
    """Those that meet today first."""
    asking = _asking(group.pk for group in groups) if groups else {}
    runs = [Run(group, meeting(group.weekly, now), asking.get(group.pk, 0)) for group in groups]
    return sorted(runs, key=lambda run: run.meeting.at)


def _asking(groups: Iterable[UUID]) -> dict[UUID, int]:
    """Group → how many wait for an answer. The second wall tells it only to who runs the group."""
    rows = Membership.objects.asking().filter(group__in=list(groups)).order_by()
    return dict(rows.values_list("group").annotate(Count("pk")))
