"""What the law's data mean for pages and for the signing pages, in every state alike."""

from collections.abc import Iterable

import pytest

from directives.formalities import execution, signing_rules, state_topics, topic_notes
from directives.jurisdictions import JURISDICTIONS, Jurisdiction, Standing
from directives.law_words.treatments import TOPIC_KEYS
from directives.rules import STANDING_WORDS, Rule
from tests.readability import measure

NOTED = "starts lasts self_binding admission ect research agent agent_limits guardian refuse_all emergency_measures"
STATES = list(JURISDICTIONS.values())
every_state = pytest.mark.parametrize("law", STATES, ids=[law.code for law in STATES])


def texts(rules: Iterable[Rule]) -> list[str]:
    """Rules as one reads them, each item of a rule as a line of its own."""
    return [str(text) for rule in rules for text in (rule.text, *rule.items)]


def signing(code: str) -> list[str]:
    return texts(signing_rules(JURISDICTIONS[code]))


def notes(code: str, topic: str) -> list[str]:
    return texts(topic_notes(JURISDICTIONS[code], topic))


def every_rule(law: Jurisdiction) -> list[Rule]:
    signed = execution(law)
    single = (signed.formality, signed.resident, signed.why_no_agent, signed.professional, signed.place)
    return [
        *signing_rules(law),
        *(note for topic in NOTED.split() for note in topic_notes(law, topic)),
        *(rule for rule in (*single, signed.initials, signed.lasts) if rule),
        *signed.witness_declares, *signed.witness_statements, *signed.one_witness_statements,
        *signed.must_state, *signed.identity_data, *signed.advice,
    ]  # fmt: skip


def test_it_works() -> None:
    signed = execution(JURISDICTIONS["OR"])
    assert (signed.witnesses, signed.notary) == (2, "instead")
    assert (signed.appoints_agent, signed.agent_needed, signed.agent_accepts) == (True, False, True)
    assert signed.source == "ORS 127.700 to 127.737"
    assert "I am not related to this person by blood, marriage or adoption." in texts(signed.witness_statements)
    assert texts(signed.witness_declares) == ["I know this person."]
    assert str(signed.lasts.text) == "It lasts 3 years after you sign."
    rules = signing("OR")
    assert rules.index("You need 2 witnesses.") < rules.index("A notary can take the place of the witnesses.")
    assert rules.index("Your agent must accept in writing.") < rules.index("It lasts 3 years after you sign.")


@pytest.mark.parametrize("law", [law for law in STATES if law.code not in {"NC", "TN", "TX"}])
def test_everywhere_but_in_three_states_the_paper_names_an_agent(law: Jurisdiction) -> None:
    signed = execution(law)
    assert signed.appoints_agent
    assert signed.why_no_agent is None
    assert {"agent", "alternate"} <= set(state_topics(law))


def test_nothing_is_said_about_a_topic_of_which_nothing_is_known() -> None:
    assert notes("NY", "admission") == notes("NY", "guardian") == []
    assert notes("HI", "guardian") == ["Your agent comes before a guardian, unless a court says no."]
    assert notes("NY", "pets") == []


def test_elsewhere_everything_is_our_advice() -> None:
    rules = every_rule(JURISDICTIONS["XX"])
    assert {rule.standing for rule in rules} == {Standing.ADVICE, Standing.UNKNOWN}
    assert execution(JURISDICTIONS["XX"]).notary == "advised"


def test_each_standing_has_words_of_its_own() -> None:
    assert set(STANDING_WORDS) == set(Standing)
    assert len({str(text) for text in STANDING_WORDS.values()}) == len(Standing)


@every_state
def test_witnesses_and_notary_fit_what_the_state_is_said_to_ask(law: Jurisdiction) -> None:
    """Three fields of the data tell of the same thing: they may not tell different things."""
    asked = {
        "witnesses_only": (True, {"none", "optional"}),
        "witnesses_or_notary": (True, {"alternative"}),
        "witnesses_and_notary": (True, {"required"}),
        "notary_only": (False, {"required"}),
        "witnesses_plus_professional_examination": (True, {"none"}),
        "treating_psychiatrist_plus_general_formalities": (True, {"alternative"}),
        "professional_countersignature": (False, {"none"}),
        "witnesses_and_notary_recommended": (True, {"recommended"}),
    }
    has_witnesses, notaries = asked[law.formality_rule]
    assert (law.witnesses > 0) is has_witnesses
    assert law.notary in notaries


@every_state
def test_every_rule_stands_as_its_field_does(law: Jurisdiction) -> None:
    for rule in every_rule(law):
        is_general = rule.field == "formality_rule" and rule.standing is Standing.ADVICE
        is_of_our_reading = "We have " in str(rule.text) and rule.standing is Standing.UNKNOWN
        assert rule.standing is law.standing(rule.field) or is_general or is_of_our_reading
        assert rule.is_checked is (rule.standing is Standing.CHECKED)
        assert str(rule.text).strip()


def test_what_we_have_not_read_never_counts_as_checked() -> None:
    rules = [rule for law in STATES for rule in every_rule(law) if "not read" in str(rule.text)]
    assert rules
    assert {rule.standing for rule in rules} == {Standing.UNKNOWN}


@every_state
def test_topics_of_the_state_are_topics_in_order_and_once(law: Jurisdiction) -> None:
    covered = state_topics(law)
    assert covered
    assert list(covered) == [key for key in TOPIC_KEYS if key in covered]


@every_state
def test_the_rules_of_a_state_are_easy_to_read(law: Jurisdiction) -> None:
    signed = execution(law)
    pages = [
        signing_rules(law),
        [note for topic in NOTED.split() for note in topic_notes(law, topic)],
        [*signed.witness_declares, *signed.witness_statements, *signed.one_witness_statements],
    ]
    for rules in pages:
        html = "".join(f"<p>{rule.text}</p>" + "".join(f"<li>{item}</li>" for item in rule.items) for rule in rules)
        assert measure(html).faults == []
