"""Plain words for every code of the law file, by field. A code that stands in no table here is refused at start."""

from collections.abc import Mapping

from directives.law_words.agents import AGENT_ALLOWED, AGENT_BARS, AGENT_LIMITS, AGENT_RULES
from directives.law_words.cancelling import (
    REVOCABLE_WHILE_INCAPABLE,
    REVOCATION_METHODS,
    REVOCATION_RULES,
    SELF_BINDING_RULES,
)
from directives.law_words.deciders import DECIDERS, STARTS
from directives.law_words.overrides import OVERRIDE_RULES, OVERRIDES, REFUSAL_RULES, SCOPE_RULES
from directives.law_words.signing import (
    ADMISSION_RULES,
    ADVICE,
    AGE_RULES,
    ATTESTATIONS,
    DURATION_RULES,
    FORM_RULES,
    FORMALITY_RULES,
    IDENTITY_DATA,
    MUST_STATE,
    NOTARY,
    OUT_OF_STATE,
    REMOTE_WITNESS,
    SCREEN_SIGNING,
    SIGNING_EXTRAS,
)
from directives.law_words.witnesses import BARS
from directives.law_words.witnessing import DUTIES, RESIDENT_RULES, WITNESS_RULES
from records.text import Text

_BAR_PHRASES = {code: bar.phrase for code, bar in BARS.items()}

WORDS: Mapping[str, Mapping[str, Text]] = {
    "witness_exclusions": _BAR_PHRASES,
    "witness_exclusions_newer_law": _BAR_PHRASES,
    "one_witness_must_not_be": _BAR_PHRASES,
    "sole_witness_exclusions": _BAR_PHRASES,
    "witness_duties": {code: duty.rule for code, duty in DUTIES.items()},
    "witness_rules": WITNESS_RULES,
    "facility_resident_rule": RESIDENT_RULES,
    "formality_rule": FORMALITY_RULES,
    "notary": NOTARY,
    "extra_attestation": ATTESTATIONS,
    "signing_extra": SIGNING_EXTRAS,
    "must_state": MUST_STATE,
    "required_identity_data": IDENTITY_DATA,
    "min_age_rules": AGE_RULES,
    "form_rule": FORM_RULES,
    "screen_signing": SCREEN_SIGNING,
    "remote_witness": REMOTE_WITNESS,
    "advice": ADVICE,
    "out_of_state": OUT_OF_STATE,
    "agent_allowed": AGENT_ALLOWED,
    "agent_ineligible": AGENT_BARS,
    "agent_rules": AGENT_RULES,
    "agent_limits": AGENT_LIMITS,
    "starts": STARTS,
    "incapacity_by": DECIDERS,
    "duration_rules": DURATION_RULES,
    "admission_rules": ADMISSION_RULES,
    "revocable_while_incapable": REVOCABLE_WHILE_INCAPABLE,
    "self_binding_rules": SELF_BINDING_RULES,
    "revocation_methods": REVOCATION_METHODS,
    "revocation_rules": REVOCATION_RULES,
    "override": OVERRIDES,
    "override_rules": OVERRIDE_RULES,
    "scope_rules": SCOPE_RULES,
    "refusal_rules": REFUSAL_RULES,
}


def words(field: str, code: str) -> Text:
    """What a code of a field says. Raises KeyError for what the law file could not have held."""
    return WORDS[field][code]
