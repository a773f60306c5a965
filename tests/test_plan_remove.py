"""Removing and bringing back: what was removed waits for 30 days."""

import pytest

from plans.models import Entry
from tests.world import Cast


@pytest.fixture
def entry(cast: Cast) -> Entry:
    return cast.ana.writes("tools", "tools", text="I walk by the river")


def page(cast: Cast, name: str, *args: str) -> str:
    return cast.ana.get(name, *args).content.decode()


def test_it_works(cast: Cast, entry: Entry) -> None:
    assert cast.ana.post("plans:entry_remove", entry.pk).status_code == 302
    after = page(cast, "plans:section_detail", "tools")
    assert "I walk by the river" not in after
    assert f"/plan/entry/{entry.pk}/bring-back/" in after, "the notice has a button to undo it"
    assert "I walk by the river" in page(cast, "plans:plan_removed")


def test_it_comes_back_where_it_was(cast: Cast, entry: Entry) -> None:
    cast.ana.writes("tools", "tools", text="I sing")
    cast.ana.post("plans:entry_remove", entry.pk)
    assert cast.ana.post("plans:entry_bring_back", entry.pk).status_code == 302
    after = page(cast, "plans:section_detail", "tools")
    assert after.index("I walk by the river") < after.index("I sing")
    assert "I walk by the river" not in page(cast, "plans:plan_removed")


@pytest.mark.parametrize(("days", "is_shown"), [(29, True), (31, False)])
def test_it_waits_for_thirty_days(cast: Cast, entry: Entry, days: int, is_shown: bool) -> None:
    cast.ana.removes(entry, days_ago=days)
    assert ("I walk by the river" in page(cast, "plans:plan_removed")) is is_shown


def test_removing_again_does_not_start_the_days_anew(cast: Cast, entry: Entry) -> None:
    cast.ana.removes(entry, days_ago=29)
    cast.ana.post("plans:entry_remove", entry.pk)
    with cast.ana.acting():
        removed_at = Entry.objects.get(pk=entry.pk).removed_at
    cast.ana.removes(entry, days_ago=28)
    with cast.ana.acting():
        later = Entry.objects.get(pk=entry.pk).removed_at
    assert removed_at
    assert later
    assert removed_at < later


def test_a_step_brings_its_goal_back_with_it(cast: Cast) -> None:
    goal = cast.ana.writes("goals", "goals", text="Bake bread")
    step = cast.ana.writes("goals", "steps", goal.pk, text="Buy flour")
    cast.ana.post("plans:entry_remove", step.pk)
    cast.ana.post("plans:entry_remove", goal.pk)
    cast.ana.post("plans:entry_bring_back", step.pk)
    after = page(cast, "plans:section_detail", "goals")
    assert "Buy flour" in after
    assert "Bake bread" in after


def test_a_goal_comes_back_with_the_steps_that_stood_under_it(cast: Cast) -> None:
    goal = cast.ana.writes("goals", "goals", text="Bake bread")
    cast.ana.writes("goals", "steps", goal.pk, text="Buy flour")
    cast.ana.post("plans:entry_remove", goal.pk)
    cast.ana.post("plans:entry_bring_back", goal.pk)
    assert "Buy flour" in page(cast, "plans:section_detail", "goals")


def test_a_reader_does_not_see_it_any_more(cast: Cast, entry: Entry) -> None:
    share = cast.ana.shares(cast.ben, "plan.tools")
    cast.ana.post("plans:entry_remove", entry.pk)
    assert "I walk" not in cast.ben.get("sharing:share_read", share.pk).content.decode()
    assert cast.ben.post("plans:entry_bring_back", entry.pk).status_code == 404


def test_nobody_else_removes_it(cast: Cast, entry: Entry) -> None:
    cast.ana.shares(cast.ben, "plan.tools")
    assert cast.ben.post("plans:entry_remove", entry.pk).status_code == 403
    assert cast.cora.post("plans:entry_remove", entry.pk).status_code == 404
    assert "I walk by the river" in page(cast, "plans:section_detail", "tools")


def test_each_sees_only_their_own(cast: Cast, entry: Entry) -> None:
    cast.ana.post("plans:entry_remove", entry.pk)
    assert "I walk" not in cast.ben.get("plans:plan_removed").content.decode()


def test_a_long_list_costs_no_more_queries(cast: Cast, entry: Entry) -> None:
    cast.ana.removes(entry)
    one, _brackets = cast.ana.queries("plans:plan_removed")
    for number in range(10):
        cast.ana.removes(cast.ana.writes("gains", "gains", text=f"gain {number}"))
    many, _brackets = cast.ana.queries("plans:plan_removed")
    assert len(many) == len(one) <= 8, many
