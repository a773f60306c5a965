"""A group as who runs it sees it: who has a place, stands in line, asks, or helps, and which sessions were held."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.utils.timezone import localdate

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

    @property
    def in_group(self) -> list[Membership]:
        """With a place or in line."""
        return [*self.with_place, *self.waiting]

    def names(self, but: UUID | None = None) -> frozenset[str]:
        """The names that are taken in the group, in small letters. `but`: not that person's."""
        return frozenset((each.called or "").casefold() for each in self.in_group if each.pk != but)


@dataclass(frozen=True)
class Numbered:
    """A session and its number: 1 is the first the group held."""

    session: Session
    number: int


@dataclass(frozen=True)
class Meeting:
    """The meeting whose sheet is wanted now, or the next one. `at`: with the group's time zone.

    `is_today`: for the group and for who looks, so that the word is true for both.
    """

    at: datetime
    is_wanted: bool
    is_today: bool

    @property
    def fields(self) -> list[tuple[str, str]]:
        """What is posted to open its sheet."""
        return [("day", self.at.date().isoformat())]


def meeting(weekly: Weekly, now: datetime) -> Meeting:
    """Today's, also once it is over: that is when sheets are filled in. Else the one that goes on, or the next."""
    today = weekly.today(now)
    at = weekly.on(today) if weekly.is_on(today) else weekly.next(now)
    is_theirs = at.date() == today
    return Meeting(at, is_wanted=is_theirs or at <= now, is_today=is_theirs and localdate(at) == localdate(now))


def roster(group: Group) -> Roster:
    """In one query. Raises NotLent for a group that did not come from `visible_to`."""
    people = group.lend(Membership.objects.open().filter(group=group).order_by("made_at", "pk"))
    return Roster(
        with_place=sorted((each for each in people if each.has_place), key=_by_name),
        waiting=sorted((each for each in people if each.is_waiting), key=lambda each: each.line or 0),
        asking=[each for each in people if each.is_asking],
    )


def _by_name(person: Membership) -> tuple[str, datetime | None, str]:
    """Of two with one name, who came first stands first."""
    return (person.called or "").casefold(), person.seated_at, str(person.pk)


def helpers(group: Group) -> list[Facilitator]:
    """Who runs the group and who was asked to, readable, the first ones first."""
    return group.lend(Facilitator.objects.open().filter(group=group).select_related("person").order_by("made_at", "pk"))


def sessions(group: Group) -> list[Numbered]:
    """All that were begun, the latest first."""
    held = group.lend(Session.objects.filter(group=group).order_by("-held_on"))
    return [Numbered(session, len(held) - place) for place, session in enumerate(held)]
