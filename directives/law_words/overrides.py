"""When staff may act against the paper, and what it does not cover: each code in plain words."""

from collections.abc import Mapping

from django.utils.translation import gettext_lazy as _

from records.text import Text

_LIFE_OR_HEALTH = _("an emergency that puts your life or health at risk")
_LIFE_OR_HEALTH_OF_ANYBODY = _("an emergency that puts your life or health, or that of others, at risk")
_EMERGENCY_NOT_WORKING = _("an emergency in which your wishes have not worked")
_COMMITTED = _("you are held in a hospital by a court’s order")
_NOT_GOOD_CARE = _("it goes against good care")
_DOES_NOT_HELP = _("it would not help, in medical terms")
_LAW = _("the law does not allow it")
_COURT = _("a court orders it")
_PROVIDER_WILL_NOT = _("those who treat you do not want to; then they must pass you on")
_CONSCIENCE = _("it goes against the conscience of those who treat you")

OVERRIDES: Mapping[str, Text] = {
    "emergency": _("an emergency"),
    "emergency_life_or_health": _LIFE_OR_HEALTH,
    "emergency_life_or_serious_physical_health": _("an emergency that puts your life or body at grave risk"),
    "emergency_life_or_health_of_declarant_or_others": _LIFE_OR_HEALTH_OF_ANYBODY,
    "emergency_life_or_health_of_principal_or_others": _LIFE_OR_HEALTH_OF_ANYBODY,
    "emergency_threat_to_self_or_others": _("an emergency in which you are a danger to yourself or others"),
    "emergency_and_instructions_not_effective": _EMERGENCY_NOT_WORKING,
    "threat_of_permanent_physical_injury": _("you could be hurt in body for good"),
    "below_practice_standards": _NOT_GOOD_CARE,
    "law_or_professional_standards": _("the law or good care does not allow it"),
    "treatment_unavailable": _("they do not have that treatment"),
    "provider_not_licensed": _("those who treat you have no license for it"),
    "medically_ineffective": _DOES_NOT_HELP,
    "medically_contraindicated": _("it would harm you, in medical terms"),
    "not_medically_indicated": _DOES_NOT_HELP,
    "proven_ineffective": _("it has been shown not to help you"),
    "unwilling_provider_must_transfer": _PROVIDER_WILL_NOT,
    "conscience": _CONSCIENCE,
    "conscience_policy": _("the place has said that its conscience forbids it"),
    "inconsistent_with_directive": _("what is asked for does not fit the paper"),
    "good_cause_documented": _("there is a good reason, and it is written down"),
    "contemporaneous_capacity": _("you can decide at that time; then you decide"),
    "consent_of_person_agent_or_court": _("you, your agent or a court agree"),
    "objection_of_principal_at_the_time": _("you say no at that time; then there is no treatment"),
    "objection_of_principal_until_court_finds_incapacity": _(
        "you say no; then your agent waits until a court finds that you cannot decide"
    ),
    "law": _LAW,
    "court_order": _COURT,
    "court_order_or_law": _("a court orders it, or the law does not allow it"),
    "court_guardianship_order": _("a court that names a guardian orders it"),
    "civil_commitment": _COMMITTED,
    "civil_commitment_with_court_order": _("you are held in a hospital, and a court orders it"),
    "civil_commitment_or_assisted_outpatient": _("a court ordered a hospital stay or treatment for you"),
    "commitment_18_212_or_66_329": _COMMITTED,
    "committed_and_court_orders_contrary_treatment": _(
        "you are held in a hospital, and the court orders another treatment"
    ),
    "court_order_574_with_medication_order": _("a court ordered both your hospital stay and the medicine"),
    "custody_detention_or_commitment_order": _("you are held by an order of a court or officer"),
    "criminal_commitment_state_hospital": _("a criminal court sent you to the state hospital"),
    "correctional_custody": _("you are in jail or prison"),
    "involuntary_treatment_law": _("the law on treatment against your will allows it"),
    "involuntary_medication_panel": _("a panel decides that you get medicine against your will"),
    "involuntary_commitment_with_treatment_review_committee": _(
        "you are held by a court’s order, and a review group agrees"
    ),
    "administrative_review_with_counsel": _("a review, in which you have a lawyer, decides it"),
}

OVERRIDE_RULES: Mapping[str, Text] = {
    "ect_wishes_stay": _("These grounds do not reach electric treatment (ECT). Your wishes on it stay."),
    "never_for_convenience": _("It is never set aside just because that is easier for staff."),
    "only_court_or_threat": _("It is set aside only by a court, or when danger is near."),
    "agent_follows_medical_standards": _("What your agent decides must fit what good care is."),
    "list_read_in_part": _("We have read only part of this list."),
    "list_unread": _("We have not read this list in the law."),
}

SCOPE_RULES: Mapping[str, Text] = {
    "not_in_emergency_rooms": _("Hospital emergency rooms do not have to follow it."),
    "not_while_detained": _("It does not count while you are held in a hospital by law."),
}

REFUSAL_RULES: Mapping[str, Text] = {
    "single_medicines_only": _("You can say no to single medicines, not to a whole group of them."),
    "any_mental_health_service": _("You can say yes or no to any mental health service."),
}
