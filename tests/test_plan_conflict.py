"""Two windows on one entry: the second save gets 409 with both wordings, and nothing is lost."""

import threading
from uuid import uuid4

import pytest
from django.db import connection
from django.urls import reverse

from plans.models import Entry, Wording
from tests.world import Cast, Person

LAPTOP, PHONE = uuid4(), uuid4()


@pytest.fixture
def entry(cast: Cast) -> Entry:
    return cast.ana.writes("tools", "tools", text="I walk")


def saves(person: Person, entry: Entry, window: object, seen: int, text: str, htmx: bool = False):
    return person.post("plans:entry_edit", entry.pk, htmx=htmx, entry=entry.pk, window=window, seen=seen, text=text)


def wordings(person: Person, entry: Entry) -> list[str]:
    with person.acting():
        own = Entry.objects.visible_to(person.user).get(pk=entry.pk)
        return [each.words["text"] for each in own.lend(Wording.objects.filter(entry=own).order_by("number"))]


@pytest.mark.parametrize("htmx", [False, True])
def test_it_works(cast: Cast, entry: Entry, htmx: bool) -> None:
    saves(cast.ana, entry, LAPTOP, 1, "I walk by the river")
    response = saves(cast.ana, entry, PHONE, 1, "I walk in the woods", htmx)
    page = response.content.decode()
    assert response.status_code == 409
    assert "I walk by the river" in page
    assert htmx or "I walk in the woods" in page, "by script the page still holds what was typed"
    assert wordings(cast.ana, entry) == ["I walk", "I walk by the river"]


@pytest.mark.parametrize("htmx", [False, True])
def test_saving_again_keeps_what_is_in_the_box(cast: Cast, entry: Entry, htmx: bool) -> None:
    saves(cast.ana, entry, LAPTOP, 1, "I walk by the river")
    page = saves(cast.ana, entry, PHONE, 1, "I walk in the woods", htmx).content.decode()
    assert 'name="seen" value="2"' in page, "the number of the wording that was shown"
    assert saves(cast.ana, entry, PHONE, 2, "I walk in the woods", htmx).status_code in (200, 302)
    assert wordings(cast.ana, entry) == ["I walk", "I walk by the river", "I walk in the woods"]


def test_one_window_is_never_in_its_own_way(cast: Cast, entry: Entry) -> None:
    for text in ("I walk b", "I walk by", "I walk by the river"):
        assert saves(cast.ana, entry, LAPTOP, 1, text, htmx=True).status_code == 200


def test_after_another_window_wrote_the_first_one_meets_it_too(cast: Cast, entry: Entry) -> None:
    saves(cast.ana, entry, LAPTOP, 1, "I walk by the river")
    saves(cast.ana, entry, PHONE, 2, "I walk in the woods")
    assert saves(cast.ana, entry, LAPTOP, 2, "I walk by the river again").status_code == 409


def test_both_wrote_the_same(cast: Cast, entry: Entry) -> None:
    saves(cast.ana, entry, LAPTOP, 1, "I walk by the river")
    assert saves(cast.ana, entry, PHONE, 1, "I walk by the river").status_code == 302
    assert len(wordings(cast.ana, entry)) == 2


def test_a_window_without_an_id_meets_it_too(cast: Cast, entry: Entry) -> None:
    saves(cast.ana, entry, "", 1, "I walk by the river")
    assert saves(cast.ana, entry, "", 1, "I walk in the woods").status_code == 409


def test_a_new_entry_that_was_saved_in_two_windows(cast: Cast) -> None:
    """The form was open twice with one id, as after going back in the browser."""
    entry = uuid4()
    for window, text, status in ((LAPTOP, "first", 302), (PHONE, "second", 409)):
        sent = {"part": "tools", "entry": entry, "window": window, "seen": 0, "text": text}
        assert cast.ana.post("plans:entry_add", "tools", **sent).status_code == status


@pytest.mark.django_db(transaction=True)
def test_many_windows_at_once_lose_nothing() -> None:
    """One is kept, each of the others is told; numbers stay a row without holes."""
    ana = Cast().ana
    entry = ana.writes("tools", "tools", text="I walk")
    answers: dict[str, int] = {}

    def save(text: str) -> None:
        address = reverse("plans:entry_edit", args=[entry.pk])
        sent = {"entry": entry.pk, "window": uuid4(), "seen": 1, "text": text}
        try:
            answers[text] = ana.client.post(address, sent).status_code
        finally:
            connection.close()

    windows = [threading.Thread(target=save, args=[f"words {number}"]) for number in range(6)]
    for window in windows:
        window.start()
    for window in windows:
        window.join()
    assert sorted(answers.values()) == [302, 409, 409, 409, 409, 409]
    kept = [text for text, status in answers.items() if status == 302]
    assert wordings(ana, entry) == ["I walk", *kept]
