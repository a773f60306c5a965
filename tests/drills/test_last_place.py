"""Two hundred people ask for the last place of a group at once: one has it, and each other knows their number."""

import re
import time
from collections.abc import Callable
from uuid import UUID

import pytest
from django.test import Client
from django.urls import reverse

from peers import running
from peers.models import Group, Membership
from tests import group_people as acts
from tests.at_once import in_waves
from tests.people import Person

PEOPLE = 200
# When places become free in the middle, fewer show the same.
FEWER = 80
# As many as ask at the same moment: the tests' server takes 60 connections.
THREADS = 40
NUMBER = re.compile(r"You are number (\d+)\s+in line")

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def dana() -> Person:
    return Person("dana")


def crowd(size: int) -> list[Person]:
    return [Person(f"person{number}") for number in range(size)]


def joins(person: Person, group: Group) -> Callable[[], object]:
    """Presses the button; gives the answer's status."""
    return lambda: person.client.post(reverse("peers:group_join", args=[group.pk]), {"called": "Sam"}).status_code


def number_on_page(person: Person, group: Group) -> Callable[[], object]:
    """What their own page says: a number in line, or 0 for somebody with a place."""

    def look() -> int:
        page = person.client.get(reverse("peers:group_detail", args=[group.pk])).content.decode()
        found = NUMBER.search(page)
        assert found or "Leave this group" in page
        return int(found[1]) if found else 0

    return look


def line_of(dana: Person, group: Group) -> tuple[list[UUID | None], list[UUID | None]]:
    """The people with a place and those in line, as who runs the group sees them, both in order."""
    with dana.acting():
        open_ones = Membership.objects.open().filter(group=group).order_by("line")
        seated: list[UUID | None] = list(open_ones.filter(seated_at__isnull=False).values_list("person", flat=True))
        return seated, list(open_ones.filter(seated_at=None).values_list("person", flat=True))


def test_one_has_it_and_nobody_is_lost(dana: Person) -> None:
    people = crowd(PEOPLE)
    group = acts.begins(dana, capacity=3)
    for name in ("ana", "ben"):
        acts.asks(Person(name), group)
    began = time.monotonic()
    assert in_waves([joins(person, group) for person in people], THREADS) == [302] * PEOPLE
    seconds = time.monotonic() - began
    seated, line = line_of(dana, group)
    assert (len(seated), len(line)) == (3, PEOPLE - 1)
    assert {*seated[2:], *line} == {person.pk for person in people}
    _each_knows_their_number(people, group, line)
    print(f"\n{PEOPLE} asked for the last place in {seconds:.1f} s: 1 has it, {len(line)} stand in line")


def test_the_same_while_places_become_free(dana: Person) -> None:
    """In the middle who had the place leaves, and there are five more: six have a place, in the order of the line."""
    people = crowd(FEWER)
    group, ana = acts.begins(dana, capacity=1), Person("ana")
    acts.asks(ana, group)
    asking = [joins(person, group) for person in people]
    half = len(asking) // 2
    in_the_middle: list[Callable[[], object]] = [lambda: _leaves(ana.client, group), lambda: _five_more(dana, group)]
    given = in_waves([*asking[:half], *in_the_middle, *asking[half:]], THREADS)
    assert sorted(map(str, given)) == sorted(map(str, [*[302] * FEWER, 302, None]))
    seated, line = line_of(dana, group)
    assert (len(seated), len(line)) == (6, FEWER - 6)
    assert {*seated, *line} == {person.pk for person in people}
    with dana.acting():
        numbers = Membership.objects.open().filter(group=group)
        last = numbers.filter(seated_at__isnull=False).order_by("-line").values_list("line", flat=True)[0]
        assert not numbers.filter(seated_at=None, line__lt=last).exists(), "somebody was passed over"
    _each_knows_their_number(people, group, line)


def _leaves(browser: Client, group: Group) -> int:
    return browser.post(reverse("peers:group_leave", args=[group.pk])).status_code


def _five_more(dana: Person, group: Group) -> None:
    with dana.acting():
        running.change(acts.of(dana, group), acts.terms(capacity=6))


def _each_knows_their_number(people: list[Person], group: Group, line: list[UUID | None]) -> None:
    """Each one's own page agrees with the line: 1, 2, 3 … without a gap and without a double."""
    numbers = in_waves([number_on_page(person, group) for person in people], THREADS)
    shown: dict[UUID | None, object] = {
        person.pk: number for person, number in zip(_as_in_waves(people), numbers, strict=True)
    }
    assert [shown[pk] for pk in line] == list(range(1, len(line) + 1))
    assert [number for number in shown.values() if number == 0] == [0] * (len(people) - len(line))


def _as_in_waves(people: list[Person]) -> list[Person]:
    return [person for first in range(THREADS) for person in people[first::THREADS]]
