"""A group as who runs it sees it: who has a place, stands in line, asks, or helps, and which sessions were held."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from peers.models import Facilitator, Group, Membership, Session
from peers.schedule import Weekly

# How many sessions the group's page shows; the others have a page of their own.
LATEST = 6


@dataclass(frozen=True)
class Roster:
    """Everybody in a group now. With a place: by name. In line and asking: in their order."""

    with_place: Sequence[Membership]
    waiting: Sequence[Membership]
    asking: Sequence[Membership]


@dataclass(frozen=True)
class Numbered:
    """A session and its number: 1 is the first the group held."""

    session: Session
    number: int


@dataclass(frozen=True)
class Meeting:
    """The meeting whose sheet is wanted now. `at`: with the group's time zone."""

    at: datetime
    is_today: bool

    @property
    def fields(self) -> list[tuple[str, str]]:
        """What is posted to open its sheet."""
        return [("day", self.at.date().isoformat())]


def meeting(weekly: Weekly, now: datetime) -> Meeting:
    """Today's, also once it is over: that is when sheets are filled in. Else the one that goes on, or the next."""
    today = weekly.today(now)
    at = weekly.on(today) if weekly.is_on(today) else weekly.next(now)
    return Meeting(at, is_today=at.date() == today or at <= now)


def roster(group: Group) -> Roster:
    """In one query. Raises NotLent for a group that did not come from `visible_to`."""
    people = group.lend(Membership.objects.open().filter(group=group).order_by("made_at", "pk"))
    return Roster(
        with_place=sorted(
            (each for each in people if each.has_place), key=lambda each: ((each.called or "").casefold(), str(each.pk))
        ),
        waiting=sorted((each for each in people if each.is_waiting), key=lambda each: each.line or 0),
        asking=[each for each in people if each.is_asking],
    )


def helpers(group: Group) -> list[Facilitator]:
    """Who runs the group and who was asked to, readable, the first ones first."""
    return group.lend(Facilitator.objects.open().filter(group=group).select_related("person").order_by("made_at", "pk"))


def sessions(group: Group) -> list[Numbered]:
    """All that were begun, the latest first."""
    held = group.lend(Session.objects.filter(group=group).order_by("-held_on"))
    return [Numbered(session, len(held) - place) for place, session in enumerate(held)]
