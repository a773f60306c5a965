"""What people are told of how they stand: what groups decided about them, and where they were asked to help besides."""

from collections.abc import Callable
from datetime import datetime, timedelta
from types import SimpleNamespace

import pytest
from django.utils import formats, timezone

from peers import joining, running
from peers.models import Group
from tests import group_people as people
from tests.people import Cast, Person


@pytest.fixture
def dana(cast: Cast) -> Person:
    return Person("dana")


@pytest.fixture
def at(monkeypatch: pytest.MonkeyPatch) -> Callable[[datetime], None]:
    """`at(moment)`: what the pages take for now."""
    return lambda moment: monkeypatch.setattr("peers.views.timezone", SimpleNamespace(now=lambda: moment))


def listed(person: Person) -> str:
    return person.get("peers:group_list").content.decode()


def detail(person: Person, group: Group) -> str:
    return person.get("peers:group_detail", group.pk).content.decode()


def test_it_works(cast: Cast, dana: Person, at: Callable[..., None]) -> None:
    """An answer is told for a month, and kindly."""
    group = people.begins(dana, joining="by request")
    asked = people.asks(cast.ana, group)
    with dana.acting():
        joining.decline(people.of(dana, group), asked.pk)
    page = " ".join(listed(cast.ana).split())
    assert "A group answered: not this time. You can ask again, or find another." in page
    assert "Tuesday circle" in page
    at(timezone.now() + timedelta(days=31))
    assert "not this time" not in listed(cast.ana)


def test_an_answer_of_a_group_that_cannot_be_found_names_nothing(cast: Cast, dana: Person) -> None:
    group = people.begins(dana)
    standing = people.asks(cast.ana, group)
    with dana.acting():
        joining.take_off(people.of(dana, group), standing.pk)
        Group.objects.filter(pk=group.pk).update(is_listed=False)
    page = " ".join(listed(cast.ana).split())
    day = formats.date_format(timezone.localdate(standing.accepted_at), "j F")
    assert f"A group took you off its list. You were on it since {day}. You can find another group." in page
    assert "Tuesday circle" not in page


def test_a_group_tells_for_a_month_what_it_answered(cast: Cast, dana: Person, at: Callable[..., None]) -> None:
    group = people.begins(dana, joining="by request")
    answered = "They answered: not this time. You can ask again."
    asked = people.asks(cast.ana, group)
    assert answered not in detail(cast.ana, group)
    with dana.acting():
        joining.decline(people.of(dana, group), asked.pk)
    assert answered in detail(cast.ana, group)
    assert answered not in detail(cast.ben, group)
    at(timezone.now() + timedelta(days=31))
    assert answered not in detail(cast.ana, group)


def test_being_taken_off_is_told_until_one_is_back(cast: Cast, dana: Person) -> None:
    group = people.begins(dana, capacity=1)
    standing = people.asks(cast.ana, group)
    with dana.acting():
        joining.take_off(people.of(dana, group), standing.pk)
    people.is_asked_to_help(cast.ana, group, dana)
    assert "They took you off the list. You can ask again." in detail(cast.ana, group)
    assert "A group took you off its list." in listed(cast.ana)
    people.asks(cast.ana, group)
    assert "They took you off the list." not in detail(cast.ana, group)
    assert "A group took you off its list." not in listed(cast.ana)


def test_a_declined_question_names_its_day_where_the_group_is_not_named(cast: Cast, dana: Person) -> None:
    group = people.begins(dana, joining="by request")
    asked = people.asks(cast.ana, group)
    with dana.acting():
        joining.decline(people.of(dana, group), asked.pk)
        Group.objects.filter(pk=group.pk).update(is_listed=False)
    day = formats.date_format(timezone.localdate(asked.made_at), "j F")
    assert f"A group answered: not this time. You asked on {day}." in " ".join(listed(cast.ana).split())


@pytest.mark.parametrize(
    ("before", "heading"), [(0, "Groups I am in"), (1, "Groups I wait for"), (None, "Groups I wait for")]
)
def test_being_asked_to_help_hides_no_place(cast: Cast, dana: Person, before: int | None, heading: str) -> None:
    """With a place, in line and asking: each stays where it was, beside the question."""
    group = people.begins(dana, capacity=1, joining="by request" if before is None else "open")
    for person in (cast.ben,)[: before or 0]:
        people.asks(person, group)
    people.asks(cast.ana, group)
    people.is_asked_to_help(cast.ana, group, dana)
    page = listed(cast.ana)
    assert "Waiting for your answer" in page
    assert "Tuesday circle" in page.split(heading)[1].split("</section>")[0]
    with cast.ana.acting():
        running.say_yes(people.of(cast.ana, group), cast.ana.user, "Annie")
    assert heading not in listed(cast.ana)


def test_an_answer_is_over_once_one_asks_again(cast: Cast, dana: Person) -> None:
    group = people.begins(dana, joining="by request")
    asked = people.asks(cast.ana, group)
    with dana.acting():
        joining.decline(people.of(dana, group), asked.pk)
    people.asks(cast.ana, group)
    page = listed(cast.ana)
    assert "not this time" not in page
    assert "They have not answered yet." in page
