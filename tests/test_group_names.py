"""The names on a roster: two alike are told apart, and who has no account can be given another."""

from typing import Any
from uuid import UUID, uuid4

import pytest
from django.urls import reverse

from peers import joining, rosters
from peers.models import Group
from tests import group_people as people
from tests.people import Cast, Person


@pytest.fixture
def dana(cast: Cast) -> Person:
    return Person("dana")


@pytest.fixture
def group(dana: Person) -> Group:
    return people.begins(dana, capacity=2, joining="by request")


def page_of(person: Person, group: Group) -> str:
    return person.get("peers:group_run", group.pk).content.decode()


def roster_of(dana: Person, group: Group) -> rosters.Roster:
    with dana.acting():
        return rosters.roster(people.of(dana, group))


def names(people_of_group: Any) -> list[str | None]:
    return [each.called for each in people_of_group]


def adds(dana: Person, group: Group, *called: str) -> list[UUID]:
    with dana.acting():
        return [joining.add(people.of(dana, group), each).pk for each in called]


def test_it_works(cast: Cast, dana: Person, group: Group) -> None:
    """Another name for somebody without an account."""
    eve, _ada, zoe = adds(dana, group, "Eve", "Ada", "Zoe")
    assert reverse("peers:member_name", args=[group.pk, eve]) in page_of(dana, group)
    assert 'value="Eve"' in dana.get("peers:member_name", group.pk, eve).content.decode()
    for pk, called in ((eve, "Eva"), (zoe, "Zoey")):
        assert dana.post("peers:member_name", group.pk, pk, called=called).status_code == 302
    roster = roster_of(dana, group)
    assert (names(roster.with_place), names(roster.waiting)) == (["Ada", "Eva"], ["Zoey"])
    assert dana.post("peers:member_name", group.pk, eve, called=" ").status_code == 422
    assert names(roster_of(dana, group).with_place) == ["Ada", "Eva"]


@pytest.mark.parametrize("called", ["Eve", "eVE ", "Zoe", "ADA"])
def test_a_name_that_is_in_the_group_wants_a_letter(dana: Person, group: Group, called: str) -> None:
    """With a place or in line, in capitals or not."""
    _eve, ada, _zoe = adds(dana, group, "Eve", "Ada", "Zoe")
    response = dana.post("peers:member_add", group.pk, called=called)
    assert response.status_code == 422
    name = called.strip()
    words = f"Somebody is called {name} already. Add a letter, such as {name} B."
    assert words in response.content.decode()
    response = dana.post("peers:member_name", group.pk, ada, called=called)
    assert response.status_code == (302 if name == "ADA" else 422)
    assert dana.post("peers:member_add", group.pk, called=f"{name} B.").status_code == 302


def test_of_two_with_one_name_who_came_first_stands_first(dana: Person, group: Group) -> None:
    first, second = adds(dana, group, "ana", "Ana")
    assert [each.pk for each in roster_of(dana, group).with_place] == [first, second]
    with dana.acting():
        joining.rename(joining.in_group(people.of(dana, group), second), "ANA")
    assert [each.pk for each in roster_of(dana, group).with_place] == [first, second]


def test_whose_name_is_not_theirs_to_change(cast: Cast, dana: Person) -> None:
    """Of somebody with an account, of another group, of somebody who left, and for who does not run it."""
    group, other = people.begins(dana), people.begins(cast.ben)
    annie = people.asks(cast.ana, group, "Annie")
    assert reverse("peers:member_name", args=[group.pk, annie.pk]) not in page_of(dana, group)
    [eve] = adds(dana, group, "Eve")
    [gone] = adds(dana, group, "Gus")
    with dana.acting():
        joining.take_off(people.of(dana, group), gone)
    for pk in (annie.pk, gone, uuid4()):
        assert dana.get("peers:member_name", group.pk, pk).status_code == 404
        assert dana.post("peers:member_name", group.pk, pk, called="Robin").status_code == 404
    assert cast.ben.post("peers:member_name", other.pk, eve, called="Robin").status_code == 404
    assert cast.ana.post("peers:member_name", group.pk, eve, called="Robin").status_code == 403
    assert names(roster_of(dana, group).with_place) == ["Annie", "Eve"]
