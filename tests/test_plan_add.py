"""Adding an entry: its id comes with the form, so nothing is written twice and nothing is lost."""

import threading
from uuid import UUID, uuid4

import pytest
from django.db import connection
from django.urls import reverse

from plans.models import Entry, Wording
from tests.world import Cast, Person


def written(person: Person, section: str = "strengths") -> list[dict[str, str]]:
    with person.acting():
        plan = person.plan()
        return [wording.words for wording in plan.newest_wordings([section])]


def form(**more: object) -> dict[str, object]:
    return {"part": "strengths", "entry": uuid4(), "seen": 0, "text": "I keep my promises", **more}


def test_it_works(cast: Cast) -> None:
    response = cast.ana.post("plans:entry_add", "strengths", **form(done="1"))
    assert response.status_code == 302
    assert written(cast.ana) == [{"text": "I keep my promises"}]
    assert "I keep my promises" in cast.ana.get("plans:section_detail", "strengths").content.decode()


def test_pressing_twice_makes_one(cast: Cast) -> None:
    sent = form()
    for _press in range(2):
        assert cast.ana.post("plans:entry_add", "strengths", **sent).status_code == 302
    assert len(written(cast.ana)) == 1


def test_it_saves_by_itself_and_stays_open(cast: Cast) -> None:
    sent = form(window=uuid4())
    response = cast.ana.post("plans:entry_add", "strengths", htmx=True, **sent)
    assert response.status_code == 200
    assert "Saved at" in response.content.decode()
    later = cast.ana.post("plans:entry_add", "strengths", htmx=True, **{**sent, "text": "I keep my promises, mostly"})
    assert later.status_code == 200, "its own earlier save is no conflict, even if the answer was lost"
    assert written(cast.ana) == [{"text": "I keep my promises, mostly"}]


def test_a_step_stands_under_its_goal(cast: Cast) -> None:
    goal = cast.ana.writes("goals", "goals", text="Bake bread")
    response = cast.ana.post("plans:entry_add", "goals", part="steps", entry=uuid4(), under=goal.pk, text="Buy flour")
    assert response.status_code == 302
    assert {"text": "Buy flour"} in written(cast.ana, "goals")


@pytest.mark.parametrize(
    "wrong",
    [
        {"text": ""},
        {"text": "   "},
        {"text": "x" * 4001},
        {"text": "a\x00b"},
        {"entry": "not-an-id"},
        {"entry": ""},
        {"entry": "\x00"},
        {"window": "not-an-id"},
        {"seen": "-1"},
        {"seen": "many"},
        {"seen": "9" * 40},
    ],
)
@pytest.mark.parametrize("htmx", [False, True])
def test_what_cannot_be_kept_is_said_calmly(cast: Cast, wrong: dict[str, str], htmx: bool) -> None:
    sent = form(**wrong, done="1")
    response = cast.ana.post("plans:entry_add", "strengths", htmx=htmx, **sent)
    expected = {302, 204} if wrong == {"seen": "9" * 40} else {422}
    assert response.status_code in expected
    if response.status_code == 422:
        assert written(cast.ana) == []


def test_saving_by_itself_says_nothing_while_there_are_no_words_yet(cast: Cast) -> None:
    """Somebody who first picks a kind is not told to write words."""
    response = cast.ana.post("plans:entry_add", "strengths", htmx=True, **form(text=""))
    assert response.status_code == 200
    assert "Write a few words" not in response.content.decode()
    assert written(cast.ana) == []


def test_what_was_typed_is_still_there_after_a_refusal(cast: Cast) -> None:
    page = cast.ana.post("plans:entry_add", "strengths", **form(window="x")).content.decode()
    assert "I keep my promises" in page


@pytest.mark.parametrize(
    "wrong",
    [
        {"part": ""},
        {"part": "nothing"},
        {"part": "tools"},
        {"part": "\x00"},
        {"under": "x"},
        {"under": "\x00"},
        {"under": uuid4()},
    ],
)
def test_what_no_page_offers_is_no_page(cast: Cast, wrong: dict[str, object]) -> None:
    assert cast.ana.post("plans:entry_add", "strengths", **form(**wrong)).status_code == 404
    assert written(cast.ana) == []


def test_a_step_needs_a_goal_of_mine_in_this_list(cast: Cast) -> None:
    mine, foreign = cast.ana.writes("goals", "goals", text="a"), cast.ben.writes("goals", "goals", text="b")
    step, tool = cast.ana.writes("goals", "steps", mine.pk, text="c"), cast.ana.writes("tools", "tools", text="d")
    cast.ben.shares(cast.ana, "plan.goals")
    for under in (foreign.pk, tool.pk, step.pk, uuid4(), ""):
        sent = {"part": "steps", "entry": uuid4(), "under": under, "text": "Buy flour"}
        assert cast.ana.post("plans:entry_add", "goals", **sent).status_code == 404, under
    assert {"text": "Buy flour"} not in written(cast.ana, "goals")


@pytest.mark.parametrize("shared", [False, True])
def test_the_id_of_anothers_entry_changes_nothing_there(cast: Cast, shared: bool) -> None:
    theirs = cast.ben.writes("strengths", "strengths", text="Ben's own words")
    if shared:
        cast.ben.shares(cast.ana, "plan.strengths")
    response = cast.ana.post("plans:entry_add", "strengths", **form(entry=theirs.pk))
    assert response.status_code == 404
    assert written(cast.ben) == [{"text": "Ben's own words"}]
    assert written(cast.ana) == []


def test_the_id_of_an_entry_of_another_list_is_refused(cast: Cast) -> None:
    other = cast.ana.writes("tools", "tools", text="I walk")
    assert cast.ana.post("plans:entry_add", "strengths", **form(entry=other.pk)).status_code == 404


@pytest.mark.parametrize("extra", ["holder", "holder_id", "record_id", "number", "removed_at", "section"])
def test_nothing_else_can_be_sent_along(cast: Cast, extra: str) -> None:
    sent = form(**{extra: str(cast.ben.pk)})
    assert cast.ana.post("plans:entry_add", "strengths", **sent).status_code == 302
    with cast.ana.acting():
        entry = Entry.objects.get(pk=sent["entry"])
        assert (entry.holder_id, entry.section, entry.removed_at) == (cast.ana.pk, "strengths", None)
        assert Wording.objects.get(entry=entry).number == 1


@pytest.mark.parametrize("htmx", [False, True])
def test_a_form_that_somebody_else_left_open_saves_nothing(cast: Cast, htmx: bool) -> None:
    """On a shared device: Ben's open form, sent after Ana signed in. His words stay on his page."""
    with cast.ben.acting():
        sent = form(record=str(cast.ben.plan().pk))
    response = cast.ana.post("plans:entry_add", "strengths", htmx=htmx, **sent)
    assert response.status_code == 403
    if htmx:
        assert "Copy them" in response.content.decode()
    with cast.ana.acting():
        assert not Entry.objects.filter(pk=sent["entry"]).exists()


@pytest.mark.django_db(transaction=True)
def test_two_windows_that_add_at_once_get_two_places() -> None:
    ana = Cast().ana
    address = reverse("plans:entry_add", args=["strengths"])

    def add(number: int) -> None:
        try:
            assert ana.client.post(address, form(text=f"words {number}")).status_code == 302
        finally:
            connection.close()

    windows = [threading.Thread(target=add, args=[number]) for number in range(6)]
    for window in windows:
        window.start()
    for window in windows:
        window.join()
    with ana.acting():
        assert sorted(Entry.objects.values_list("place", flat=True)) == list(range(6))
    assert len(written(ana)) == 6


def test_ids_are_random(cast: Cast) -> None:
    page = cast.ana.get("plans:section_detail", "strengths", query="?add=strengths").content.decode()
    fresh = UUID(page.split('name="entry" value="')[1][:36])
    assert fresh.version == 4
