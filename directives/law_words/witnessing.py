"""What a witness has to do and declare, and what else goes for witnesses: each code in plain words."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from records.text import Text


@dataclass(frozen=True)
class Duty:
    """What is asked of each witness, said to the person and declared by the witness."""

    rule: Text
    declaration: Text


DUTIES: Mapping[str, Duty] = {
    "adult": Duty(_("Each witness must be at least 18."), _("I am 18 or older.")),
    "adult_of_19": Duty(_("Each witness must be at least 19."), _("I am 19 or older.")),
    "knows_the_person": Duty(_("Each witness must know you."), _("I know this person.")),
    "knows_or_saw_identity_document": Duty(
        _("Each witness must know you, or see a paper that shows who you are."),
        _("I know this person, or I saw a paper that shows who they are."),
    ),
    "sees_signing": Duty(_("Each witness must see you sign."), _("I saw this person sign.")),
    "sees_signing_or_hears_it_confirmed": Duty(
        _("Each witness must see you sign, or hear you say that you signed."),
        _("I saw this person sign, or heard them say that they signed."),
    ),
    "signs_before_the_person": Duty(
        _("Each witness must sign while you are there."), _("I signed while this person was there.")
    ),
    "sound_mind": Duty(
        _("Each witness must say that you seem to be of sound mind."), _("This person seems to be of sound mind.")
    ),
    "free_of_pressure": Duty(
        _("Each witness must say that nobody seems to push you."),
        _("This person seems to act freely. Nobody pushes them."),
    ),
    "understands_the_paper": Duty(
        _("Each witness must say that you know what this paper means."),
        _("This person seems to know what this paper means."),
    ),
    "asked_to_witness": Duty(
        _("Each witness must say that you asked them to be a witness."),
        _("This person asked me to be a witness."),
    ),
    "person_seems_adult": Duty(
        _("Each witness must say that you seem to be at least 18."), _("This person seems to be 18 or older.")
    ),
    "talked_about_paper_and_reasons": Duty(
        _("Each witness must have talked with you about this paper and why you want it."),
        _("I talked with this person about this paper and why they want it."),
    ),
}

WITNESS_RULES: Mapping[str, Text] = {
    "notary_meets_same_rules": _("Who may not be a witness may not be the notary."),
    "care_staff_may_be_notary": _("Somebody who works for those who treat you may still be the notary."),
    "notary_is_not_agent": _("The notary must not be the one you name to speak for you."),
    "notary_is_no_relative_or_heir": _("The notary must not be a relative, or get what you own when you die."),
    "notary_within_state": _("The notary must do this inside the state."),
    "witnesses_together": _("You and both witnesses must be together when they sign."),
    "witnesses_may_sign_later": _("A witness need not see you sign. You can tell them later that you signed."),
    "witness_signatures_before_notary": _("The witnesses sign before a notary too."),
    "uninvolved_family_and_friends_may_witness": _(
        "Staff who are family or friends, and have no part in your care, may be witnesses."
    ),
    "relatives_and_staff_may_witness": _("A relative or care staff may be a witness."),
    "staff_may_witness": _("Care staff may be a witness."),
    "chaplain_or_social_worker_may_witness": _("A chaplain or social worker who works there may be a witness."),
    "at_most_one_from_care": _("At most one witness may be from those who give you care."),
    "at_most_one_from_facility": _("At most one witness may work at the place where you are treated."),
    "ombudsman_in_nursing_home": _("If you live in a nursing home, an ombudsman must be a witness."),
    "explainer_in_care_home_or_hospital": _(
        "In a hospital or care home, somebody must also sign that they told you what this paper does."
    ),
}

RESIDENT_RULES: Mapping[str, Text] = {
    "one_witness_from_outside": _("one witness who has no tie to that place"),
    "one_witness_clinician_trained_in_mental_illness": _(
        "one witness who is a doctor, nurse or psychologist trained in mental health"
    ),
    "one_witness_psychiatrist_in_hospital": _("in a hospital, one witness who is a psychiatrist or psychiatric nurse"),
}
