"""Who finds that the person cannot decide, and when the paper starts to work: each code in plain words."""

from collections.abc import Mapping

from django.utils.translation import gettext_lazy as _

from records.text import Text

_DOCTOR_IN_CHARGE = _("the doctor in charge of your care")
_PRIMARY = _("your main doctor")
_TWO_DOCTORS = _("two doctors")

DECIDERS: Mapping[str, Text] = {
    "court": _("a court"),
    "court_for_mental_illness": _("a court, for mental illness"),
    "court_guardianship": _("a court that names a guardian"),
    "court_conservatorship": _("a court that names a conservator"),
    "court_guardianship_or_medication_hearing": _("a court that names a guardian or hears about medicine"),
    "clinician": _("a clinician"),
    "treating_provider": _("the one who treats you"),
    "primary_physician": _PRIMARY,
    "attending_physician": _DOCTOR_IN_CHARGE,
    "attending_practitioner": _("the one in charge of your care"),
    "attending_physician_or_aprn": _("the doctor or nurse practitioner in charge of your care"),
    "attending_physician_or_pa": _("the doctor or physician assistant in charge of your care"),
    "responsible_mental_health_professional": _("the one in charge of your mental health care"),
    "psychiatrist_physician": _("a psychiatrist"),
    "psychologist": _("a psychologist"),
    "qualified_mental_health_examiner": _("an examiner for mental health"),
    "one_physician_or_eligible_psychologist": _("one doctor or psychologist"),
    "one_physician_or_psychologist_who_examined": _("one doctor or psychologist who saw you"),
    "one_physician_psychologist_pa_or_aprn": _("one doctor, psychologist, physician assistant or nurse practitioner"),
    "one_physician_psychologist_pa_aprn_or_lcsw": _(
        "one doctor, psychologist, physician assistant, nurse practitioner or clinical social worker"
    ),
    "emergency_primary_physician_or_other_provider": _("in an emergency, your main doctor or another provider"),
    "two_physicians": _TWO_DOCTORS,
    "two_physicians_or_psychologists": _("two doctors or psychologists"),
    "two_physicians_one_psychiatrist": _("two doctors, one of them a psychiatrist"),
    "two_physicians_one_treating_psychiatrist": _("two doctors, one of them the psychiatrist who treats you"),
    "two_physicians_for_self_binding_admission": _("two doctors, before a hospital stay while you say no"),
    "two_physicians_or_one_physician_plus_advanced_practice_clinician": _(
        "two doctors, or one doctor and one psychologist, nurse practitioner or physician assistant"
    ),
    "two_health_care_providers": _("two health care providers"),
    "two_licensed_independent_practitioners_or_psychologists": _("two licensed practitioners or psychologists"),
    "two_professionals_see_2135_04": _("two professionals"),
    "two_professionals_or_court": _("two professionals, or a court"),
    "attending_physician_plus_independent_capacity_reviewer": _(
        "the doctor in charge of your care and a second person from outside"
    ),
    "attending_physician_plus_second_clinician": _("the doctor in charge of your care and a second clinician"),
    "attending_physician_plus_second_physician_if_in_doubt": _(
        "the doctor in charge of your care, and a second doctor if in doubt"
    ),
    "attending_physician_or_psychologist_plus_second_professional": _(
        "the doctor or psychologist in charge of your care and a second professional"
    ),
    "supervising_physician_plus_second_physician_or_psychologist": _(
        "the doctor in charge of your care and a second doctor or psychologist"
    ),
    "physician_plus_psychologist_or_psychiatrist": _("a doctor and a psychologist or psychiatrist"),
    "physician_plus_mental_health_practitioner": _("a doctor and a mental health professional"),
    "physician_plus_professional_mental_health_clinician": _("a doctor and a mental health clinician"),
    "physician_with_psychiatric_expertise_plus_health_service_psychologist": _(
        "a doctor who knows psychiatry and a psychologist"
    ),
    "psychiatrist_plus_one_other_professional": _("a psychiatrist and one other professional"),
    "qualified_health_care_professional_plus_mental_health_provider": _(
        "a health care professional and a mental health provider"
    ),
    "one_mental_health_or_sud_professional_plus_one_health_care_provider": _(
        "a mental health or substance use professional and a health care provider"
    ),
}

STARTS: Mapping[str, Text] = {
    "at_signing": _("It is valid as soon as it is signed."),
    "when_given_to_clinician": _("It starts to work when those who treat you have it."),
    "when_incapable": _("It is followed when you are found unable to decide."),
    "when_court_finds": _("It is followed when a court finds that you cannot decide."),
    "when_condition_is_met": _("It starts when what you named as its start has come about."),
    "own_choice": _("You may write another time or sign for its start."),
}
