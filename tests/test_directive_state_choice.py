"""Choosing a state: its rules come and go, the person's words stay."""

from datetime import datetime

import pytest

from directives.jurisdictions import JURISDICTIONS
from directives.models import Directive
from tests.world import Cast, Person


def kept(person: Person) -> tuple[str, datetime | None]:
    with person.acting():
        directive = Directive.objects.get(holder=person.pk)
        return directive.state, directive.changed_at


def test_it_works(cast: Cast) -> None:
    assert kept(cast.ana)[0] == ""
    response = cast.ana.post("directives:state_choose", state="NC")
    assert (response.status_code, response["Location"]) == (302, "/directive/")
    state, chosen_at = kept(cast.ana)
    assert state == "NC"
    assert chosen_at
    shown = cast.ana.get("directives:directive_overview").content.decode()
    assert "Saved. What you wrote stays as it is." in shown
    assert "North Carolina" in shown
    assert '<option value="NC" selected>' in cast.ana.get("directives:state_choose").content.decode()


def test_every_place_that_is_known_can_be_chosen(cast: Cast) -> None:
    page = cast.ana.get("directives:state_choose").content.decode()
    for code, law in JURISDICTIONS.items():
        assert f'<option value="{code}">{law.title}</option>' in page
    assert page.index('value=""') < page.index('value="AL"') < page.index('value="WY"') < page.index('value="XX"')


def test_another_can_be_chosen(cast: Cast) -> None:
    cast.ana.post("directives:state_choose", state="NC")
    before = kept(cast.ana)[1]
    cast.ana.post("directives:state_choose", state="WA")
    state, chosen_at = kept(cast.ana)
    assert state == "WA"
    assert before
    assert chosen_at
    assert chosen_at > before


def test_the_choice_can_be_taken_back(cast: Cast) -> None:
    cast.ana.post("directives:state_choose", state="NC")
    assert cast.ana.post("directives:state_choose", state="").status_code == 302
    assert kept(cast.ana)[0] == ""
    assert "North Carolina" not in cast.ana.get("directives:directive_overview").content.decode()


def test_the_same_again_is_no_new_choice(cast: Cast) -> None:
    cast.ana.post("directives:state_choose", state="NC")
    before = kept(cast.ana)
    assert cast.ana.post("directives:state_choose", state="NC").status_code == 302
    assert kept(cast.ana) == before


def test_all_that_was_written_stays(cast: Cast) -> None:
    cast.ana.answers("agent", text="Lee Park")
    cast.ana.answers("signs", "signs", text="I lose my way")
    cast.ana.post("directives:topic_skip", "ect")
    for state in ("WA", "NC", "XX", ""):
        cast.ana.post("directives:state_choose", state=state)
        page = cast.ana.get("directives:directive_read").content.decode()
        assert "Lee Park" in page
        assert "I lose my way" in page
        assert "You skipped this." in cast.ana.get("directives:section_detail", "ect").content.decode()


@pytest.mark.parametrize("code", ["ZZ", "nc", "N", "NC ", "North Carolina", "NC\x00", "\x00", "x" * 5000])
def test_what_is_no_state_is_said_calmly_and_changes_nothing(cast: Cast, code: str) -> None:
    cast.ana.post("directives:state_choose", state="WA")
    before = kept(cast.ana)
    response = cast.ana.post("directives:state_choose", state=code)
    assert response.status_code == 422
    assert "Choose a state from the list." in response.content.decode()
    assert kept(cast.ana) == before


@pytest.mark.parametrize("extra", ["holder", "holder_id", "skipped", "changed_at"])
def test_nothing_else_can_be_sent_along(cast: Cast, extra: str) -> None:
    assert cast.ana.post("directives:state_choose", state="NC", **{extra: "2020-01-01"}).status_code == 302
    with cast.ana.acting():
        directive = cast.ana.directive()
        assert (directive.holder_id, directive.skipped) == (cast.ana.pk, [])
        assert directive.changed_at.year > 2020


def test_each_chooses_for_themselves(cast: Cast) -> None:
    cast.ana.shares(cast.ben, "directive.draft")
    cast.ben.post("directives:state_choose", state="NC")
    assert kept(cast.ana)[0] == ""
    assert kept(cast.ben)[0] == "NC"


def test_the_page_asks_eight_times_at_most(cast: Cast) -> None:
    asked, _brackets = cast.ana.queries("directives:state_choose")
    assert len(asked) <= 8, asked
