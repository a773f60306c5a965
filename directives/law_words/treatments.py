"""Which topics of a directive a state's own paper covers: each treatment named by the law, as keys of topics."""

from collections.abc import Mapping

# The whole union, in the order in which a directive asks them.
TOPIC_KEYS = tuple(
    "about_me first_five intent conditions signs works substances starts lasts self_binding clinicians medicines_yes"
    " medicines_no medicines_other medicine_form allergies ect research alternatives admission places surroundings"
    " deescalation emergency_measures trauma causes visitors notify dependants daily_life release agent alternate"
    " agent_limits guardian other_papers refuse_all copies other".split()
)

_MEDICINES = ("medicines_yes", "medicines_no")
_WORKS = ("works",)
_FORCE = ("emergency_measures",)
_CALM = ("deescalation",)
_ADMISSION = ("admission",)
_RESEARCH = ("research",)
_OTHER = ("other",)

TREATMENT_TOPICS: Mapping[str, tuple[str, ...]] = {
    "medication": _MEDICINES,
    "psychotropic_medication": _MEDICINES,
    "psychoactive_medication": _MEDICINES,
    "neuroleptic_medication": _MEDICINES,
    "other_medication": _MEDICINES,
    "medication_preferences": _MEDICINES,
    "specific_medication_refusal_not_whole_class": ("medicines_no",),
    "medication_primary_and_alternative": ("medicines_yes", "medicines_other"),
    "medication_oral": (*_MEDICINES, "medicine_form"),
    "medication_injection": (*_MEDICINES, "medicine_form"),
    "forced_medication": (*_MEDICINES, "agent_limits"),
    "ect": ("ect",),
    "convulsive": ("ect",),
    "ect_refusal": ("ect",),
    "experimental_studies": _RESEARCH,
    "drug_trials": _RESEARCH,
    "research": _RESEARCH,
    "admission": _ADMISSION,
    "inpatient": _ADMISSION,
    "admission_and_duration": _ADMISSION,
    "evaluation_for_admission": _ADMISSION,
    "facility_choice": ("places",),
    "provider_choice": ("clinicians",),
    "provider_facility_choice": ("clinicians", "places"),
    "outpatient": ("works", "alternatives"),
    "alternative_treatment": ("alternatives",),
    "nonmedical_interventions": ("alternatives", "deescalation"),
    "counselling": _WORKS,
    "rehabilitation": _WORKS,
    "therapy": _WORKS,
    "psychiatric_care": _WORKS,
    "behavioural_health_treatment": _WORKS,
    "diagnosis_specific_treatment_preferences": ("conditions", "works"),
    "philosophy_goals": ("works", "other"),
    "crisis_counselling": _CALM,
    "crisis_intervention": _CALM,
    "crisis_deescalation": _CALM,
    "emergency_treatment_preferences": _FORCE,
    "emergency_intervention_preferences": _FORCE,
    "emergency_interventions": _FORCE,
    "physical_restraint": _FORCE,
    "seclusion": _FORCE,
    "seclusion_restraint": _FORCE,
    "seclusion_restraint_emergency": _FORCE,
    "treatment_over_protest": ("self_binding", "agent_limits"),
    "visitors": ("visitors",),
    "notification": ("notify",),
    "notification_visitors": ("notify", "visitors"),
    "refusals": ("medicines_no", "refuse_all"),
    "any_mental_health_service_accept_or_forgo": ("works", *_MEDICINES, "ect", "admission", "refuse_all"),
    "any_mental_or_physical": ("works", *_MEDICINES, "ect", "admission", "places", "other"),
    "other_medical": ("conditions", "other"),
    "other_information": _OTHER,
    "other": _OTHER,
}
