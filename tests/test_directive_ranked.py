"""Choices in order: plain buttons move them, their numbers stand beside them, common answers come by one press."""

import re
from typing import Any
from uuid import UUID

import pytest
from django.urls import reverse

from directives.models import Entry
from directives.topics import TOPICS, Topic
from records.acting import acting_as
from tests.world import Cast, Person

RANKED = [topic for topic in TOPICS.values() if any(part.is_ranked for part in topic.parts)]
SUGGESTION = re.compile(r'<form method="post"\s+action="(\S+)">(.*?)</form>', re.S)


@pytest.fixture
def three(cast: Cast) -> list[Entry]:
    return [cast.ana.answers("deescalation", "ways", text=text) for text in ("one", "two", "three")]


def page(person: Person, slug: str = "deescalation", query: str = "") -> str:
    return person.get("directives:section_detail", slug, query=query).content.decode()


def order(shown: str) -> list[str]:
    """The lines with their numbers, as they stand on the page."""
    places = r'<span class="card-place"\s+aria-hidden="true">(\d+\.)</span> (.*?)</p>'
    return [" ".join(found) for found in re.findall(places, shown)]


def offered(shown: str) -> dict[str, dict[str, str]]:
    """What each common answer sends when it is pressed."""
    forms = [dict(re.findall(r'name="(\w+)" value="([^"]*)"', boxes)) for _address, boxes in SUGGESTION.findall(shown)]
    return {sent["text"]: sent for sent in forms if "text" in sent}


def moves(person: Person, act: str, entry: Entry, current_url: str) -> Any:
    """As htmx asks from an open page."""
    headers = {"HX-Request": "true", "HX-Current-URL": current_url}
    with acting_as(None):
        return person.client.post(reverse(f"directives:{act}", args=[entry.pk]), headers=headers)


def test_it_works(cast: Cast, three: list[Entry]) -> None:
    assert order(page(cast.ana)) == ["1. one", "2. two", "3. three"]
    response = cast.ana.post("directives:entry_up", three[1].pk)
    assert response["Location"] == f"/directive/deescalation/#entry-{three[1].pk}"
    shown = page(cast.ana)
    assert "Now number 1 of 3." in shown
    assert order(shown) == ["1. two", "2. one", "3. three"]
    cast.ana.post("directives:entry_down", three[0].pk)
    assert order(page(cast.ana)) == ["1. two", "2. three", "3. one"]


def test_by_script_the_list_comes_back_and_the_place_is_said(cast: Cast, three: list[Entry]) -> None:
    shown = cast.ana.post("directives:entry_down", three[0].pk, htmx=True).content.decode()
    assert "<html" not in shown
    assert order(shown) == ["1. two", "2. one", "3. three"]
    assert "<p data-say hidden>Now number 2 of 3.</p>" in shown
    assert "Walk with me" in offered(shown), "common answers are still offered"


def test_at_the_ends_there_is_no_button_and_it_stays(cast: Cast, three: list[Entry]) -> None:
    shown = page(cast.ana)
    for entry, up, down in ((three[0], False, True), (three[1], True, True), (three[2], True, False)):
        assert (f"/directive/entry/{entry.pk}/up/" in shown) is up
        assert (f"/directive/entry/{entry.pk}/down/" in shown) is down
    cast.ana.post("directives:entry_up", three[0].pk)
    cast.ana.post("directives:entry_down", three[2].pk)
    assert order(page(cast.ana)) == ["1. one", "2. two", "3. three"]


def test_lists_without_an_order_have_no_numbers(cast: Cast) -> None:
    cast.ana.answers("signs", "signs", text="I lose my way")
    assert order(page(cast.ana, "signs")) == []


def test_two_lists_are_moved_each_by_itself(cast: Cast) -> None:
    first = cast.ana.answers("places", "wanted", text="The house by the park")
    cast.ana.answers("places", "not_wanted", text="The old one")
    shown = cast.ana.post("directives:entry_down", first.pk, htmx=True).content.decode()
    assert "Now number 1 of 1." in shown
    assert shown.index("The house by the park") < shown.index("The old one")


def test_after_a_move_open_forms_are_still_there(cast: Cast) -> None:
    """The form beside the list, and the one that the page's address opened; htmx leaves both as they are."""
    first = cast.ana.answers("emergency_measures", "measures", text="one")
    cast.ana.answers("emergency_measures", "measures", text="two")
    address = "http://testserver/directive/emergency-measures/"
    alone = moves(cast.ana, "entry_down", first, address).content.decode()
    with cast.ana.acting():
        own = cast.ana.directive().single_id("emergency_measures", "own")
    assert re.search(rf'id="entry-{own}"\s+data-hx-preserve>', alone)
    assert 'id="add"' not in alone
    both = moves(cast.ana, "entry_up", first, f"{address}?add=measures#add").content.decode()
    assert re.search(rf'id="entry-{own}"\s+data-hx-preserve>', both)
    assert re.search(r'id="add"\s+data-hx-preserve>', both)


@pytest.mark.parametrize(
    "current", ["", "x", "http://[", "?add=%00", "http://a/?add=own", "?add=measures&under=x", "?" * 9]
)
def test_an_odd_page_to_move_from_is_harmless(cast: Cast, three: list[Entry], current: str) -> None:
    response = moves(cast.ana, "entry_down", three[0], current)
    assert response.status_code == 200
    assert order(response.content.decode()) == ["1. two", "2. one", "3. three"]


def test_a_removed_line_is_jumped_over_and_does_not_move(cast: Cast, three: list[Entry]) -> None:
    cast.ana.post("directives:entry_remove", three[1].pk)
    assert cast.ana.post("directives:entry_up", three[1].pk).status_code == 404
    cast.ana.post("directives:entry_up", three[2].pk)
    assert order(page(cast.ana)) == ["1. three", "2. one"]


@pytest.mark.parametrize("act", ["directives:entry_up", "directives:entry_down"])
@pytest.mark.parametrize("htmx", [False, True])
def test_nobody_else_moves_it(cast: Cast, three: list[Entry], act: str, htmx: bool) -> None:
    cast.ana.shares(cast.ben, "directive.draft")
    assert cast.ben.post(act, three[1].pk, htmx=htmx).status_code == 403
    assert cast.cora.post(act, three[1].pk, htmx=htmx).status_code == 404
    assert order(page(cast.ana)) == ["1. one", "2. two", "3. three"]


@pytest.mark.parametrize("topic", RANKED, ids=[topic.key for topic in RANKED])
def test_each_ranked_topic_offers_its_common_answers(cast: Cast, topic: Topic) -> None:
    [part] = [part for part in topic.parts if part.is_ranked]
    assert list(offered(page(cast.ana, topic.slug))) == [str(words) for words in part.suggestions]


def test_one_press_adds_a_common_answer_at_the_end(cast: Cast, three: list[Entry]) -> None:
    sent = offered(page(cast.ana))["Walk with me"]
    assert UUID(sent["entry"]).version == 4
    assert cast.ana.post("directives:entry_add", "deescalation", **sent).status_code == 302
    shown = page(cast.ana)
    assert order(shown) == ["1. one", "2. two", "3. three", "4. Walk with me"]
    assert "Walk with me" not in offered(shown), "what is there is not offered"
    assert "Leave me alone for a while" in offered(shown)


def test_the_same_press_twice_adds_one(cast: Cast) -> None:
    sent = offered(page(cast.ana))["Walk with me"]
    for _press in range(2):
        assert cast.ana.post("directives:entry_add", "deescalation", **sent).status_code == 302
    assert order(page(cast.ana)) == ["1. Walk with me"]


def test_with_a_reason_it_is_still_there_and_removed_it_is_offered_again(cast: Cast) -> None:
    entry = cast.ana.answers("deescalation", "ways", text="Walk with me", reason="It slows my breath")
    assert "Walk with me" not in offered(page(cast.ana))
    cast.ana.post("directives:entry_remove", entry.pk)
    assert "Walk with me" in offered(page(cast.ana))


def test_a_press_in_a_page_that_somebody_else_left_open_adds_nothing(cast: Cast) -> None:
    sent = offered(page(cast.ben))["Walk with me"]
    assert cast.ana.post("directives:entry_add", "deescalation", **sent).status_code == 403
    assert order(page(cast.ana)) == order(page(cast.ben)) == []


def test_a_long_list_costs_no_more_queries_to_look_at_or_to_move(cast: Cast, three: list[Entry]) -> None:
    few, _brackets = cast.ana.queries("directives:section_detail", "deescalation")
    for number in range(20):
        cast.ana.answers("deescalation", "ways", text=f"way {number}")
    many, _brackets = cast.ana.queries("directives:section_detail", "deescalation")
    assert len(many) == len(few) <= 8, many
