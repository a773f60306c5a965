"""The rules that change the form, state by state: each is in what a page and the signing pages are told."""

from collections.abc import Iterable

import pytest

from directives.formalities import execution, signing_rules, standing_words, state_topics, topic_notes
from directives.jurisdictions import JURISDICTIONS, Standing
from directives.rules import Rule


def texts(rules: Iterable[Rule]) -> list[str]:
    """Rules as one reads them, each item of a rule as a line of its own."""
    return [str(text) for rule in rules for text in (rule.text, *rule.items)]


def signing(code: str) -> list[str]:
    return texts(signing_rules(JURISDICTIONS[code]))


def notes(code: str, topic: str) -> list[str]:
    return texts(topic_notes(JURISDICTIONS[code], topic))


def found(rules: Iterable[Rule], field: str) -> Rule:
    (rule,) = [rule for rule in rules if rule.field == field]
    return rule


def test_it_works() -> None:
    """Texas: what is on the page, and in which order."""
    rules = signing("TX")
    assert rules.index("You need 2 witnesses.") < rules.index("A notary can take the place of the witnesses.")
    assert rules.index("No witness may be:") < rules.index("somebody you owe money")
    assert execution(JURISDICTIONS["TX"]).instrument_name == "Declaration for Mental Health Treatment"


def test_north_carolina_wants_witnesses_and_a_notary_and_names_no_agent() -> None:
    signed = execution(JURISDICTIONS["NC"])
    assert (signed.witnesses, signed.notary, signed.appoints_agent) == (2, "required", False)
    assert signed.agent_accepts is None
    assert signed.why_no_agent is not None
    assert signed.why_no_agent.is_checked
    assert signed.why_no_agent.law_name.startswith("Health Care Power of Attorney")
    assert "agent" not in state_topics(JURISDICTIONS["NC"])
    assert "A hospital stay under this paper can last 15 days at most." in notes("NC", "admission")


def test_west_virginia_wants_witnesses_and_a_notary() -> None:
    signed = execution(JURISDICTIONS["WV"])
    assert (signed.witnesses, signed.notary, signed.agent_needed) == (2, "required", True)
    assert "You have to name somebody to speak for you." in signing("WV")


@pytest.mark.parametrize("code", ["MT", "MO"])
def test_montana_and_missouri_want_a_notary_and_no_witnesses(code: str) -> None:
    signed = execution(JURISDICTIONS[code])
    assert (signed.witnesses, signed.notary) == (0, "required")
    assert signed.witness_statements == signed.one_witness_statements == ()
    assert {"You need no witnesses.", "You need a notary."} <= set(signing(code))


def test_montana_lets_people_of_16_sign_and_the_agent_need_not() -> None:
    assert execution(JURISDICTIONS["MT"]).agent_accepts is False
    assert "You must be 16 or older." in signing("MT")
    assert "The paper may set limits on how you cancel it." in notes("MT", "self_binding")


@pytest.mark.parametrize("code", "WA OR TX OH AZ NE KY HI AK IA ND CA SD IN".split())
def test_a_notary_can_take_the_place_of_witnesses(code: str) -> None:
    assert execution(JURISDICTIONS[code]).notary == "instead"


@pytest.mark.parametrize("code", "NJ NM AZ DE".split())
def test_one_witness_is_enough_and_two_are_advised(code: str) -> None:
    signed = execution(JURISDICTIONS[code])
    assert (signed.witnesses, signed.witnesses_advised) == (1, 2)
    assert found(signing_rules(JURISDICTIONS[code]), "witnesses_recommended").standing is Standing.ADVICE


def test_louisiana_wants_an_examination_that_goes_with_the_paper() -> None:
    signed = execution(JURISDICTIONS["LA"])
    assert signed.professional_kind == "examination"
    assert signed.professional is not None
    assert signed.professional.is_checked
    assert str(signed.lasts.text) == "It lasts 5 years after you sign."
    assert not signed.lasts.is_checked


def test_indiana_wants_the_treating_psychiatrist_to_sign() -> None:
    signed = execution(JURISDICTIONS["IN"])
    assert signed.professional_kind == "psychiatrist"
    assert (signed.witnesses, signed.notary, signed.agent_needed) == (2, "instead", True)
    assert signed.lasts.standing is Standing.UNKNOWN
    assert str(signed.lasts.text) == "We do not know yet how long it lasts."
    assert "I am not married to this person, and not a relative." in texts(signed.one_witness_statements)
    assert "It does not count while you are held in a hospital by law." in notes("IN", "emergency_measures")


def test_wyoming_wants_a_countersignature_and_no_witnesses_though_two_are_advised() -> None:
    signed = execution(JURISDICTIONS["WY"])
    assert signed.professional_kind == "countersignature"
    assert (signed.witnesses, signed.witnesses_advised, signed.notary) == (0, 2, "none")
    assert signed.agent_accepts is True
    assert "Ask your doctor to sign as well. It makes the paper safer." in signing("WY")


def test_virginia_wants_a_clinician_only_for_power_over_later_protest() -> None:
    signed = execution(JURISDICTIONS["VA"])
    assert signed.professional_kind == "attestation"
    assert "only if your agent may act over your later protest" in str(signed.professional and signed.professional.text)
    assert "The text we read rules nobody out as a witness." in signing("VA")
    assert any("later protest" in note for note in notes("VA", "self_binding"))


@pytest.mark.parametrize("code", [code for code in JURISDICTIONS if code not in {"LA", "IN", "WY", "VA"}])
def test_elsewhere_no_professional_signs(code: str) -> None:
    signed = execution(JURISDICTIONS[code])
    assert (signed.professional, signed.professional_kind) == (None, None)


def test_tennessee_forbids_provider_premises_and_has_witnesses_talk_first() -> None:
    signed = execution(JURISDICTIONS["TN"])
    assert signed.place is not None
    assert "Do not sign at a place of mental health care." in str(signed.place.text)
    assert "I talked with this person about this paper and why they want it." in texts(signed.witness_declares)
    assert "But it goes on for 30 days at most." in signing("TN")
    assert "I am not related to this person by blood, marriage or adoption." in texts(signed.one_witness_statements)
    assert signed.why_no_agent is not None
    assert "Durable Power of Attorney" in signed.why_no_agent.law_name


def test_arizona_wants_initials_and_an_agent() -> None:
    signed = execution(JURISDICTIONS["AZ"])
    assert signed.initials is not None
    assert "initials beside each part" in str(signed.initials.text)
    assert signed.agent_needed
    assert signed.agent_accepts is None
    # A bar on the only witness was read in a summary.
    assert {statement.standing for statement in signed.one_witness_statements} == {Standing.SUMMARY}
    assert "Who may not be a witness may not be the notary." in signing("AZ")


@pytest.mark.parametrize("code", [code for code in JURISDICTIONS if code not in {"TN", "AZ"}])
def test_elsewhere_neither_place_nor_initials_matter(code: str) -> None:
    signed = execution(JURISDICTIONS[code])
    assert (signed.place, signed.initials) == (None, None)


@pytest.mark.parametrize("code", "OR IL ID UT OH NM CO LA ND WY".split())
def test_the_agent_accepts_in_writing(code: str) -> None:
    assert execution(JURISDICTIONS[code]).agent_accepts is True
    assert "Your agent must accept in writing." in signing(code)


@pytest.mark.parametrize("code", "AZ UT ID IN NY".split())
def test_naming_an_agent_is_compulsory(code: str) -> None:
    assert execution(JURISDICTIONS[code]).agent_needed


def test_texas_names_no_agent_and_we_say_that_this_is_not_checked() -> None:
    signed = execution(JURISDICTIONS["TX"])
    assert not signed.appoints_agent
    assert signed.why_no_agent is not None
    assert signed.why_no_agent.standing is Standing.RECALL
    assert str(standing_words(signed.why_no_agent.standing)) == "We have not checked this."
    assert signed.why_no_agent.law_name == "Medical Power of Attorney (Health & Safety Code ch. 166)"
    assert signed.agent_term == ""
    assert any("Your wishes on it stay." in note for note in notes("TX", "ect"))


def test_washington_demands_that_one_says_whether_it_can_be_cancelled() -> None:
    signed = execution(JURISDICTIONS["WA"])
    assert texts(signed.must_state) == ["whether you may cancel it while you cannot decide"]
    assert "You must say which you want. The paper needs it." in notes("WA", "self_binding")
    assert "You must be 13 or older." in signing("WA")
    assert "A hospital stay under this paper can last 14 days at most." in notes("WA", "admission")
    assert "This counts within any 21 days." in notes("WA", "admission")
    assert "self_binding" in state_topics(JURISDICTIONS["WA"])


def test_nebraska_stays_open_where_nothing_is_said() -> None:
    assert "If you say nothing, you can cancel it at any time." in notes("NE", "self_binding")
    assert "You must be 19 or older." in signing("NE")


@pytest.mark.parametrize("code", "WA NE NJ DE MT MI VT".split())
def test_one_may_choose_not_to_be_able_to_cancel(code: str) -> None:
    assert "You choose in the paper: may you cancel it while you cannot decide?" in notes(code, "self_binding")


def test_pennsylvania_lasts_two_years_and_goes_on_in_a_crisis() -> None:
    signed = execution(JURISDICTIONS["PA"])
    assert (signed.witnesses, signed.notary) == (2, "none")
    assert signed.agent_accepts is None
    assert texts(signed.witness_statements) == ["I did not sign for this person."]
    assert notes("PA", "lasts") == [
        "It lasts 2 years after you sign.",
        "If you cannot decide at its end, it goes on until you can.",
    ]
    assert "We do not know yet whether your agent must accept in writing. It is safer." in signing("PA")
    assert any("research" in note for note in notes("PA", "research"))


@pytest.mark.parametrize(
    ("years", "codes"), [(2, "PA TN NV CO WY"), (3, "OR IL TX OH UT SD"), (5, "LA")], ids=["two", "three", "five"]
)
def test_it_ends_after_years(years: int, codes: str) -> None:
    for code in codes.split():
        assert str(execution(JURISDICTIONS[code]).lasts.text) == f"It lasts {years} years after you sign."


@pytest.mark.parametrize("code", "NV CO WY SD".split())
def test_whether_it_goes_on_in_a_crisis_is_not_established(code: str) -> None:
    rule = found(signing_rules(JURISDICTIONS[code]), "extends_while_incapable")
    assert rule.standing is Standing.UNKNOWN
    assert "We do not know yet whether it goes on" in str(rule.text)


@pytest.mark.parametrize(
    ("days", "codes"),
    [(10, "VA"), (15, "NC TN LA"), (17, "OR IL ID UT"), (21, "NE"), (28, "OK"), (30, "SD"), (3, "DE")],
)
def test_a_stay_in_hospital_has_a_limit(days: int, codes: str) -> None:
    for code in codes.split():
        assert f"A hospital stay under this paper can last {days} days at most." in notes(code, "admission")


@pytest.mark.parametrize(
    ("code", "way"),
    [
        ("IL", "write it, and both you and a doctor sign it"),
        ("OH", "write it, sign and date it"),
        ("CT", "to end who speaks for you: write it, with two witnesses"),
        ("CO", "write it, with two witnesses who gain nothing from it"),
    ],
)
def test_cancelling_takes_a_form(code: str, way: str) -> None:
    assert way in signing(code)


def test_kentucky_limits_what_one_can_refuse_and_where_it_counts() -> None:
    assert notes("KY", "refuse_all") == [
        "You can say no to single medicines, not to a whole group of them.",
        "Hospital emergency rooms do not have to follow it.",
    ]


def test_kansas_is_told_to_do_both() -> None:
    rule = found(signing_rules(JURISDICTIONS["KS"]), "advice")
    assert "Have two witnesses and a notary" in str(rule.text)
    assert rule.standing is Standing.ADVICE
    assert execution(JURISDICTIONS["KS"]).advice == (rule,)


def test_new_york_has_a_rule_for_people_who_live_in_a_place_of_care() -> None:
    resident = execution(JURISDICTIONS["NY"]).resident
    assert resident is not None
    assert "one witness who has no tie to that place" in texts([resident])
    assert execution(JURISDICTIONS["CA"]).resident is None


def test_colorado_wants_marks_of_identity() -> None:
    assert "your date of birth" in texts(execution(JURISDICTIONS["CO"]).identity_data)


def test_utah_has_two_laws_and_witnesses_deny_the_bars_of_both() -> None:
    denied = texts(execution(JURISDICTIONS["UT"]).witness_statements)
    assert "I am not ruled out by Utah Code 26B-5-314(6)." in denied
    assert "I am not named to speak for this person." in denied


def test_who_may_not_be_a_witness_is_said_to_be_unknown_in_ohio() -> None:
    assert found(signing_rules(JURISDICTIONS["OH"]), "witness_exclusions").standing is Standing.UNKNOWN
