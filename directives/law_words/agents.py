"""The one who speaks for the person: who may, who may not, and what they may decide; each code in plain words."""

from collections.abc import Mapping

from django.utils.translation import gettext_lazy as _

from records.text import Text

AGENT_ALLOWED: Mapping[str, Text] = {
    "yes": _("You can name somebody to speak for you. You do not have to."),
    "required": _("You have to name somebody to speak for you."),
    "separate_instrument": _("This paper cannot name somebody to speak for you. A second paper can."),
    "no": _("This paper cannot name somebody to speak for you."),
}

_TREATS = _("somebody who treats you")
_IN_CHARGE = _("the one in charge of your care")
_WORKS_FOR_PROVIDER = _("somebody who works for those who treat you")
_WORKS_FOR_PROVIDER_NO_KIN = _("somebody who works for those who treat you, if they are not a relative")
_PLACE = _("somebody who owns, runs or works at the place where you get care")
_PLACE_NO_KIN = _("somebody who owns, runs or works at the place where you get care, if they are not a relative")
_CARE_HOME_NO_KIN = _("somebody who owns, runs or works at the care home where you live, if they are not a relative")

AGENT_BARS: Mapping[str, Text] = {
    "attending_physician": _("the doctor in charge of your care"),
    "attending_provider": _IN_CHARGE,
    "attending_provider_unless_relative_or_stated": _(
        "the one in charge of your care, if they are no relative and you give no reason"
    ),
    "attending_qualified_professional": _IN_CHARGE,
    "mental_health_provider": _("somebody who treats your mental health"),
    "treating_provider": _TREATS,
    "treating_provider_unless_relative": _("somebody who treats you, if they are not a relative"),
    "person_directly_providing_health_care_to_principal": _TREATS,
    "paid_health_care_provider_of_principal": _("somebody who is paid to give you health care"),
    "anyone_who_has_provided_health_care_to_the_person": _("anybody who has ever given you health care"),
    "health_care_or_ltc_provider": _("somebody who gives you health care or long-term care"),
    "professional_employee": _WORKS_FOR_PROVIDER,
    "provider_employee": _WORKS_FOR_PROVIDER,
    "provider_employee_unless_relative": _WORKS_FOR_PROVIDER_NO_KIN,
    "provider_employee_nonrelative": _WORKS_FOR_PROVIDER_NO_KIN,
    "provider_employee_unless_relative_or_stated": _(
        "somebody who works for those who treat you, if they are no relative and you give no reason"
    ),
    "provider_employee_or_their_spouse_unless_relative": _(
        "somebody who works for those who treat you, or their husband or wife, if they are not a relative"
    ),
    "facility_employee_unless_relative": _(
        "somebody who works at the place where you get care, if they are not a relative"
    ),
    "facility_owner_operator_employee": _PLACE,
    "facility_operator_administrator_employee": _PLACE,
    "hospital_operator_administrator_employee_unless_relative": _(
        "somebody who runs or works at a hospital that treats you, if they are not a relative"
    ),
    "institution_owner_operator_employee_unless_relative": _PLACE_NO_KIN,
    "psychiatric_facility_operator_administrator_employee": _(
        "somebody who runs or works at a psychiatric hospital that treats you"
    ),
    "residential_facility_owner_operator_employee": _("somebody who owns, runs or works at the home where you live"),
    "ltc_facility_owner_operator_employee_unless_relative": _CARE_HOME_NO_KIN,
    "nursing_or_ltc_owner_operator_employee_contractor_unless_family": _CARE_HOME_NO_KIN,
    "close_family_of_facility_staff": _("close family of staff at the place where you get care"),
    "state_or_public_mental_health_agency_employee": _("somebody who works for a public mental health agency"),
    "government_payor_employee": _("somebody from the state office that pays for your care"),
    "person_named_to_judge_capacity": _("the one you name to judge if you can decide"),
    "court_found_danger": _("somebody who is a danger to you, as a court found"),
    "protective_order_subject": _("somebody whom a court told to stay away from you"),
}

AGENT_RULES: Mapping[str, Text] = {
    "adult": _("Your agent must be at least 18."),
    "papers_may_be_joined": _("Both can be on one paper. Then each part is signed by its own rules."),
    "named_in_power_of_attorney": _("You name your agent in a second part, a power of attorney."),
    "only_one_paper_names_agent": _("Of the two papers this state has, only one can name an agent."),
    "naming_has_its_own_signing_rule": _(
        "Naming an agent has its own rule: a notary, or two witnesses with no tie to either of you."
    ),
    "lasting_power_words": _("The paper must say that your agent’s power goes on when you cannot decide."),
    "tell_agent_in_writing": _("You must tell your agent in writing."),
    "copy_to_agent": _("Your agent must get an exact copy."),
    "name_an_alternate": _("Name somebody to step in for your agent as well."),
    "must_agree_to_act": _("Your agent must agree to speak for you."),
    "signs_and_dates": _("Your agent signs and writes the date."),
    "acceptance_witnessed_or_notarised": _("Your agent must sign too, before two adult witnesses or a notary."),
    "acceptance_may_be_recorded": _("The paper may say that your agent was told and said yes."),
    "missing_acceptance_does_no_harm": _("Your agent may sign to accept. The paper holds without it."),
    "form_has_agent_statement": _("The state’s form has a line for your agent to sign."),
    "newer_law_needs_no_agent": _("A newer law here lets you name no agent."),
    "separate_agent_for_mental_health": _("You may name an agent just for mental health."),
    "wishes_bind_through_agent": _("Here your wishes count through your agent."),
    "follows_stated_wishes": _("Your agent must follow the wishes you wrote."),
    "agent_outranks_guardian": _("Your agent comes before a guardian, unless a court says no."),
    "bars_lifted_for_relatives": _("These limits do not hold for relatives."),
    "staff_may_if_related": _("Staff may speak for you if they are a relative."),
    "bars_lifted_for_uninvolved_family_and_friends": _(
        "Staff who are family or friends, and have no part in your care, may speak for you."
    ),
    "bars_lifted_if_named_before_care": _("These limits do not hold for somebody you named before this care began."),
    "divorce_ends_spouse": _("If you divorce, your husband or wife does not speak for you any more."),
    "later_marriage_ends_others": _("If you marry later, only your husband or wife can still speak for you."),
    "more_bars_unread": _("There are more limits on who may speak for you. We have not read them all."),
}

AGENT_LIMITS: Mapping[str, Text] = {
    "carries_out_or_decides": _("You choose: your agent only carries out your wishes, or decides."),
    "departs_only_on_evidence_of_harm": _(
        "Your agent may act against this paper only if there is proof that it harms you."
    ),
    "binding_paper_for_care_against_refusal": _(
        "Your agent can say yes while you say no only if the paper says you cannot cancel it."
    ),
    "protest_needs_attestation": _(
        "Your agent can act over your later protest only if a clinician signs that you could decide."
    ),
    "forced_treatment_only_if_stated": _(
        "Your agent can agree to forced medicine or a hospital stay only if you clearly say so."
    ),
    "may_arrange_hospital": _("Your agent may arrange care in a psychiatric hospital."),
    "admission_only_if_stated": _("Your agent can agree to a hospital stay only if you say so."),
    "admission_only_without_objection": _("Your agent cannot agree to a mental hospital stay while you say no."),
    "admission_45_days": _("Your agent cannot agree to more than 45 days in a mental hospital without a court."),
    "no_admission": _("Your agent cannot agree to a stay in a mental hospital."),
    "no_admission_only_evaluation": _(
        "Your agent cannot agree to a hospital stay, but may bring you in for a check if you say so."
    ),
    "no_placement": _("Your agent cannot place you in a mental hospital."),
    "no_involuntary_hospital": _("Your agent cannot agree to a hospital stay or treatment against your will."),
    "no_ect": _("Your agent may not say yes to electric treatment (ECT)."),
    "no_research": _("Your agent cannot agree to research on mental health."),
    "no_psychosurgery": _("Your agent cannot agree to brain surgery for mental health."),
    "no_psychosurgery_without_court": _("Your agent cannot agree to brain surgery for mental health without a court."),
    "no_parental_rights": _("Your agent cannot give up your rights as a parent."),
    "express_words_for_ect_and_research": _(
        "Your agent can agree to electric treatment (ECT), tests or research only if you say so in clear words."
    ),
    "express_words_for_ect_research_and_admission": _(
        "Your agent can agree to ECT, brain surgery, tests or a mental hospital only if you clearly say so."
    ),
}
