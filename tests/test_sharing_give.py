"""Giving a share: choose, see it as they will see it, confirm; and nothing is shared before that."""

import threading
import uuid
from datetime import date, timedelta
from typing import Any

import pytest
from django.db import connection
from django.utils import timezone

from sharing.models import Share
from tests.world import Cast, Person

SAID = {"label": "Dr. Osei", "my_name": "Ana", "parts": ["plan.tools", "plan.crisis"]}
BY_NAME = {**SAID, "how": "name", "username": "ben"}
BY_WORDS = {**SAID, "how": "words"}


@pytest.fixture(autouse=True)
def written(request: pytest.FixtureRequest) -> None:
    if "cast" in request.fixturenames:
        ana = request.getfixturevalue("cast").ana
        ana.writes("tools", "tools", text="I walk by the river")
        ana.writes("gains", "gains", text="I asked for help")


def given(person: Person) -> list[Share]:
    with person.acting():
        return list(Share.objects.visible_to(person.user).filter(holder=person.pk))


def test_it_works(cast: Cast) -> None:
    """By name: it waits until Ben says yes, and holds exactly what was chosen."""
    assert cast.ana.post("sharing:share_give", **BY_NAME).status_code == 302
    [share] = given(cast.ana)
    assert (share.label, share.my_name, share.parts) == ("Dr. Osei", "Ana", ["plan.tools", "plan.crisis"])
    assert (share.recipient_id, share.accepted_at, share.ends_at) == (cast.ben.pk, None, None)
    assert cast.ben.get("sharing:share_read", share.pk).status_code == 403


def test_every_part_is_off_until_it_is_chosen(cast: Cast) -> None:
    page = cast.ana.get("sharing:share_add").content.decode()
    assert 'name="parts"' in page
    assert "checked" not in page.split('name="parts"', 1)[1].split('name="until"')[0]


def test_the_page_to_check_shows_what_they_will_see_and_shares_nothing(cast: Cast) -> None:
    response = cast.ana.post("sharing:share_add", **BY_NAME)
    page = response.content.decode()
    assert response.status_code == 200
    assert "I walk by the river" in page
    assert "I asked for help" not in page
    assert given(cast.ana) == []


def test_going_back_keeps_what_was_chosen(cast: Cast) -> None:
    response = cast.ana.post("sharing:share_add", **BY_NAME, back="1")
    assert response.status_code == 200
    assert 'value="Dr. Osei"' in response.content.decode()
    assert given(cast.ana) == []


def test_words_are_shown_once_and_not_kept(cast: Cast) -> None:
    response = cast.ana.post("sharing:share_give", **BY_WORDS)
    assert response.status_code == 200
    assert "Five words to share" in response.content.decode()
    [share] = given(cast.ana)
    assert share.recipient_id is None


def test_it_lasts_to_the_end_of_the_chosen_day(cast: Cast) -> None:
    tomorrow = date.today() + timedelta(days=2)
    cast.ana.post("sharing:share_give", **BY_NAME, until=tomorrow.isoformat())
    [share] = given(cast.ana)
    assert share.ends_at
    assert timedelta(days=1) < share.ends_at - timezone.now() < timedelta(days=4)


def test_the_passphrase_is_asked_for_first(cast: Cast) -> None:
    cast.ana.confirms(seconds_ago=301)
    response = cast.ana.post("sharing:share_give", **BY_NAME)
    assert response.status_code == 200
    assert "assphrase" in response.content.decode()
    assert given(cast.ana) == []


@pytest.mark.parametrize(
    "wrong",
    [
        {"parts": []},
        {"parts": ["plan.nothing"]},
        {"parts": ["plan.tools", "directive.signed"]},
        {"label": ""},
        {"my_name": ""},
        {"label": "x" * 81},
        {"label": "Dr.\x00Osei"},
        {"my_name": "\x00"},
        {"until": "2020-01-01"},
        {"until": "soon"},
        {"until": "9999-12-31"},
        {"until": "0001-01-01"},
        {"how": "carrier pigeon"},
        {"how": ""},
        {"username": "nobody-we-know"},
        {"username": ""},
        {"username": "be\x00n"},
        {"username": "ana"},
    ],
)
def test_what_cannot_be_is_said_calmly_and_shares_nothing(cast: Cast, wrong: dict[str, object]) -> None:
    response = cast.ana.post("sharing:share_give", **{**BY_NAME, **wrong})
    assert response.status_code == 422
    assert given(cast.ana) == []


def test_one_person_has_one_share(cast: Cast) -> None:
    cast.ana.post("sharing:share_give", **BY_NAME)
    response = cast.ana.post("sharing:share_give", **BY_NAME)
    assert response.status_code == 422
    assert "already share" in response.content.decode()
    assert len(given(cast.ana)) == 1


def test_a_share_that_has_ended_makes_room(cast: Cast) -> None:
    old = cast.ana.shares(cast.ben, "plan.tools")
    cast.ana.sets(old, ends_at=timezone.now() - timedelta(days=1))
    assert cast.ana.post("sharing:share_give", **BY_NAME).status_code == 302
    assert [share.pk for share in given(cast.ana) if not share.stopped_at] != [old.pk]


@pytest.mark.parametrize("extra", ["accepted_at", "holder", "holder_id", "recipient", "stopped_at", "id"])
def test_nothing_else_can_be_sent_along(cast: Cast, extra: str) -> None:
    value = {"accepted_at": "2020-01-01", "stopped_at": "2020-01-01"}.get(extra, str(cast.cora.pk))
    cast.ana.post("sharing:share_give", **BY_NAME, **{extra: value})
    [share] = given(cast.ana)
    assert (share.holder_id, share.recipient_id, share.accepted_at, share.stopped_at) == (
        cast.ana.pk,
        cast.ben.pk,
        None,
        None,
    )
    assert str(share.pk) != value


def test_the_list_costs_the_same_for_one_share_and_for_many(cast: Cast) -> None:
    cast.ana.offers(None, "plan.tools")
    one, _brackets = cast.ana.queries("sharing:share_list")
    for _time in range(9):
        cast.ana.offers(None, "plan.tools")
    ten, _brackets = cast.ana.queries("sharing:share_list")
    assert len(ten) == len(one) <= 8, ten


@pytest.mark.django_db(transaction=True)
def test_two_presses_at_once_give_one_share() -> None:
    cast = Cast()
    statuses: list[int] = []

    def press() -> None:
        try:
            statuses.append(cast.ana.client.post("/sharing/give/", BY_NAME).status_code)
        finally:
            connection.close()

    presses = [threading.Thread(target=press) for _ in range(4)]
    for each in presses:
        each.start()
    for each in presses:
        each.join()
    assert sorted(statuses) == [302, 422, 422, 422]
    assert len(given(cast.ana)) == 1


def test_names_are_not_looked_up_without_end(cast: Cast) -> None:
    """After forty names in an hour even a right one is not confirmed, and words still work."""
    for number in range(40):
        cast.ana.post("sharing:share_add", **{**BY_NAME, "username": f"nobody-{number}"})
    response = cast.ana.post("sharing:share_add", **BY_NAME)
    assert response.status_code == 422
    assert "You tried many names." in response.content.decode()
    assert "We know nobody" not in response.content.decode()
    assert cast.ana.post("sharing:share_add", **BY_WORDS).status_code == 200


def test_sending_the_form_twice_makes_one_share(cast: Cast) -> None:
    """As a reload of the page with the words does: they were shown once, and stay the ones that work."""
    share_id = str(uuid.uuid4())
    first: Any = cast.ana.post("sharing:share_give", **BY_WORDS, share=share_id)
    again = cast.ana.post("sharing:share_give", **BY_WORDS, share=share_id)
    assert (first.status_code, again.status_code) == (200, 302)
    [share] = given(cast.ana)
    assert str(share.pk) == share_id
    assert cast.ben.post("sharing:invitation_accept", words=first.context["words"]).status_code == 302
