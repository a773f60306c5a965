"""The home page in each of its shapes: somebody new, with a plan, who only reads, who only runs groups, all at once."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone
from playwright.sync_api import Page

from peers.models import Group
from tests.browser import walks
from tests.browser.looks import judge
from tests.group_people import asks, begins, is_asked_to_help
from tests.people import Person

pytestmark = pytest.mark.django_db(transaction=True)


def is_called(person: Person, called: str) -> None:
    with person.acting():
        plan = person.plan()
        plan.called = called
        plan.save()


def has_a_plan(person: Person) -> None:
    is_called(person, "Marisol")
    person.writes("gains", "gains", text="Opened a benefits letter the same week it came")
    asks(person, begins(Person("dana"), name="Kitchen table circle"), "Mari")


def only_reads(person: Person) -> None:
    is_called(person, "Dr. Osei")
    for number, name in enumerate(("Marisol V.", "R. T.", "Ana", "Someone with quite a long name of their own")):
        parts = ("plan.tools", "plan.early_signs", "plan.crisis", "directive.draft")[: number + 1]
        ends_at = timezone.now() + timedelta(days=90) if number % 2 else None
        Person(f"person-{number}").shares(person, *parts, my_name=name, ends_at=ends_at)
    Person("person-9").offers(person, "plan.tools")


def only_runs_a_group(person: Person) -> None:
    """One that meets today, with two who ask, and one on another day."""
    today = timezone.localtime().weekday()
    zone = timezone.get_default_timezone_name()
    group = begins(person, name="Kitchen table circle", weekday=today, time_zone=zone, joining=Group.Joining.BY_REQUEST)
    for name in ("june", "ruth"):
        asks(Person(name), group)
    begins(person, name="Walks by the river", weekday=(today + 3) % 7, time_zone=zone)
    lou = Person("lou")
    is_asked_to_help(person, begins(lou, name="Evening line"), lou)


def all_at_once(person: Person) -> None:
    has_a_plan(person)
    only_reads(person)
    only_runs_a_group(person)
    is_called(person, "Marisol")


SHAPES: dict[str, Callable[[Person], None]] = {
    "new": lambda person: None,
    "plan": has_a_plan,
    "reads": only_reads,
    "runs": only_runs_a_group,
    "all": all_at_once,
}


@pytest.mark.parametrize("shape", SHAPES)
def test_it_works(page: Page, live_server: Any, shape: str) -> None:
    person = Person("marisol")
    SHAPES[shape](person)
    walks.be(page, live_server.url, person.user)
    page.goto(live_server.url)
    judge(page)
