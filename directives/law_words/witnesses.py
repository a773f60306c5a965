"""Who may not be a witness, and what a witness declares: each code of the law file in plain words.

`phrase` is what the product says to the person ("No witness may be: …"); `denial` is what a witness signs.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from records.text import Text


@dataclass(frozen=True)
class Bar:
    """Somebody who may not be a witness, said to the person and denied by the witness."""

    phrase: Text
    denial: Text


_AGENT = Bar(_("the one you name to speak for you"), _("I am not named to speak for this person."))
_RELATIVE = Bar(
    _("a relative by blood, marriage or adoption"),
    _("I am not related to this person by blood, marriage or adoption."),
)
_CLOSE_RELATIVE = Bar(
    _("a close relative, up to an aunt, uncle, niece or nephew"),
    _("I am not a close relative, such as an aunt, uncle, niece or nephew."),
)
_IN_CHARGE = Bar(_("the one in charge of your care"), _("I am not in charge of this person’s care."))
_TREATS = Bar(_("somebody who treats you"), _("I am not treating this person."))
_TREATS_MIND = Bar(_("somebody who treats your mental health"), _("I am not treating this person’s mental health."))
_GIVES_CARE = Bar(_("somebody who gives health care for a living"), _("I am not a health care provider."))
_GIVES_YOU_CARE = Bar(_("somebody who gives you health care"), _("I do not give this person health care."))
_OWNS_PLACE = Bar(
    _("somebody who owns or runs the place where you get care"),
    _("I do not own or run a place where this person gets care."),
)
_WORKS_AT_PLACE = Bar(
    _("somebody who works at the place where you get care"),
    _("I do not work at a place where this person gets care."),
)
_WORKS_FOR_PROVIDER = Bar(
    _("somebody who works for those who treat you"), _("I do not work for those who treat this person.")
)
_CARE_HOME = Bar(
    _("somebody who owns, runs or works at the care home where you live"),
    _("I do not own, run or work at the care home where this person lives."),
)
_AGENTS_PARTNER = Bar(
    _("the husband, wife or partner of the one you name to speak for you"),
    _("I am not the husband, wife or partner of the one named to speak for this person."),
)
_DATING = Bar(_("somebody you date"), _("I am not dating this person."))

BARS: Mapping[str, Bar] = {
    "agent": _AGENT,
    "alternate_agent": Bar(
        _("the one you name to step in for them"), _("I am not named as a stand-in to speak for this person.")
    ),
    "agent_spouse_or_cohabitant": _AGENTS_PARTNER,
    "person_signing_for_principal": Bar(
        _("the one who signs for you, if you cannot sign"), _("I did not sign for this person.")
    ),
    "under_18": Bar(_("somebody under 18"), _("I am not under 18.")),
    "incapacitated_person": Bar(_("somebody who cannot decide for themselves"), _("I am able to decide for myself.")),
    # Family and home
    "relative_blood_marriage_adoption": _RELATIVE,
    "relative_blood_marriage": Bar(
        _("a relative by blood or marriage"), _("I am not related to this person by blood or marriage.")
    ),
    "relative_blood": Bar(_("a relative by blood"), _("I am not related to this person by blood.")),
    "relative_within_third_degree": _CLOSE_RELATIVE,
    "relative_third_degree_of_principal_or_spouse": Bar(
        _("a close relative of yours, or of your husband or wife, up to an aunt or nephew"),
        _("I am not a close relative of this person, or of their husband or wife."),
    ),
    "spouse_or_relative": Bar(
        _("your husband or wife, or a relative"), _("I am not married to this person, and not a relative.")
    ),
    "spouse": Bar(_("your husband or wife"), _("I am not married to this person.")),
    "spouse_or_partner": Bar(
        _("your husband, wife or partner"), _("I am not the husband, wife or partner of this person.")
    ),
    "domestic_partner": Bar(_("your domestic partner"), _("I am not the domestic partner of this person.")),
    "romantic_partner": Bar(_("a partner you love"), _("I am not in a love relationship with this person.")),
    "romantic_or_dating": Bar(
        _("your partner, or somebody you date"), _("I am not this person’s partner, and we do not date.")
    ),
    "dating_relationship": _DATING,
    "housemate": Bar(_("somebody who lives with you"), _("I do not live with this person.")),
    "parent": Bar(_("your mother or father"), _("I am not the mother or father of this person.")),
    "child": Bar(_("your son or daughter"), _("I am not the son or daughter of this person.")),
    "grandchild": Bar(_("your grandchild"), _("I am not the grandchild of this person.")),
    "grandparent": Bar(_("your grandparent"), _("I am not the grandparent of this person.")),
    "sibling": Bar(_("your brother or sister"), _("I am not the brother or sister of this person.")),
    # Money
    "heir_or_devisee": Bar(
        _("somebody who will get some of what you own when you die"),
        _("I am not to get anything when this person dies, by law or by will."),
    ),
    "person_benefiting_financially_by_death": Bar(
        _("somebody who gains money when you die"), _("I do not gain money when this person dies.")
    ),
    "life_insurance_beneficiary": Bar(
        _("somebody who gets money from your life insurance"),
        _("I do not get money from this person’s life insurance."),
    ),
    "creditor_of_estate": Bar(_("somebody you owe money"), _("I am not owed money by this person.")),
    "payor_of_care": Bar(_("somebody who has to pay for your care"), _("I do not have to pay for this person’s care.")),
    "financial_benefit_from_treatment": Bar(
        _("somebody who makes money from your treatment"), _("I do not make money from this person’s treatment.")
    ),
    "insurer_employee": Bar(
        _("somebody who works for your life or health insurance"),
        _("I do not work for this person’s life or health insurance."),
    ),
    # Those who treat
    "attending_physician": Bar(
        _("the doctor in charge of your care"), _("I am not the doctor in charge of this person’s care.")
    ),
    "attending_professional": _IN_CHARGE,
    "attending_provider": _IN_CHARGE,
    "attending_practitioner": _IN_CHARGE,
    "responsible_mental_health_professional": Bar(
        _("the one in charge of your mental health care"),
        _("I am not in charge of this person’s mental health care."),
    ),
    "treating_provider": _TREATS,
    "treating_physician": Bar(_("a doctor who treats you"), _("I am not a doctor who treats this person.")),
    "physician": Bar(_("your doctor"), _("I am not this person’s doctor.")),
    "mental_health_provider": _TREATS_MIND,
    "mental_health_team_member": Bar(
        _("somebody on your mental health team"), _("I am not on this person’s mental health team.")
    ),
    "health_care_provider": _GIVES_CARE,
    "current_health_care_provider": Bar(
        _("somebody who gives you health care now"), _("I do not give this person health care now.")
    ),
    "direct_care_provider": _GIVES_YOU_CARE,
    "health_or_residential_provider": Bar(
        _("somebody who treats you or runs the home where you live"),
        _("I do not treat this person or run the home where they live."),
    ),
    "provider_relative": Bar(
        _("a relative of somebody who treats you"), _("I am not a relative of somebody who treats this person.")
    ),
    # Those who work for them
    "provider_employee": _WORKS_FOR_PROVIDER,
    "direct_care_provider_employee": _WORKS_FOR_PROVIDER,
    "physician_employee": Bar(_("somebody who works for your doctor"), _("I do not work for this person’s doctor.")),
    "person_under_direction_of_practitioner": Bar(
        _("somebody who works under the one in charge of your care"),
        _("I do not work under the one in charge of this person’s care."),
    ),
    "provider_or_facility_employee": Bar(
        _("somebody who works for those who treat you, or where you get care"),
        _("I do not work for those who treat this person, or where they get care."),
    ),
    "provider_employed_at_facility": Bar(
        _("somebody who treats people at the place where you get care"),
        _("I do not treat people at a place where this person gets care."),
    ),
    # Places of care
    "facility_owner_operator": _OWNS_PLACE,
    "facility_owner_relative": Bar(
        _("a relative of somebody who owns or runs the place where you get care"),
        _("I am not a relative of somebody who owns or runs a place where this person gets care."),
    ),
    "facility_owner_employee": Bar(
        _("somebody who works for the owner of the place where you get care"),
        _("I do not work for the owner of a place where this person gets care."),
    ),
    "facility_parent_organisation": Bar(
        _("somebody from the company that owns the place where you get care"),
        _("I am not from a company that owns a place where this person gets care."),
    ),
    "facility_employee": _WORKS_AT_PLACE,
    "health_facility_employee": Bar(
        _("somebody who works at a hospital or clinic that treats you"),
        _("I do not work at a hospital or clinic that treats this person."),
    ),
    "mental_health_facility_operator": Bar(
        _("somebody who runs a place of mental health care"), _("I do not run a place of mental health care.")
    ),
    "mental_health_facility_employee": Bar(
        _("somebody who works at a place of mental health care"), _("I do not work at a place of mental health care.")
    ),
    "state_or_public_mental_health_agency_employee": Bar(
        _("somebody who works for a public mental health agency"),
        _("I do not work for a public mental health agency."),
    ),
    "community_mental_health_employee": Bar(
        _("somebody who works for the local mental health program that helps you"),
        _("I do not work for the local mental health program that helps this person."),
    ),
    "community_facility_operator": Bar(
        _("somebody who runs a health center where you get care"),
        _("I do not run a health center where this person gets care."),
    ),
    "community_care_facility_operator": Bar(
        _("somebody who runs a care home near where people live"), _("I do not run a community care home.")
    ),
    "community_or_elder_care_facility_operator_employee": Bar(
        _("somebody who runs or works at a care home"), _("I do not run or work at a care home.")
    ),
    "home_for_aged_employee": Bar(
        _("somebody who works at the home for older people where you live"),
        _("I do not work at the home for older people where this person lives."),
    ),
    "nursing_or_ltc_owner_operator_employee_contractor": _CARE_HOME,
    "nursing_or_assisted_living_owner_operator_employee_contractor": _CARE_HOME,
    "boarding_or_residential_facility_operator_administrator_employee": Bar(
        _("somebody who runs or works at the group home or boarding house where you live"),
        _("I do not run or work at the group home or boarding house where this person lives."),
    ),
    # The list itself was not read: the person has to look there.
    "listed_in_declaration_law": Bar(
        _("somebody whom Utah Code 26B-5-314(6) rules out"), _("I am not ruled out by Utah Code 26B-5-314(6).")
    ),
}
