"""Demo content: a group of nine with a line of three, somebody who asks, and six sessions that were held."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4
from zoneinfo import ZoneInfo

from django.utils import timezone

from accounts.models import User
from peers import attendance, joining, running
from peers.attendance import What
from peers.models import Facilitator, Group, Membership
from records.acting import acting_as

CONTENT = Path(__file__).with_name("demo_group.toml")
WORDS = ("name", "about", "place")
# The lists of a session in the content, and the mark that each means.
LISTS = {"late": What.LATE, "sent_word": What.SENT_WORD, "away": What.AWAY}


@dataclass(frozen=True)
class People:
    """Those of the group who have an account."""

    facilitator: User
    member: User
    asking: User


def load_group(people: People, *, today: date | None = None) -> None:
    """A group as its people would make it. It meets on the weekday of `today`; None: today where it meets.

    Its sessions lie one, two, … weeks before `today`; that of `today` is not begun.
    """
    content = tomllib.loads(CONTENT.read_text())
    named, dana = content["people"], people.facilitator
    today = today or timezone.now().astimezone(ZoneInfo(content["group"]["time_zone"])).date()
    with acting_as(dana.pk):
        begun = running.begin(dana, terms(content["group"], today), named["facilitator"])
    asked = _ask(begun, people.member, named["member"])
    with acting_as(dana.pk):
        group = Group.objects.visible_to(dana).get(pk=begun.pk)
        joining.accept(group, asked.pk)
        seated = {named["member"]: asked.pk} | {name: joining.add(group, name).pk for name in named["added"]}
        for name in named["line"]:
            joining.add(group, name)
        by = Facilitator.objects.running().get(group=group, person=dana.pk)
        for weeks, session in enumerate(reversed(content["sessions"]), 1):
            hold(group, today - timedelta(weeks=weeks), by, marks(seated, session), session)
    _ask(begun, people.asking, named["asks"])


def terms(said: Mapping[str, Any], today: date) -> running.Terms:
    """People ask to join, and everybody with an account can find it."""
    return running.Terms(
        words={key: said[key].strip() for key in WORDS},
        for_members=said["for_members"].strip(),
        weekday=today.weekday(),
        at=said["at"],
        minutes=said["minutes"],
        time_zone=said["time_zone"],
        capacity=said["capacity"],
        joining=Group.Joining.BY_REQUEST,
        is_listed=True,
    )


def marks(seated: Mapping[str, UUID], said: Mapping[str, Any]) -> list[dict[UUID, str]]:
    """What is marked in a session, and then what is put right. Who is in no list was here."""
    others = {name: what for key, what in LISTS.items() for name in said.get(key, ())}
    first = {pk: others.get(name, What.HERE) for name, pk in seated.items()}
    return [first, {seated[name]: what for name, what in said.get("corrected", {}).items()}]


def hold(group: Group, day: date, by: Facilitator, marked: list[dict[UUID, str]], said: Mapping[str, Any]) -> None:
    """One session, marked by who runs the group."""
    session = attendance.open_session(group, day)
    for changes in marked:
        attendance.mark(session, by, changes)
    for name in said.get("walk_ins", ()):
        attendance.walk_in(session, by, name, pk=uuid4())


def _ask(group: Group, person: User, called: str) -> Membership:
    with acting_as(person.pk):
        return joining.ask(Group.objects.visible_to(person).get(pk=group.pk), person, called)
