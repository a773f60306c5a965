"""Moving an entry up and down in its list."""

import pytest

from plans.models import Entry
from tests.world import Cast


@pytest.fixture
def three(cast: Cast) -> list[Entry]:
    return [cast.ana.writes("tools", "tools", text=text) for text in ("one", "two", "three")]


def order(cast: Cast, section: str = "tools") -> list[str]:
    with cast.ana.acting():
        return [wording.words["text"] for wording in cast.ana.plan().newest_wordings([section])]


def test_it_works(cast: Cast, three: list[Entry]) -> None:
    assert cast.ana.post("plans:entry_up", three[2].pk).status_code == 302
    assert order(cast) == ["one", "three", "two"]
    cast.ana.post("plans:entry_down", three[0].pk)
    assert order(cast) == ["three", "one", "two"]


def test_at_the_ends_it_stays(cast: Cast, three: list[Entry]) -> None:
    assert cast.ana.post("plans:entry_up", three[0].pk).status_code == 302
    assert cast.ana.post("plans:entry_down", three[2].pk).status_code == 302
    assert order(cast) == ["one", "two", "three"]


def test_by_script_the_list_comes_back_and_the_place_is_said(cast: Cast, three: list[Entry]) -> None:
    page = cast.ana.post("plans:entry_down", three[0].pk, htmx=True).content.decode()
    assert "<html" not in page
    assert page.index("two") < page.index("one") < page.index("three")
    assert "Now number 2 of 3." in page


def test_what_was_removed_is_jumped_over(cast: Cast, three: list[Entry]) -> None:
    cast.ana.removes(three[1])
    cast.ana.post("plans:entry_up", three[2].pk)
    assert order(cast) == ["three", "one"]


def test_a_removed_entry_does_not_move(cast: Cast, three: list[Entry]) -> None:
    cast.ana.removes(three[1])
    for htmx in (False, True):
        assert cast.ana.post("plans:entry_up", three[1].pk, htmx=htmx).status_code == 404
    assert order(cast) == ["one", "three"]


def test_steps_move_under_their_own_goal(cast: Cast) -> None:
    first, second = (cast.ana.writes("goals", "goals", text=text) for text in ("goal 1", "goal 2"))
    step = cast.ana.writes("goals", "steps", first.pk, text="step 1")
    cast.ana.writes("goals", "steps", second.pk, text="step 2")
    cast.ana.post("plans:entry_down", step.pk)
    page = cast.ana.get("plans:section_detail", "goals").content.decode()
    assert page.index("goal 1") < page.index("step 1") < page.index("goal 2") < page.index("step 2")


@pytest.mark.parametrize("act", ["plans:entry_up", "plans:entry_down"])
def test_nobody_else_moves_it(cast: Cast, three: list[Entry], act: str) -> None:
    cast.ana.shares(cast.ben, "plan.tools")
    assert cast.ben.post(act, three[1].pk).status_code == 403
    assert cast.cora.post(act, three[1].pk).status_code == 404
    assert order(cast) == ["one", "two", "three"]
