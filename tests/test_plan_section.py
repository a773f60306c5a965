"""A section's page: its lists, the form for a new entry, who can read it."""

from uuid import uuid4

import pytest

from plans.sections import SECTIONS
from tests.world import Cast


def test_it_works(cast: Cast) -> None:
    cast.ana.writes("tools", "tools", text="I walk by the river", how_it_helps="It clears my head", kind="activity")
    page = cast.ana.get("plans:section_detail", "tools").content.decode()
    for words in ("I walk by the river", "It clears my head", "Something I do"):
        assert words in page


@pytest.mark.parametrize("section", [section.slug for section in SECTIONS.values()])
def test_every_section_opens(cast: Cast, section: str) -> None:
    assert cast.ana.get("plans:section_detail", section).status_code == 200


def test_an_unknown_section_is_no_page(cast: Cast) -> None:
    assert cast.ana.client.get("/plan/secrets/").status_code == 404


def test_the_empty_page_of_one_list_opens_its_form(cast: Cast) -> None:
    assert 'name="entry"' in cast.ana.get("plans:section_detail", "strengths").content.decode()
    assert 'name="entry"' not in cast.ana.get("plans:section_detail", "crisis").content.decode()


def test_entries_stand_in_the_persons_order_with_steps_under_their_goal(cast: Cast) -> None:
    first = cast.ana.writes("goals", "goals", text="First goal")
    cast.ana.writes("goals", "goals", text="Second goal")
    cast.ana.writes("goals", "steps", first.pk, text="First step")
    page = cast.ana.get("plans:section_detail", "goals").content.decode()
    assert page.index("First goal") < page.index("First step") < page.index("Second goal")


def test_what_was_removed_is_not_shown_nor_what_stands_under_it(cast: Cast) -> None:
    goal = cast.ana.writes("goals", "goals", text="Old goal")
    cast.ana.writes("goals", "steps", goal.pk, text="Old step")
    cast.ana.removes(goal)
    page = cast.ana.get("plans:section_detail", "goals").content.decode()
    assert "Old goal" not in page
    assert "Old step" not in page


def test_words_are_shown_as_words(cast: Cast) -> None:
    cast.ana.writes("tools", "tools", text="<script>alert(1)</script> {{ plan }} & more")
    page = cast.ana.get("plans:section_detail", "tools").content.decode()
    assert "<script>alert(1)" not in page
    assert "&lt;script&gt;alert(1)&lt;/script&gt; {{ plan }} &amp; more" in page


def test_it_says_how_many_can_read_it(cast: Cast) -> None:
    cast.ana.shares(cast.ben, "plan.tools")
    cast.ana.offers(cast.cora, "plan.tools")
    assert "1 person can read this" in cast.ana.get("plans:section_detail", "tools").content.decode()
    assert "Only you can read this" in cast.ana.get("plans:section_detail", "gains").content.decode()


@pytest.mark.parametrize(
    "query", ["?add=nothing", "?add=steps", "?add=steps&under=x", "?add=goals&add=steps", "?under=%00", "?add=%00"]
)
def test_odd_addresses_are_harmless(cast: Cast, query: str) -> None:
    assert cast.ana.get("plans:section_detail", "goals", query=query).status_code == 200


def test_the_id_of_anothers_entry_in_the_address_shows_nothing(cast: Cast) -> None:
    goal = cast.ben.writes("goals", "goals", text="Ben's own goal")
    for under in (goal.pk, uuid4()):
        page = cast.ana.get("plans:section_detail", "goals", query=f"?add=steps&under={under}").content.decode()
        assert "Ben's own goal" not in page
        assert str(under) not in page


def test_thirty_entries_cost_no_more_queries_than_one(cast: Cast) -> None:
    cast.ana.writes("tools", "tools", text="one")
    one, _brackets = cast.ana.queries("plans:section_detail", "tools")
    for number in range(29):
        cast.ana.writes("tools", "tools", text=f"tool {number}")
    thirty, brackets = cast.ana.queries("plans:section_detail", "tools")
    assert len(thirty) == len(one) <= 8, thirty
    assert len(brackets) <= 4, brackets
