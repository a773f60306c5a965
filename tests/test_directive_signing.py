"""What signing takes, on its page: the rules of the state in groups, each with how sure we are of it."""

import pytest

from directives.formalities import named, signing_rules
from directives.jurisdictions import JURISDICTIONS
from tests.world import Cast


def page(cast: Cast, code: str = "") -> str:
    if code:
        cast.ana.post("directives:state_choose", state=code)
    return " ".join(cast.ana.get("directives:signing_rules").content.decode().split())


def test_it_works(cast: Cast) -> None:
    shown = page(cast, "NC")
    assert '<h2 id="rules-1">You</h2>' in shown
    assert "Advance Instruction for Mental Health Treatment" in shown
    assert "You need 2 witnesses." in shown
    assert "This is not legal advice." in shown
    assert "N.C. Gen. Stat. 122C-71 to 122C-77" in shown


@pytest.mark.parametrize("code", ["NC", "WA", "MN", "SD", "TX"])
def test_whatever_was_not_read_in_the_law_is_marked(cast: Cast, code: str) -> None:
    law = JURISDICTIONS[code]
    rules = [*named(law), *signing_rules(law)]
    assert page(cast, code).count("rule-mark") == sum(not rule.is_checked for rule in rules)


def test_without_a_state_all_is_advice_and_said_once(cast: Cast) -> None:
    shown = page(cast)
    assert "You have not chosen a state." in shown
    assert shown.count("This is our advice") == 1
    assert "Choose my state" in shown
    assert "Where this comes from" not in shown


def test_a_law_costs_no_more_queries(cast: Cast) -> None:
    asked, _brackets = cast.ana.queries("directives:signing_rules")
    cast.ana.post("directives:state_choose", state="NC")
    again, _brackets = cast.ana.queries("directives:signing_rules")
    assert len(asked) == len(again) <= 6
