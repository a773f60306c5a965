"""Starting a group: what the form takes, and what it says when something is to be looked at again."""

from typing import Any

import pytest
from django.urls import reverse

from peers.models import Group
from records.acting import acting_as
from tests.people import Cast, Person

NEW = {
    "called": "Dana", "name": "Evening table", "about": "Soup and talk.", "place": "Online", "for_members": "Code 12",
    "weekday": "3", "at": "18:30", "minutes": "60", "time_zone": "Europe/Berlin", "capacity": "2",
    "joining": "by request", "is_listed": "on",
}  # fmt: skip


def send(person: Person, page: str, *args: Any, form: dict[str, str]) -> Any:
    """Post a form that has a box called "name"."""
    with acting_as(None):
        return person.client.post(reverse(page, args=args), form)


def test_it_works(cast: Cast) -> None:
    assert "America/New_York" in cast.ana.get("peers:group_start").content.decode()
    assert send(cast.ana, "peers:group_start", form=NEW).status_code == 302
    with cast.ana.acting():
        group = Group.objects.visible_to(cast.ana.user).get()
        assert group.for_members() == "Code 12"
    assert group.words == {"name": "Evening table", "about": "Soup and talk.", "place": "Online"}
    assert (group.weekday, group.minutes, group.capacity, group.time_zone) == (3, 60, 2, "Europe/Berlin")
    assert "Evening table" in cast.ben.get("peers:group_find").content.decode()
    assert "Dana" in cast.ben.get("peers:group_detail", group.pk).content.decode()


@pytest.mark.parametrize(
    "wrong",
    [
        {"called": ""}, {"name": ""}, {"at": "soon"}, {"minutes": "0"}, {"capacity": "0"}, {"capacity": "501"},
        {"time_zone": "Moon/Base"}, {"weekday": "7"}, {"joining": "never"}, {"name": "\x00"},
    ],
)  # fmt: skip
def test_what_cannot_be_starts_nothing(cast: Cast, wrong: dict[str, str]) -> None:
    response = send(cast.ana, "peers:group_start", form={**NEW, **wrong})
    assert response.status_code == 422
    assert "One thing needs another look" in response.content.decode()
    with cast.ana.acting():
        assert not Group.objects.visible_to(cast.ana.user).exists()


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"minutes": "4"}, "Write a number from 5 to 720."),
        ({"minutes": "721"}, "Write a number from 5 to 720."),
        ({"minutes": "long"}, "Write a number from 5 to 720."),
        ({"capacity": "0"}, "Write a number from 1 to 500."),
        ({"capacity": "501"}, "Write a number from 1 to 500."),
        ({"capacity": "some"}, "Write a number from 1 to 500."),
    ],
)
def test_numbers_are_asked_for_in_plain_words(cast: Cast, wrong: dict[str, str], words: str) -> None:
    assert words in send(cast.ana, "peers:group_start", form={**NEW, **wrong}).content.decode()


def test_what_to_look_at_is_told_in_the_order_of_the_page(cast: Cast) -> None:
    page = send(cast.ana, "peers:group_start", form={"called": "", "name": ""}).content.decode()
    summary = page.split("need another look")[1]
    assert summary.index("Write a name. A first name") < summary.index("Write a name for the group.")
