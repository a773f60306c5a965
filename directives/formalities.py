"""What a state's law means for a page: what signing takes, what it says about a topic, which topics it names."""

from collections.abc import Callable, Mapping

from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from directives.execution import Execution, execution, lasts, resident_rule, why_no_agent
from directives.law import Jurisdiction, Standing
from directives.law_words import words
from directives.law_words.treatments import TOPIC_KEYS, TREATMENT_TOPICS
from directives.rules import Rule, codes, listed, not_known, rule, said, standing_words
from records.text import Text

__all__ = [
    "Execution",
    "Rule",
    "execution",
    "named",
    "signing_groups",
    "signing_rules",
    "standing_words",
    "state_topics",
    "topic_notes",
]

# Limits on who speaks for the person that belong to a topic of their own as well.
LIMITS_OF_TOPICS: Mapping[str, frozenset[str]] = {
    "ect": frozenset({"no_ect", "express_words_for_ect_and_research", "express_words_for_ect_research_and_admission"}),
    "research": frozenset(
        {"no_research", "express_words_for_ect_and_research", "express_words_for_ect_research_and_admission"}
    ),
    "admission": frozenset(
        "admission_only_if_stated admission_only_without_objection admission_45_days no_admission no_placement"
        " no_admission_only_evaluation no_involuntary_hospital may_arrange_hospital forced_treatment_only_if_stated"
        " express_words_for_ect_research_and_admission".split()
    ),
    "self_binding": frozenset({"binding_paper_for_care_against_refusal", "protest_needs_attestation"}),
}


def signing_rules(law: Jurisdiction) -> list[Rule]:
    """What signing takes in this state, in the order in which a person meets it."""
    return [each for _title, rules in signing_groups(law) for each in rules]


def signing_groups(law: Jurisdiction) -> list[tuple[Text, list[Rule]]]:
    """The same under headings. A group of which nothing is known is left out."""
    groups = [(title, rules_of(law)) for title, rules_of in SIGNING_GROUPS]
    return [(title, rules) for title, rules in groups if rules]


def named(law: Jurisdiction) -> list[Rule]:
    """What the law calls the paper, and where it stands. Nothing where no state is chosen."""
    names = ((_("The law calls this paper:"), "instrument_name"), (_("The law:"), "statute"))
    return [rule(law, field, text, law_name=getattr(law, field)) for text, field in names if getattr(law, field)]


def topic_notes(law: Jurisdiction, topic_key: str) -> list[Rule]:
    """What this state says about a topic of the directive. Nothing where nothing is known."""
    note = TOPIC_NOTES.get(topic_key)
    return note(law) if note else []


def state_topics(law: Jurisdiction) -> tuple[str, ...]:
    """The topics that this state's own paper covers, in the order of the directive. They are printed first."""
    covered = {topic for treatment in law.treatments for topic in TREATMENT_TOPICS[treatment]}
    if law.appoints_agent:
        covered |= {"agent", "alternate", "agent_limits"}
    if law.revocable_while_incapable == "choice":
        covered.add("self_binding")
    if "own_choice" in codes(law, "starts"):
        covered.add("starts")
    return tuple(key for key in TOPIC_KEYS if key in covered)


def _who_signs(law: Jurisdiction) -> list[Rule]:
    you = Rule(_("Sign it yourself and write the date."), "formality_rule", Standing.ADVICE)
    age = rule(law, "min_age", format_lazy(_("You must be {years} or older."), years=law.min_age))
    return [you, age, *said(law, "min_age_rules")]


def _witnesses(law: Jurisdiction) -> list[Rule]:
    resident = resident_rule(law)
    return [
        _how_many(law),
        *_how_many_advised(law),
        *listed(law, "witness_exclusions", _("No witness may be:")),
        *_nobody_ruled_out(law),
        *listed(law, "witness_exclusions_newer_law", _("Under a newer law here, no witness may be:")),
        *listed(law, "one_witness_must_not_be", _("At least one witness must not be:")),
        *listed(law, "sole_witness_exclusions", _("If you have only one witness, it must not be:")),
        *said(law, "witness_duties", "witness_rules"),
        *([resident] if resident else []),
    ]


def _how_many(law: Jurisdiction) -> Rule:
    if law.witnesses == 0:
        return rule(law, "witnesses", _("You need no witnesses."))
    text = ngettext_lazy("You need {count} witness.", "You need {count} witnesses.", law.witnesses)
    return rule(law, "witnesses", format_lazy(text, count=law.witnesses))


def _how_many_advised(law: Jurisdiction) -> list[Rule]:
    if law.witnesses_recommended is None:
        return []
    text = format_lazy(_("{count} witnesses are safer."), count=law.witnesses_recommended)
    return [rule(law, "witnesses_recommended", text)]


def _nobody_ruled_out(law: Jurisdiction) -> list[Rule]:
    if law.witnesses == 0 or law.witness_exclusions:
        return []
    if law.witness_exclusions is None:
        return [rule(law, "witness_exclusions", _("We do not know yet who may not be a witness."))]
    return [rule(law, "witness_exclusions", _("The text we read rules nobody out as a witness."))]


def _notary(law: Jurisdiction) -> list[Rule]:
    return said(law, "notary")


def _others_who_sign(law: Jurisdiction) -> list[Rule]:
    needed = said(law, "agent_allowed") if law.agent_allowed == "required" else []
    return [*needed, *_agent_signs(law), *said(law, "extra_attestation")]


def _agent_signs(law: Jurisdiction) -> list[Rule]:
    if refused := why_no_agent(law):
        return [refused]
    if law.agent_acceptance_written is None:
        unknown = _("We do not know yet whether your agent must accept in writing. It is safer.")
        return [rule(law, "agent_acceptance_written", unknown)]
    if law.agent_acceptance_written:
        return [rule(law, "agent_acceptance_written", _("Your agent must accept in writing."))]
    return [rule(law, "agent_acceptance_written", _("Your agent does not have to sign."))]


def _how(law: Jurisdiction) -> list[Rule]:
    return said(law, "signing_extra", "screen_signing", "remote_witness", "advice")


def _contents(law: Jurisdiction) -> list[Rule]:
    return [
        *said(law, "form_rule"),
        *listed(law, "must_state", _("The paper must say:")),
        *listed(law, "required_identity_data", _("The paper must show:")),
    ]


def _afterwards(law: Jurisdiction) -> list[Rule]:
    return [*_lasting(law), *said(law, "starts"), *_cancelling(law)]


def _elsewhere(law: Jurisdiction) -> list[Rule]:
    kept = _("You may put it in this list of the state:")
    registry = [rule(law, "registry", kept, law_name=law.registry)] if law.registry else []
    return [*registry, *said(law, "out_of_state", "scope_rules")]


def _lasting(law: Jurisdiction) -> list[Rule]:
    return [lasts(law), *said(law, "duration_rules"), *_extending(law)]


def _extending(law: Jurisdiction) -> list[Rule]:
    if not law.duration_years:
        return []
    if law.extends_while_incapable is None:
        unknown = _("We do not know yet whether it goes on if you cannot decide at its end.")
        return [rule(law, "extends_while_incapable", unknown)]
    if not law.extends_while_incapable:
        return [rule(law, "extends_while_incapable", _("It ends then, even if you cannot decide."))]
    goes_on = rule(law, "extends_while_incapable", _("If you cannot decide at its end, it goes on until you can."))
    if law.extension_days_max is None:
        return [goes_on]
    most = format_lazy(_("But it goes on for {days} days at most."), days=law.extension_days_max)
    return [goes_on, rule(law, "extension_days_max", most)]


def _cancelling(law: Jurisdiction) -> list[Rule]:
    whether = _("We do not know yet whether you can cancel it while you cannot decide.")
    return [
        *said(law, "revocable_while_incapable"),
        *not_known(law, "revocable_while_incapable", whether),
        *listed(law, "revocation_methods", _("You can cancel it in one of these ways:")),
        *not_known(law, "revocation_methods", _("We do not know yet how you can cancel it.")),
        *said(law, "revocation_rules"),
    ]


def _starting(law: Jurisdiction) -> list[Rule]:
    return [*said(law, "starts"), *listed(law, "incapacity_by", _("Who can find that you cannot decide:"))]


def _self_binding(law: Jurisdiction) -> list[Rule]:
    demanded = "whether_revocable_while_incapable" in codes(law, "must_state")
    must = _("You must say which you want. The paper needs it.")
    return [
        *said(law, "revocable_while_incapable"),
        *([rule(law, "must_state", must)] if demanded else []),
        *said(law, "self_binding_rules"),
        *_limits("self_binding")(law),
    ]


def _admission(law: Jurisdiction) -> list[Rule]:
    return [*_admission_days(law), *said(law, "admission_rules"), *_limits("admission")(law)]


def _admission_days(law: Jurisdiction) -> list[Rule]:
    days = law.admission_days_max
    if days is None:
        return []
    text = ngettext_lazy(
        "A hospital stay under this paper can last {days} day at most.",
        "A hospital stay under this paper can last {days} days at most.",
        days,
    )
    return [rule(law, "admission_days_max", format_lazy(text, days=days))]


def _limits(topic: str) -> Callable[[Jurisdiction], list[Rule]]:
    """The limits on the agent that touch a topic."""

    def limits(law: Jurisdiction) -> list[Rule]:
        touching = [code for code in codes(law, "agent_limits") if code in LIMITS_OF_TOPICS[topic]]
        return [rule(law, "agent_limits", words("agent_limits", code)) for code in touching]

    return limits


def _ect(law: Jurisdiction) -> list[Rule]:
    stays = "ect_wishes_stay" in codes(law, "override_rules")
    kept = [rule(law, "override_rules", words("override_rules", "ect_wishes_stay"))] if stays else []
    return [*_limits("ect")(law), *kept]


def _agent(law: Jurisdiction) -> list[Rule]:
    if refused := why_no_agent(law):
        return [refused, *said(law, "agent_rules")]
    barred = listed(law, "agent_ineligible", _("Your agent must not be:"))
    return [*said(law, "agent_allowed"), *barred, *said(law, "agent_rules"), *_agent_signs(law)]


def _guardian(law: Jurisdiction) -> list[Rule]:
    if "agent_outranks_guardian" not in codes(law, "agent_rules"):
        return []
    return [rule(law, "agent_rules", words("agent_rules", "agent_outranks_guardian"))]


def _overriding(law: Jurisdiction) -> list[Rule]:
    grounds = listed(law, "override", _("Staff may act against this paper in these cases:"))
    return [*grounds, *said(law, "override_rules", "scope_rules")]


SIGNING_GROUPS: tuple[tuple[Text, Callable[[Jurisdiction], list[Rule]]], ...] = (
    (_("You"), _who_signs),
    (_("Witnesses"), _witnesses),
    (_("Notary"), _notary),
    (_("Who else signs"), _others_who_sign),
    (_("How to sign"), _how),
    (_("What the paper says"), _contents),
    (_("From when, how long, and how to end it"), _afterwards),
    (_("Where else it counts"), _elsewhere),
)

TOPIC_NOTES: Mapping[str, Callable[[Jurisdiction], list[Rule]]] = {
    "starts": _starting,
    "lasts": _lasting,
    "self_binding": _self_binding,
    "admission": _admission,
    "ect": _ect,
    "research": _limits("research"),
    "agent": _agent,
    "agent_limits": lambda law: said(law, "agent_limits"),
    "guardian": _guardian,
    "refuse_all": lambda law: said(law, "refusal_rules", "scope_rules"),
    "emergency_measures": _overriding,
}
