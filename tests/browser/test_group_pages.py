"""The pages of groups in each of their shapes, full and empty, judged like every page."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.conf import settings
from django.db import connection
from playwright.sync_api import Page

from peers import joining
from peers.models import Group, Membership
from tests import group_people as people
from tests.browser.looks import judge
from tests.people import Person

pytestmark = pytest.mark.django_db(transaction=True)

NEW_YORK = ZoneInfo("America/New_York")
NAMES = ("Ana", "Ben", "Cora", "Dee", "Eli", "Fay", "Gus", "Hal", "Ida")
ABOUT = "For people who came through a hard time. We take turns, nobody has to speak, and tea is on the table."


@dataclass
class Circle:
    """A full group of nine: one has a place, one stands in line, one asks, one helps, one was asked to help."""

    group: Group
    runs: Person
    member: Person
    waiting: Person
    asking: Person
    helper: Person
    asked_to_help: Person
    visitor: Person


def today() -> date:
    return datetime.now(NEW_YORK).date()


def circle() -> Circle:
    """On the weekday that is today in New York, so that the sheet of today is the first thing."""
    runs, member, waiting, asking, helper, asked, visitor = (
        Person(name) for name in ("dana", "marisol", "noor", "omar", "lou", "pat", "vera")
    )
    group = people.begins(
        runs, name="Morning circle", about=ABOUT, capacity=9, weekday=today().weekday(), at=time(10), **COMING
    )
    people.asks(member, group, "Marisol")
    adds(runs, group, *NAMES[:8])
    people.asks(waiting, group, "Noor")
    adds(runs, group, "Rue", "Sam")
    for weeks in range(1, 8):
        session = people.opens(runs, group, today() - timedelta(weeks=weeks))
        people.marks(runs, session, **{str(standing(member, group).pk): ("here", "late", "sent word")[weeks % 3]})
    people.helps(helper, group, runs)
    people.is_asked_to_help(asked, group, runs)
    changes(runs, group, joining=Group.Joining.BY_REQUEST)
    people.asks(asking, group, "Omar")
    people.asks(Person("quinn"), group, "Quinn")
    return Circle(group, runs, member, waiting, asking, helper, asked, visitor)


COMING = {"place": "Riverside Library, room 2", "for_members": "Door code 4711. Late? Call 919 555 0142."}


def adds(runs: Person, group: Group, *names: str) -> None:
    with runs.acting():
        for name in names:
            joining.add(people.of(runs, group), name)


def changes(runs: Person, group: Group, **changed: Any) -> None:
    with runs.acting():
        own = people.of(runs, group)
        Group.objects.filter(pk=own.pk).update(**changed)


def erases(person: Person) -> None:
    with person.acting(), connection.cursor() as cursor:
        cursor.execute("SELECT sec.erase_person(%s)", [person.pk])


def standing(person: Person, group: Group) -> Membership:
    with person.acting():
        found = people.of(person, group).own_membership(person.user)
    assert found
    return found


def cookie_of(person: Person, address: str) -> Any:
    """This person's own session, in which the passphrase was typed a moment ago."""
    cookie = person.client.cookies[settings.SESSION_COOKIE_NAME]
    return {"name": cookie.key, "value": cookie.value, "url": address}


@pytest.fixture
def full() -> Circle:
    return circle()


@pytest.fixture
def look(page: Page, live_server: Any) -> Callable[..., None]:
    """`look(person, "find/")`: that page of groups as this person sees it, judged."""

    def look_as(person: Person, *paths: str, press: str = "", opened: bool = False) -> None:
        page.context.clear_cookies()
        page.context.add_cookies([cookie_of(person, live_server.url)])
        for path in paths:
            page.goto(f"{live_server.url}/groups/{path}")
            if press:
                page.get_by_role("main").get_by_role("button", name=press).click()
                page.wait_for_load_state()
            if opened:
                page.evaluate("document.querySelectorAll('main details').forEach((each) => { each.open = true })")
            judge(page)

    return look_as


def test_it_works(full: Circle, look: Callable[..., None]) -> None:
    """The pages of who runs a group."""
    at = f"{full.group.pk}/"
    look(full.runs, "", at, f"{at}run/", f"{at}change/", f"{at}people/add/", f"{at}helpers/ask/", f"{at}sessions/")
    look(full.helper, f"{at}run/")
    with full.runs.acting():
        added = Membership.objects.seated().filter(group=full.group, person=None).first()
    assert added
    look(full.runs, f"{at}people/{added.pk}/name/")


def test_pages_of_who_comes(full: Circle, look: Callable[..., None]) -> None:
    at = f"{full.group.pk}/"
    look(full.visitor, "find/", at, f"{at}join/", "start/")
    look(full.member, "", at, f"{at}name/")
    look(full.waiting, "", at)
    look(full.asking, "", at)
    look(full.asked_to_help, "", at, f"{at}help/yes/")


def test_the_first_of_two_taps(full: Circle, look: Callable[..., None]) -> None:
    """Everything that opens, opened."""
    look(full.runs, f"{full.group.pk}/run/", opened=True)
    look(full.member, f"{full.group.pk}/", opened=True)
    look(full.waiting, f"{full.group.pk}/", opened=True)


def test_on_another_clock(full: Circle, look: Callable[..., None]) -> None:
    for person in (full.member, full.runs, full.visitor):
        person.user.time_zone = "Pacific/Auckland"
        person.user.save()
    # A whole day, so that it goes on now, whenever this runs.
    changes(full.runs, full.group, at=time(0), minutes=1440)
    at = f"{full.group.pk}/"
    look(full.member, "", at)
    look(full.runs, f"{at}run/")
    look(full.visitor, "find/")


def test_pages_with_nothing_yet(look: Callable[..., None]) -> None:
    dana, new = Person("dana"), Person("new")
    look(new, "", "find/")
    tomorrow = today() + timedelta(days=1)
    group = people.begins(dana, about="", place="", for_members="", is_listed=False, weekday=tomorrow.weekday())
    at = f"{group.pk}/"
    look(dana, "", at, f"{at}run/", f"{at}sessions/")


def test_an_answer_and_an_end(full: Circle, look: Callable[..., None]) -> None:
    """What a declined person and one taken off read; and a group that nobody runs any more."""
    with full.runs.acting():
        group = people.of(full.runs, full.group)
        joining.decline(group, standing(full.asking, full.group).pk)
        joining.take_off(group, standing(full.waiting, full.group).pk)
    look(full.asking, "", f"{full.group.pk}/")
    changes(full.runs, full.group, is_listed=False)
    look(full.waiting, "")
    for person in (full.runs, full.helper):
        erases(person)
    look(full.member, f"{full.group.pk}/")


def test_pages_with_something_to_look_at_again(full: Circle, look: Callable[..., None]) -> None:
    at = f"{full.group.pk}/"
    look(full.visitor, f"{at}join/", press="Ask to join")
    look(full.visitor, "start/", press="Start the group")
    look(full.asked_to_help, f"{at}help/yes/", press="Yes, I help run it")
    look(full.runs, f"{at}people/add/", press="Add to the group")
    look(full.runs, f"{at}helpers/ask/", press="Ask them")
    look(full.runs, f"{at}sessions/", press="Open the sheet")
