"""Reading and printing: a section, or the whole plan, laid out on one page."""

import pytest

from plans.sections import SECTIONS
from tests.world import Cast, World


def test_it_works(cast: Cast) -> None:
    cast.ana.writes("tools", "tools", text="I walk by the river", how_it_helps="It clears my head")
    cast.ana.writes("gains", "gains", text="I asked for help")
    page = cast.ana.get("plans:plan_read").content.decode()
    for words in ("I walk by the river", "It clears my head", "I asked for help"):
        assert words in page
    assert "Early signs" not in page.split("<main")[1], "empty sections take no paper"


def test_nothing_that_was_entered_is_left_out(world: World) -> None:
    shown = world.canaries.found_in(world.owner.get("plans:plan_read").content.decode())
    assert shown == world.canaries.below("owner.plan", "owner.called")


@pytest.mark.parametrize("section", SECTIONS)
def test_of_a_section_neither(world: World, section: str) -> None:
    page = world.owner.get("plans:section_read", SECTIONS[section].slug).content.decode()
    assert world.canaries.found_in(page) == world.canaries.below(f"owner.plan.{section}", "owner.called")


def test_an_empty_plan_says_so(cast: Cast) -> None:
    assert "Nothing is written yet." in cast.ana.get("plans:plan_read").content.decode()
    assert "Nothing is written here yet." in cast.ana.get("plans:section_read", "tools").content.decode()


def test_choices_and_days_are_in_words(cast: Cast) -> None:
    cast.ana.writes("gains", "gains", text="I slept", on="2026-01-02")
    cast.ana.writes("tools", "tools", text="I walk", kind="activity")
    page = cast.ana.get("plans:plan_read").content.decode()
    assert "2 January 2026" in page
    assert "Something I do" in page


def test_the_whole_plan_asks_eight_times_at_most(world: World) -> None:
    asked, _brackets = world.owner.queries("plans:plan_read")
    assert len(asked) <= 8, asked


def test_a_section_asks_eight_times_at_most(world: World) -> None:
    asked, _brackets = world.owner.queries("plans:section_read", "crisis")
    assert len(asked) <= 8, asked
