"""The overview of a plan: every section, how much stands in it, nothing that scolds."""

from plans.sections import SECTIONS
from tests.world import Cast


def test_it_works(cast: Cast) -> None:
    page = cast.ana.get("plans:plan_overview").content.decode()
    for section in SECTIONS.values():
        assert str(section.title).replace("'", "&#x27;") in page
    assert "Nothing is written yet." in page


def test_it_counts_what_stands_there_now(cast: Cast) -> None:
    goal = cast.ana.writes("goals", "goals", text="Bake bread")
    cast.ana.writes("goals", "steps", goal.pk, text="Buy flour")
    cast.ana.removes(cast.ana.writes("goals", "goals", text="Sell bread"))
    page = cast.ana.get("plans:plan_overview").content.decode()
    assert page.count(">1<span") == 1, "a step is part of its goal, and what was removed does not count"
    assert "Bake bread" not in page


def test_another_persons_entries_do_not_count(cast: Cast) -> None:
    cast.ben.writes("goals", "goals", text="Bake bread")
    cast.ben.shares(cast.ana, "plan.goals")
    assert "Nothing is written yet." in cast.ana.get("plans:plan_overview").content.decode()


def test_a_full_plan_costs_no_more_queries(cast: Cast) -> None:
    empty, _brackets = cast.ana.queries("plans:plan_overview")
    for section in SECTIONS.values():
        for part in section.lists:
            cast.ana.writes(section.key, part.key, **{part.main.key: "some words"})
    full, _brackets = cast.ana.queries("plans:plan_overview")
    assert len(full) == len(empty) <= 8, full


def test_the_first_page_shows_the_latest_gain(cast: Cast) -> None:
    cast.ana.writes("gains", "gains", text="I called Sam")
    cast.ana.writes("gains", "gains", text="I asked for help")
    page = cast.ana.get("home").content.decode()
    assert "I asked for help" in page
    assert "I called Sam" not in page


def test_the_first_page_asks_eight_times_at_most(cast: Cast) -> None:
    few, _brackets = cast.ana.queries("home")
    for number in range(20):
        cast.ana.writes("gains", "gains", text=f"gain {number}")
    many, _brackets = cast.ana.queries("home")
    assert len(many) == len(few) <= 8, many
