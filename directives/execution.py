"""What the last pages of a directive need in a state: who signs there, and what each of them declares."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from directives.law import Jurisdiction, Standing
from directives.law_words import words
from directives.law_words.witnesses import BARS
from directives.law_words.witnessing import DUTIES
from directives.rules import Rule, codes, listed, rule, said
from records.text import Text

Notary = Literal["required", "instead", "advised", "optional", "none"]
ProfessionalKind = Literal["examination", "psychiatrist", "countersignature", "attestation"]

NOTARIES: dict[str, Notary] = {
    "required": "required",
    "alternative": "instead",
    "recommended": "advised",
    "optional": "optional",
    "none": "none",
}
PROFESSIONALS: dict[str, ProfessionalKind] = {
    "examination_attached": "examination",
    "treating_psychiatrist_signs": "psychiatrist",
    "clinician_countersigns": "countersignature",
    "attests_for_power_over_protest": "attestation",
}


@dataclass(frozen=True)
class Execution:
    """The signing pages of one state, as data.

    `witnesses` is what the law asks for, `witnesses_advised` what we advise where that is more. Each witness declares
    `witness_declares` and `witness_statements`; at least one of them `one_witness_statements` too. `agent_accepts` is
    None where we do not know. `resident` goes for people who live in a place of care.
    """

    law: Jurisdiction
    formality: Rule
    witnesses: int
    witnesses_advised: int
    witness_declares: tuple[Rule, ...]
    witness_statements: tuple[Rule, ...]
    one_witness_statements: tuple[Rule, ...]
    resident: Rule | None
    notary: Notary
    appoints_agent: bool
    agent_needed: bool
    agent_accepts: bool | None
    why_no_agent: Rule | None
    professional: Rule | None
    professional_kind: ProfessionalKind | None
    place: Rule | None
    initials: Rule | None
    must_state: tuple[Rule, ...]
    identity_data: tuple[Rule, ...]
    advice: tuple[Rule, ...]
    lasts: Rule

    @property
    def instrument_name(self) -> str:
        """What the law calls the paper; not translated."""
        return self.law.instrument_name

    @property
    def agent_term(self) -> str:
        """What the law calls the one who speaks for the person; not translated, empty where there is nobody."""
        return self.law.agent_term or ""

    @property
    def source(self) -> str:
        """The statute; empty where no state is chosen."""
        return self.law.statute

    @property
    def text_as_of(self) -> str:
        """How old the text is that was read."""
        return self.law.text_as_of

    @property
    def sources(self) -> tuple[str, ...]:
        """Where it was read."""
        return self.law.sources


def execution(law: Jurisdiction) -> Execution:
    """What signing in this state takes, from its data."""
    return Execution(
        law=law,
        formality=said(law, "formality_rule")[0],
        witnesses=law.witnesses,
        witnesses_advised=law.witnesses_recommended or law.witnesses,
        witness_declares=tuple(rule(law, "witness_duties", duty) for duty in _duties(law)),
        witness_statements=tuple(_denials(law, "witness_exclusions", "witness_exclusions_newer_law")),
        one_witness_statements=tuple(_denials(law, "one_witness_must_not_be", "sole_witness_exclusions")),
        resident=resident_rule(law),
        notary=NOTARIES[law.notary],
        appoints_agent=law.appoints_agent,
        agent_needed=law.agent_allowed == "required",
        agent_accepts=law.agent_acceptance_written if law.appoints_agent else None,
        why_no_agent=why_no_agent(law),
        professional=_first(said(law, "extra_attestation")),
        professional_kind=PROFESSIONALS[law.extra_attestation] if law.extra_attestation else None,
        place=_extra(law, "not_at_provider_premises"),
        initials=_extra(law, "initial_each_admission_paragraph"),
        must_state=tuple(said(law, "must_state")),
        identity_data=tuple(said(law, "required_identity_data")),
        advice=tuple(said(law, "advice")),
        lasts=lasts(law),
    )


def why_no_agent(law: Jurisdiction) -> Rule | None:
    """Why nobody can be named in this state's paper, with the law's name of the paper that can; None where one can."""
    if law.appoints_agent:
        return None
    return rule(
        law,
        "agent_allowed",
        _("In this state, this paper cannot name somebody to speak for you. Use this other paper for that:"),
        law_name=law.agent_instrument or "",
    )


def lasts(law: Jurisdiction) -> Rule:
    """How long the paper holds after it is signed."""
    years = law.duration_years
    if years is None:
        return rule(law, "duration_years", _("We do not know yet how long it lasts."))
    if years == 0:
        return rule(law, "duration_years", _("It has no set end. It lasts until you cancel it."))
    text = ngettext_lazy("It lasts {years} year after you sign.", "It lasts {years} years after you sign.", years)
    return rule(law, "duration_years", format_lazy(text, years=years))


def lasts_on_paper(law: Jurisdiction) -> Rule:
    """The same for page one of the paper, whose reader is not the person."""
    years = law.duration_years
    if years is None:
        return rule(law, "duration_years", _("How long does it last in law?"))
    if years == 0:
        return rule(law, "duration_years", _("It has no set end in law."))
    if law.standing("duration_years") is Standing.ADVICE:
        advised = ngettext_lazy(
            "Make it anew {years} year after signing.", "Make it anew {years} years after signing.", years
        )
        return rule(law, "duration_years", format_lazy(advised, years=years))
    text = ngettext_lazy(
        "By law it lasts {years} year from signing.", "By law it lasts {years} years from signing.", years
    )
    return rule(law, "duration_years", format_lazy(text, years=years))


def powerless(law: Jurisdiction) -> Rule | None:
    """For page one: that this paper gives nobody power in law, and which one can; None where this one can."""
    if law.appoints_agent:
        return None
    text: Text = _("This paper cannot give them power in law. Ask for my other paper.")
    if law.agent_instrument:
        text = _("This paper cannot give them power in law. Ask for my other paper:")
    return rule(law, "agent_allowed", text, law_name=law.agent_instrument or "")


def resident_rule(law: Jurisdiction) -> Rule | None:
    """Which witnesses it takes for a person who lives in a place of mental health care."""
    lead: Text = _("If you live in a place of mental health care, it takes:")
    return _first(listed(law, "facility_resident_rule", lead))


def _duties(law: Jurisdiction) -> list[Text]:
    return [DUTIES[code].declaration for code in codes(law, "witness_duties")]


def _denials(law: Jurisdiction, *fields: str) -> list[Rule]:
    """What a witness says they are not, each once, though two codes or two laws may ask for it."""
    found = {BARS[code].denial: rule(law, field, BARS[code].denial) for field in fields for code in codes(law, field)}
    return list(found.values())


def _extra(law: Jurisdiction, code: str) -> Rule | None:
    if code not in codes(law, "signing_extra"):
        return None
    return rule(law, "signing_extra", words("signing_extra", code))


def _first(rules: Sequence[Rule]) -> Rule | None:
    return rules[0] if rules else None
