"""What is known of one place's law, and how well it is known. Reading it from the file is in `jurisdictions`."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum

from django.utils.translation import gettext_lazy as _

from records.text import Text

GENERIC = "XX"


class Standing(Enum):
    """How a field came to be known; the value is the name of its list in the file."""

    CHECKED = "checked_fields"
    SUMMARY = "secondary_fields"
    RECALL = "recall_fields"
    ADVICE = "editorial_fields"
    UNKNOWN = "unknown_fields"


@dataclass(frozen=True, kw_only=True)
class Jurisdiction:
    """The law of one place. What is None is unknown: never read it as "no".

    Texts in `_note` and `_notes` are findings for those who maintain the file, in terse English; codes have plain
    words in `law_words`. Years, days and ages are whole numbers; `duration_years` 0 means no fixed term.
    """

    code: str
    name: str
    statute: str
    mental_health_instrument: bool
    instrument_name: str
    instrument_status: str
    scope_rules: tuple[str, ...] | None = None
    scope_note: str | None = None
    pending_change: str | None = None
    conflict_note: str | None = None

    witnesses: int
    witnesses_recommended: int | None = None
    notary: str
    formality_rule: str
    formality_note: str | None = None
    witness_exclusions: tuple[str, ...] | None = None
    witness_exclusions_newer_law: tuple[str, ...] | None = None
    one_witness_must_not_be: tuple[str, ...] | None = None
    sole_witness_exclusions: tuple[str, ...] | None = None
    facility_resident_rule: tuple[str, ...] | None = None
    facility_resident_note: str | None = None
    witness_duties: tuple[str, ...] | None = None
    witness_rules: tuple[str, ...] | None = None
    witness_notes: str | None = None
    extra_attestation: str | None = None
    extra_attestation_note: str | None = None
    signing_extra: tuple[str, ...] | None = None
    signing_extra_note: str | None = None
    must_state: tuple[str, ...] | None = None
    must_state_note: str | None = None
    required_identity_data: tuple[str, ...] | None = None
    min_age: int
    min_age_rules: tuple[str, ...] | None = None
    min_age_note: str | None = None
    advice: tuple[str, ...] | None = None
    screen_signing: str | None = None
    remote_witness: str | None = None
    esign_remote: str | None = None
    form_rule: str | None = None
    form_note: str | None = None

    agent_allowed: str
    agent_term: str | None = None
    agent_instrument: str | None = None
    agent_acceptance_written: bool | None = None
    agent_ineligible: tuple[str, ...] | None = None
    agent_rules: tuple[str, ...] | None = None
    agent_limits: tuple[str, ...] | None = None
    agent_notes: str | None = None

    starts: tuple[str, ...] | None = None
    effective_when: str | None = None
    incapacity_by: tuple[str, ...] | None = None
    incapacity_note: str | None = None
    duration_years: int | None = None
    extends_while_incapable: bool | None = None
    extension_days_max: int | None = None
    duration_rules: tuple[str, ...] | None = None
    duration_note: str | None = None
    revocable_while_incapable: str | None = None
    self_binding_rules: tuple[str, ...] | None = None
    revocation_methods: tuple[str, ...] | None = None
    revocation_rules: tuple[str, ...] | None = None
    revocation_note: str | None = None

    treatments: tuple[str, ...]
    treatment_note: str | None = None
    refusal_rules: tuple[str, ...] | None = None
    admission_days_max: int | None = None
    admission_rules: tuple[str, ...] | None = None
    admission_note: str | None = None
    override: tuple[str, ...] | None = None
    override_rules: tuple[str, ...] | None = None
    override_note: str | None = None
    registry: str | None = None
    registry_note: str | None = None
    out_of_state: str | None = None
    out_of_state_note: str | None = None

    text_as_of: str
    sources: tuple[str, ...]
    confidence: str
    standings: Mapping[str, Standing] = field(repr=False, compare=False)

    def standing(self, name: str) -> Standing:
        """How well a field is known; UNKNOWN where it has no value. Raises KeyError for what is no such field."""
        return self.standings[name]

    def is_checked(self, name: str) -> bool:
        """Whether a field was read in the law's own text."""
        return self.standings[name] is Standing.CHECKED

    @property
    def appoints_agent(self) -> bool:
        """Whether this state's own paper can name somebody who speaks for the person."""
        return self.agent_allowed in {"yes", "required"}

    @property
    def title(self) -> Text:
        """The name to show; only the generic one is translated."""
        return _("Another place, or not sure yet") if self.code == GENERIC else self.name
