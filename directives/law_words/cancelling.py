"""How the person cancels the paper, and whether they can while they cannot decide: each code in plain words."""

from collections.abc import Mapping

from django.utils.translation import gettext_lazy as _

from records.text import Text

_ANY_WAY = _("in any way that shows you want it")
_ANY_WAY_TOLD = _("in any way, if those who treat you are told")
_SAY_IT = _("say it")
_WRITE_IT = _("write it")
_ANY_ACT = _("do something that shows you want it")
_NEWER_PAPER = _("sign a newer paper")
_TELL_PROVIDER = _("tell those who treat you")
_END_AGENT = _("to end who speaks for you: sign a paper, or tell those who treat you yourself")

REVOCATION_METHODS: Mapping[str, Text] = {
    "any": _ANY_WAY,
    "any_manner": _ANY_WAY,
    "any_manner_with_capacity": _("in any way, while you can decide"),
    "any_manner_communicated_to_provider": _ANY_WAY_TOLD,
    "any_act": _ANY_ACT,
    "any_clear_act": _ANY_ACT,
    "destroy": _("tear it up or burn it"),
    "oral": _SAY_IT,
    "oral_to_provider": _("say it to those who treat you"),
    "oral_to_professional": _("say it to a health care professional"),
    "oral_to_provider_before_another_person": _("say it to those who treat you while one more person is there"),
    "oral_with_adult_witness": _("say it before an adult witness"),
    "oral_with_adult_witness_confirming_in_30_days": _("say it before an adult, who writes that down within 30 days"),
    "oral_with_adult_witness_confirming_in_writing": _("say it before an adult, who writes that down"),
    "oral_before_two_witnesses": _("say it before two witnesses"),
    "oral_before_two_qualified_witnesses": _("say it before two people who may be witnesses"),
    "notice_oral_or_written": _("say it or write it to those who need to know"),
    "inform_clinician_in_person": _("tell your clinician face to face"),
    "communicate_to_provider": _TELL_PROVIDER,
    "notify_provider": _TELL_PROVIDER,
    "written": _WRITE_IT,
    "written_statement": _WRITE_IT,
    "signed_statement": _("write it and sign"),
    "signed_dated_writing": _("write it, sign and date it"),
    "signed_dated_writing_given_to_provider": _("write it, sign and date it, and give it to those who treat you"),
    "signed_dated_writing_delivered_to_physician": _("write it, sign and date it, and give it to your doctor"),
    "signed_dated_writing_delivered_to_agent_or_provider": _(
        "write it, sign and date it, and give it to your agent or those who treat you"
    ),
    "written_signed_by_principal_and_physician": _("write it, and both you and a doctor sign it"),
    "written_with_two_disinterested_witnesses": _("write it, with two witnesses who gain nothing from it"),
    "writing_signed_and_witnessed_or_acknowledged_like_the_paper": _(
        "write it and sign it with witnesses or a notary, like the paper itself"
    ),
    "other_manner_if_stated": _("in another way that the paper names"),
    "later_directive": _NEWER_PAPER,
    "later_declaration": _NEWER_PAPER,
    "later_proxy": _NEWER_PAPER,
    "later_power": _NEWER_PAPER,
    "inconsistent_new_directive": _("sign a newer paper that says something else"),
    "court_order": _("by a court’s order"),
    "agent_signed_writing_or_notice_to_provider": _END_AGENT,
    "agent_signed_writing_or_personal_notice_to_supervising_provider": _END_AGENT,
    "agent_appointment_in_writing_with_two_witnesses": _("to end who speaks for you: write it, with two witnesses"),
    "instructions_any_manner": _("for your other wishes: in any way that shows you want it"),
    "living_will_any_manner_any_state_of_mind": _("for your other wishes: in any way, in any state of mind"),
}

REVOCABLE_WHILE_INCAPABLE: Mapping[str, Text] = {
    "no": _("While you cannot decide, you cannot cancel it."),
    "yes": _("You can cancel it at any time, even when you cannot decide."),
    "choice": _("You choose in the paper: may you cancel it while you cannot decide?"),
    "instructions_yes_agent_unclear": _(
        "You can cancel your wishes at any time. For who speaks for you, this is not clear."
    ),
}

SELF_BINDING_RULES: Mapping[str, Text] = {
    "silence_leaves_it_open": _("If you say nothing, you can cancel it at any time."),
    "binding_paper_allows_care_against_refusal": _("If you say you cannot cancel it, care may go on while you say no."),
    "separate_paper_and_two_witnesses_present": _(
        "To bind yourself, use a page of its own and two adult witnesses in the room."
    ),
    "newer_law_allows_binding": _("A newer law here lets you bind yourself, with two witnesses."),
    "clause_over_objection": _("The paper may let your agent act over your protest. That part needs care."),
    "paper_may_limit_cancelling": _("The paper may set limits on how you cancel it."),
    "not_while_committed_unless_capable": _(
        "While held by a court’s order, you can cancel it only if found able to decide."
    ),
    "thirty_days_at_most": _("If you bind yourself, treatment may go on for 30 days in a row at most."),
    "may_end_voluntary_stay": _("You keep the right to end a stay that you agreed to."),
    "presumed_capable": _("You are taken to be able to cancel it unless shown otherwise."),
    "substitute_may_cancel": _("Somebody with the power to act for you may cancel it at any time."),
}

REVOCATION_RULES: Mapping[str, Text] = {
    "works_once_provider_told": _("It works once those who treat you are told."),
    "works_once_agent_or_provider_told": _("It works once your agent or those who treat you are told."),
    "works_once_note_reaches_provider": _("It works once those who treat you have it in writing."),
    "given_to_attending_physician": _("Give it to the doctor in charge of your care."),
    "may_be_electronic": _("You may do this on a screen."),
    "registry_needs_notary": _("To take it out of the state’s list, you need a notary."),
    "divorce_ends_spouse": _("If you divorce, your husband or wife does not speak for you any more."),
}
