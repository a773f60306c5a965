"""What a person likes to be called."""

import pytest

from tests.world import Cast


def test_it_works(cast: Cast) -> None:
    assert cast.ana.post("plans:plan_name", called="Annie").status_code == 302
    assert "Hello, <span data-words>Annie</span>." in cast.ana.get("home").content.decode()
    assert 'value="Annie"' in cast.ana.get("plans:plan_name").content.decode()


def test_it_can_be_taken_away(cast: Cast) -> None:
    cast.ana.post("plans:plan_name", called="Annie")
    assert cast.ana.post("plans:plan_name", called="").status_code == 302
    assert "Annie" not in cast.ana.get("home").content.decode()


@pytest.mark.parametrize("called", ["x" * 61, "\x00", "An\x00nie"])
def test_what_cannot_be_is_said_calmly(cast: Cast, called: str) -> None:
    assert cast.ana.post("plans:plan_name", called=called).status_code == 422


def test_nothing_sent_at_all_is_no_error(cast: Cast) -> None:
    assert cast.ana.post("plans:plan_name").status_code == 302


def test_every_script_is_kept_and_shown_as_it_is(cast: Cast) -> None:
    for called in ("Ünïcøde ☂", "安娜", "<b>Ana</b>", "🌊🌊"):
        cast.ana.post("plans:plan_name", called=called)
        shown = called.replace("<", "&lt;").replace(">", "&gt;")
        assert shown in cast.ana.get("home").content.decode()


def test_readers_do_not_see_it(cast: Cast) -> None:
    cast.ana.post("plans:plan_name", called="Annie")
    share = cast.ana.shares(cast.ben, "plan.tools", my_name="Ms. A")
    page = cast.ben.get("sharing:share_read", share.pk).content.decode()
    assert "Ms. A" in page
    assert "Annie" not in page
