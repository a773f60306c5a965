"""What signing takes beside witnesses, and what the paper has to say: each code in plain words."""

from collections.abc import Mapping

from django.utils.translation import gettext_lazy as _

from records.text import Text

FORMALITY_RULES: Mapping[str, Text] = {
    "witnesses_only": _("It takes witnesses. It takes no notary."),
    "witnesses_or_notary": _("It takes witnesses, or a notary in their place."),
    "witnesses_and_notary": _("It takes witnesses and a notary."),
    "notary_only": _("It takes a notary. It takes no witnesses."),
    "witnesses_plus_professional_examination": _(
        "It takes witnesses, and a doctor or psychologist must see you first."
    ),
    "treating_psychiatrist_plus_general_formalities": _(
        "Your psychiatrist must sign. It also takes witnesses or a notary."
    ),
    "professional_countersignature": _("Your doctor or psychiatric staff sign it too."),
    "witnesses_and_notary_recommended": _("We do not know the rules where you are. Take witnesses and a notary."),
}

NOTARY: Mapping[str, Text] = {
    "required": _("You need a notary."),
    "alternative": _("A notary can take the place of the witnesses."),
    "optional": _("You may ask a notary to sign as well. You do not have to."),
    "recommended": _("Ask a notary to sign as well. It makes the paper safer."),
    "none": _("You need no notary."),
}

ATTESTATIONS: Mapping[str, Text] = {
    "examination_attached": _(
        "A doctor or psychologist must see you and write that you can decide. Without that it is not valid."
    ),
    "treating_psychiatrist_signs": _(
        "The psychiatrist who treats you must sign. They say that your wishes fit and that you can decide."
    ),
    "clinician_countersigns": _("The doctor in charge of your care, or psychiatric staff, should sign it too."),
    "attests_for_power_over_protest": _(
        "A clinician who knows you must sign, but only if your agent may act over your later protest."
    ),
}

SIGNING_EXTRAS: Mapping[str, Text] = {
    "initial_each_admission_paragraph": _(
        "Put your initials beside each part that lets your agent agree to a hospital."
    ),
    "not_at_provider_premises": _("Do not sign at a place of mental health care. Then it would not be valid."),
}

MUST_STATE: Mapping[str, Text] = {
    "name": _("your name"),
    "date": _("the date"),
    "names_of_person_and_agent": _("your name, and the name of your agent"),
    "agent_name_and_address": _("the name and address of your agent"),
    "agent_may_decide": _("that you want your agent to decide for you"),
    "agent_accepts_in_writing": _("that your agent says yes, in writing"),
    "limits_of_agent": _("what your agent may not decide, if you set limits"),
    "starts_on_incapacity": _("that your agent’s power starts when you are found unable to decide"),
    "lasting_power_words": _("that your agent’s power goes on, or starts, when you cannot decide"),
    "express_power_for_forced_treatment": _("in clear words, if your agent may agree to forced medicine or a hospital"),
    "express_power_for_ect_research_admission": _(
        "in clear words, if your agent may agree to ECT, brain surgery, tests or a mental hospital"
    ),
    "whether_revocable_while_incapable": _("whether you may cancel it while you cannot decide"),
    "waiver_of_right_to_revoke": _("that you give up the right to cancel it, if you want that"),
    "way_of_revoking": _("how you can cancel it, if not in writing with witnesses"),
    "awareness_and_free_will": _("that you know what it means and sign of your own free will"),
    "disclosure_statement": _("the state’s own notice, which goes with the paper"),
    "witness_declaration": _("the state’s own words for witnesses"),
    "printed_notice": _("the state’s own notice in bold, on a printed form"),
}

IDENTITY_DATA: Mapping[str, Text] = {
    "date_of_birth": _("your date of birth"),
    "gender": _("your gender"),
    "eye_and_hair_colour": _("the color of your eyes and hair"),
    "race_or_ethnic_background": _("your race or ethnic group"),
}

AGE_RULES: Mapping[str, Text] = {
    "emancipated_minor": _("A younger person may sign too, if a court or the law treats them as an adult."),
    "emancipated_minor_of_16": _("From 16 you may sign, if a court or the law treats you as an adult."),
    "married_minor": _("A younger person who is married may sign too."),
    "parent_or_married": _("A younger person who is married or has a child may sign too."),
    "minor_shows_ability": _("If you are not yet 18, you must show that you can decide."),
    "mature_minor": _("A younger person may sign too, if a clinician finds them mature."),
    "lives_in_state": _("The state’s form is for people who live there."),
}

FORM_RULES: Mapping[str, Text] = {
    "optional": _("The state has a form. You may use it or not."),
    "optional_safe_harbor": _("The state has a form. You may use another that is like it."),
    "substantially": _("Your paper should be much like the state’s form."),
    "no_form": _("No form is set."),
    "required_contents_list": _("The law lists what must be in the paper."),
    "state_standard_form_available": _("The state has a form that you can use."),
    "durability_words_required": _("The paper must say that it holds when you cannot decide."),
    "disclosure_statement_required": _("The state’s own notice must go with the paper."),
    "statutory_form_exclusive_or_substantial_unclear": _("It is not clear if you must use the state’s form."),
    "statutory_notice_for_printed_forms": _("A printed form must show the state’s own notice."),
}

SCREEN_SIGNING: Mapping[str, Text] = {
    "allowed": _("The law lets you sign on a screen."),
    "with_notary_and_digital_signature": _("You can sign on a screen only with a notary and a digital signature."),
    "with_identity_check": _("You can sign on a screen only if it is checked who you are."),
    "not_allowed": _("You must sign on paper, in person."),
    "paper_advised": _("Print it and sign on paper, in person."),
}

REMOTE_WITNESS: Mapping[str, Text] = {
    "video_or_known_voice": _("A witness may join by live video, or by phone if they know your voice."),
    "video_with_contact_details": _("A witness may join by live video or phone. The paper must say how to reach them."),
    "video_with_lawyer": _("Witnesses may join by live video if a lawyer of the state leads it."),
    "newer_law_allows": _("A newer law here lets a witness join by live video."),
    "telephone_in_part": _("The law lets some of this be done by phone."),
    "online_law": _("The state’s law on online notaries may let witnesses join online."),
    "not_allowed": _("Witnesses must be there in person."),
}

ADVICE: Mapping[str, Text] = {
    "two_witnesses": _("Have two witnesses. Then it holds under both laws of the state."),
    "witnesses_and_notary": _("Sources do not agree. Have two witnesses and a notary, and it holds either way."),
    "outside_witnesses": _("Pick witnesses who are not family, do not treat you and do not speak for you."),
    "use_state_form": _("Sources do not agree. Use the state’s own form to be safe."),
    "countersignature": _("Ask your doctor to sign as well. It makes the paper safer."),
    "away_from_care": _("Sign away from any place of care."),
}

OUT_OF_STATE: Mapping[str, Text] = {
    "where_made": _("A paper from another state holds here if it holds there."),
    "here_or_where_made": _("A paper from another state may hold, if it fits the law here or there."),
    "where_made_or_named_law": _("A paper from another state holds if it fits that state’s law or one it names."),
    "as_law_here_allows": _("A paper from another state holds as far as the law here allows."),
    "similar_forms": _("A form from another state may be used if it is much like the one here."),
    "mental_health_papers_of_other_states": _("A mental health paper from another state holds here."),
}

ADMISSION_RULES: Mapping[str, Text] = {
    "limit_stands_in_form": _("This limit is in the state’s form."),
    "in_any_21_days": _("This counts within any 21 days."),
    "stated_days_if_fewer": _("If you write fewer days, that is the limit."),
    "limit_is_for_care_against_refusal": _("This limit is for a stay while you say no."),
    "holds_over_later_objection": _("This may hold even if you say no later."),
    "agent_swears_paper_is_current": _("Your agent must swear that the paper still counts."),
    "physician_examines_first": _("A doctor must see you first."),
}

DURATION_RULES: Mapping[str, Text] = {
    "may_set_own_end": _("You may write an end date of your own."),
    "used_within_term": _("It must be put to use within that time."),
    "renewed_by_saying_so": _("You can renew it by saying so. Then it lasts as long again."),
    "term_of_older_paper": _("This is the time for the older of the two papers."),
    "general_power_has_no_end": _("A general health care power has no end, unless it states one."),
    "shortest_common_term": _("Look at it again then. Many states have this term."),
}
