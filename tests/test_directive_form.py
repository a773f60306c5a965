"""The form of a topic that has one: it stands open, keeps one answer, and two windows that begin it lose nothing."""

import re
import threading
from collections.abc import Mapping
from uuid import UUID, uuid4

import pytest
from django.db import connection
from django.urls import reverse

from directives.models import Entry, Wording
from tests.world import Cast, Person

LAPTOP, PHONE = uuid4(), uuid4()
SAVE = "directives:entry_add"


def form_id(person: Person, topic: str) -> UUID:
    with person.acting():
        return person.directive().single_id(topic, "own")


def form(person: Person, topic: str = "works", /, **more: object) -> dict[str, object]:
    """What the open form of a topic sends."""
    with person.acting():
        record = person.directive().pk
    return {"part": "own", "entry": form_id(person, topic), "record": record, "window": LAPTOP, "seen": 0, **more}


def wordings(person: Person, topic: str = "works") -> list[Mapping[str, str]]:
    """All that its form ever said, oldest first."""
    with person.acting():
        rows = Wording.objects.filter(entry=form_id(person, topic)).order_by("number")
        return [wording.words for wording in person.directive().lend(rows)]


def page(person: Person, slug: str = "works") -> str:
    return person.get("directives:section_detail", slug).content.decode()


def test_it_works(cast: Cast) -> None:
    sent = form(cast.ana, text="A walk each day", done="1")
    response = cast.ana.post(SAVE, "works", **sent)
    assert response["Location"] == f"/directive/works/#entry-{sent['entry']}"
    shown = page(cast.ana)
    assert "Saved at" in shown
    assert f'id="entry-{sent["entry"]}"' in shown
    assert "A walk each day</textarea>" in shown
    assert 'name="seen" value="1"' in shown
    assert wordings(cast.ana) == [{"text": "A walk each day"}]


def test_every_box_comes_back_as_it_was_left(cast: Cast) -> None:
    words = {"text": "Lee Park", "phone": "919 555 0163", "accepted_on": "2026-01-02", "reason": "He\nlistens"}
    cast.ana.post(SAVE, "agent", **form(cast.ana, "agent", **words))
    assert wordings(cast.ana, "agent") == [words]
    shown = page(cast.ana, "agent")
    for box in ('value="Lee Park"', 'value="919 555 0163"', 'value="2026-01-02"', "He\nlistens</textarea>"):
        assert box in shown


def test_a_choice_comes_back_and_can_be_left_open_again(cast: Cast) -> None:
    for answer in ("no", ""):
        seen = len(wordings(cast.ana, "ect"))
        cast.ana.post(SAVE, "ect", **form(cast.ana, "ect", choice=answer, reason="I saw it", seen=seen))
        boxes = re.findall(r'<input type="radio"[^>]*>', page(cast.ana, "ect"))
        assert [f'value="{answer}"' in box for box in boxes if " checked" in box] == [True]
    assert wordings(cast.ana, "ect") == [{"choice": "no", "reason": "I saw it"}, {"reason": "I saw it"}]


def test_one_window_saves_again_and_again(cast: Cast) -> None:
    """By itself; even when the answer to the first save was lost, its own words are in nobody's way."""
    for text in ("A walk", "A walk each", "A walk each day"):
        response = cast.ana.post(SAVE, "works", htmx=True, **form(cast.ana, text=text))
        shown = response.content.decode()
        assert response.status_code == 200
        assert f'id="save-{form_id(cast.ana, "works")}"' in shown
        assert "Saved at" in shown
        assert "<form" not in shown
    assert 'name="seen" value="3"' in shown
    assert [each["text"] for each in wordings(cast.ana)] == ["A walk", "A walk each", "A walk each day"]


def test_saved_by_script_on_a_press_it_leads_back(cast: Cast) -> None:
    response = cast.ana.post(SAVE, "works", htmx=True, **form(cast.ana, text="A walk", done="1"))
    assert response.status_code == 204
    assert response["HX-Redirect"].startswith("/directive/works/#entry-")


@pytest.mark.parametrize("htmx", [False, True])
def test_two_windows_that_begin_at_once(cast: Cast, htmx: bool) -> None:
    """Both began with an empty form. The second is shown both wordings, and chooses."""
    cast.ana.post(SAVE, "works", **form(cast.ana, text="A walk"))
    second = form(cast.ana, text="A swim", window=PHONE)
    response = cast.ana.post(SAVE, "works", htmx=htmx, **second)
    shown = response.content.decode()
    assert response.status_code == 409
    assert "This was changed in another place." in shown
    assert "A walk" in shown
    assert htmx or "A swim</textarea>" in shown, "by script the page still holds what was typed"
    assert wordings(cast.ana) == [{"text": "A walk"}]
    assert 'name="seen" value="1"' in shown
    cast.ana.post(SAVE, "works", htmx=htmx, **{**second, "seen": 1})
    assert wordings(cast.ana) == [{"text": "A walk"}, {"text": "A swim"}]


def test_both_wrote_the_same(cast: Cast) -> None:
    for window in (LAPTOP, PHONE):
        assert cast.ana.post(SAVE, "works", **form(cast.ana, text="A walk", window=window)).status_code == 302
    assert len(wordings(cast.ana)) == 1


def test_emptying_it_is_kept_as_an_empty_answer(cast: Cast) -> None:
    cast.ana.post(SAVE, "works", **form(cast.ana, text="A walk"))
    response = cast.ana.post(SAVE, "works", **form(cast.ana, text="", seen=1, done="1"))
    assert response.status_code == 302
    assert wordings(cast.ana) == [{"text": "A walk"}, {}]
    shown = page(cast.ana)
    assert "A walk" not in shown
    assert 'name="seen" value="2"' in shown
    assert "A walk" not in cast.ana.get("directives:directive_read").content.decode()


@pytest.mark.parametrize("htmx", [False, True])
def test_emptied_in_another_window_is_said_too(cast: Cast, htmx: bool) -> None:
    cast.ana.post(SAVE, "works", **form(cast.ana, text="A walk"))
    cast.ana.post(SAVE, "works", **form(cast.ana, text="", seen=1))
    response = cast.ana.post(SAVE, "works", htmx=htmx, **form(cast.ana, text="A swim", seen=1, window=PHONE))
    shown = " ".join(response.content.decode().split())
    assert response.status_code == 409
    assert "This was changed in another place." in shown
    assert "Saved already: What works best for me </dt> <dd data-words> – </dd>" in shown


@pytest.mark.parametrize("text", ["", "   ", "\n"])
@pytest.mark.parametrize("htmx", [False, True])
def test_pressing_save_on_an_untouched_form_keeps_nothing(cast: Cast, text: str, htmx: bool) -> None:
    response = cast.ana.post(SAVE, "works", htmx=htmx, **form(cast.ana, text=text, done="1"))
    assert response.status_code == (204 if htmx else 302)
    assert response["HX-Redirect" if htmx else "Location"] == "/directive/works/"
    assert "Nothing is written yet, so there was nothing to save." in page(cast.ana)
    with cast.ana.acting():
        assert not Entry.objects.filter(holder=cast.ana.pk).exists()
    assert "Nothing is written yet." in cast.ana.get("directives:directive_overview").content.decode()


def test_an_untouched_form_that_saves_by_itself_says_nothing(cast: Cast) -> None:
    """As when somebody types a letter and takes it back."""
    response = cast.ana.post(SAVE, "works", htmx=True, **form(cast.ana, text=""))
    assert response.status_code == 200
    assert "Saved at" not in response.content.decode()
    assert f'id="save-{form_id(cast.ana, "works")}"' in response.content.decode()
    assert wordings(cast.ana) == []


def test_an_untouched_form_is_in_no_other_windows_way(cast: Cast) -> None:
    cast.ana.post(SAVE, "works", **form(cast.ana, text="", done="1"))
    assert cast.ana.post(SAVE, "works", **form(cast.ana, text="A swim", window=PHONE)).status_code == 302


def test_an_untouched_form_empties_nothing_that_another_window_wrote(cast: Cast) -> None:
    cast.ana.post(SAVE, "works", **form(cast.ana, text="A walk"))
    assert cast.ana.post(SAVE, "works", **form(cast.ana, text="", window=PHONE, done="1")).status_code == 409
    assert wordings(cast.ana) == [{"text": "A walk"}]


@pytest.mark.parametrize(
    ("topic", "wrong", "said"),
    [
        ("agent", {"accepted_on": "soon"}, "Write a date like 2027-03-01, or leave it empty."),
        ("agent", {"accepted_on": "2026-02-30"}, "Write a date like 2027-03-01, or leave it empty."),
        ("agent", {"phone": "1" * 4001}, "This box holds up to 4000 letters. Please make it shorter."),
        ("agent", {"reason": "x" * 4001}, "This box holds up to 4000 letters. Please make it shorter."),
        ("agent", {"reason": "a\x00b"}, "Null characters are not allowed."),
        ("ect", {"choice": "maybe"}, "Choose one of these answers."),
        ("ect", {"choice": "\x00"}, "Choose one of these answers."),
    ],
)
@pytest.mark.parametrize("htmx", [False, True])
def test_what_cannot_be_kept_is_said_calmly(
    cast: Cast, topic: str, wrong: dict[str, str], said: str, htmx: bool
) -> None:
    sent = form(cast.ana, topic, **{"text": "Lee Park", "condition": "Only at home", **wrong}, done="1")
    response = cast.ana.post(SAVE, topic, htmx=htmx, **sent)
    shown = response.content.decode()
    assert response.status_code == 422
    assert said in shown
    if not htmx:
        assert ("Lee Park" if topic == "agent" else "Only at home") in shown, "what was typed is still there"
    assert wordings(cast.ana, topic) == []


def test_a_day_that_is_no_day_is_still_in_its_box(cast: Cast) -> None:
    shown = cast.ana.post(SAVE, "agent", **form(cast.ana, "agent", accepted_on="next Monday")).content.decode()
    assert 'value="next Monday"' in shown


def test_as_long_as_a_box_can_be_is_kept(cast: Cast) -> None:
    cast.ana.post(SAVE, "works", **form(cast.ana, text="x" * 4000))
    assert wordings(cast.ana) == [{"text": "x" * 4000}]


@pytest.mark.parametrize("other", ["random", "another topic", "another person"])
def test_it_has_one_id_and_no_other(cast: Cast, other: str) -> None:
    ids = {"random": uuid4(), "another topic": form_id(cast.ana, "other"), "another person": form_id(cast.ben, "works")}
    for _time in range(2):
        response = cast.ana.post(SAVE, "works", **form(cast.ana, entry=ids[other], text="elsewhere"))
        assert response.status_code == 404
        cast.ana.answers("works", text="A walk")
    assert wordings(cast.ana) == [{"text": "A walk"}]
    assert wordings(cast.ben) == []
    assert wordings(cast.ana, "other") == []


@pytest.mark.parametrize("wrong", [{"part": "works"}, {"part": ""}, {"under": uuid4()}, {"under": "x"}])
def test_what_no_page_offers_is_no_page(cast: Cast, wrong: dict[str, object]) -> None:
    assert cast.ana.post(SAVE, "works", **form(cast.ana, text="A walk", **wrong)).status_code == 404
    assert wordings(cast.ana) == []


@pytest.mark.parametrize("htmx", [False, True])
def test_a_form_that_somebody_else_left_open_saves_nothing(cast: Cast, htmx: bool) -> None:
    """On a shared device: Ben's open form, sent after Ana signed in."""
    response = cast.ana.post(SAVE, "works", htmx=htmx, **form(cast.ben, text="Ben's own words"))
    assert response.status_code == 403
    if htmx:
        assert response["X-Save-Region"] == "1"
        assert "Copy them" in response.content.decode()
    assert (wordings(cast.ana), wordings(cast.ben)) == ([], [])


@pytest.mark.parametrize("act", ["entry_remove", "entry_up", "entry_down"])
@pytest.mark.parametrize("htmx", [False, True])
def test_it_is_not_removed_or_moved(cast: Cast, act: str, htmx: bool) -> None:
    """It is emptied instead. Removed, it would stand empty on its page and meet the next save as a conflict."""
    entry = cast.ana.answers("works", text="A walk")
    assert f"/directive/entry/{entry.pk}/" not in page(cast.ana), "no page offers it"
    assert cast.ana.post(f"directives:{act}", entry.pk, htmx=htmx).status_code == 404
    assert "A walk" in page(cast.ana)
    assert "A walk" not in cast.ana.get("directives:directive_removed").content.decode()


def test_its_own_address_opens_it_too(cast: Cast) -> None:
    """As after a conflict, or from an old link."""
    entry = cast.ana.answers("works", text="A walk")
    assert "A walk</textarea>" in cast.ana.get("directives:entry_edit", entry.pk).content.decode()
    sent = {"entry": entry.pk, "window": PHONE, "seen": 1, "text": ""}
    assert cast.ana.post("directives:entry_edit", entry.pk, **sent).status_code == 302
    assert wordings(cast.ana) == [{"text": "A walk"}, {}]


def test_nobody_else_writes_there(cast: Cast) -> None:
    entry = cast.ana.answers("works", text="A walk")
    cast.ana.shares(cast.ben, "directive.draft")
    sent = {"entry": entry.pk, "seen": 1, "text": "x"}
    assert cast.ben.get("directives:entry_edit", entry.pk).status_code == 403
    assert cast.ben.post("directives:entry_edit", entry.pk, **sent).status_code == 403
    assert cast.cora.post("directives:entry_edit", entry.pk, **sent).status_code == 404
    assert wordings(cast.ana) == [{"text": "A walk"}]


def test_many_wordings_cost_no_more_queries(cast: Cast) -> None:
    cast.ana.answers("works", text="A walk")
    one, _brackets = cast.ana.queries("directives:section_detail", "works")
    for number in range(20):
        cast.ana.answers("works", text=f"A walk of {number} miles")
    many, _brackets = cast.ana.queries("directives:section_detail", "works")
    assert len(many) == len(one) <= 8, many


@pytest.mark.django_db(transaction=True)
def test_windows_that_begin_it_in_the_same_moment() -> None:
    """One is kept, each of the others is told."""
    ana = Cast().ana
    sent = form(ana)
    statuses: list[int] = []

    def save(number: int) -> None:
        try:
            window = {**sent, "window": uuid4(), "text": f"words {number}"}
            statuses.append(ana.client.post(reverse(SAVE, args=["works"]), window).status_code)
        finally:
            connection.close()

    windows = [threading.Thread(target=save, args=[number]) for number in range(4)]
    for window in windows:
        window.start()
    for window in windows:
        window.join()
    assert sorted(statuses) == [302, 409, 409, 409]
    assert len(wordings(ana)) == 1
