"""The last pages of the directive: what signing takes in the state, and everything that somebody signs there."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from directives.document_blocks import (
    Block,
    acceptance_blocks,
    initials_block,
    notary_block,
    persons_block,
    professional_block,
    stand_ins_block,
    witness_blocks,
)
from directives.document_draft import Draft
from directives.execution import Execution
from directives.formalities import execution, named, signing_groups
from directives.rules import Rule, rule
from records.text import Text

# These rules stand where they are followed, not in the list of what signing takes.
STAND_ELSEWHERE = frozenset({"must_state", "required_identity_data", "agent_allowed", "extra_attestation"})


@dataclass(frozen=True)
class Chapter:
    """Something to sign, with its heading. `words`: what we say about it; `own`: what the person wrote or chose."""

    title: Text
    words: Sequence[Text] = ()
    rules: Sequence[Rule] = ()
    own: Sequence[tuple[Text, str]] = ()
    lines: Sequence[Text] = ()
    blocks: Sequence[Block] = ()


@dataclass(frozen=True)
class SigningPages:
    """`formality`: what signing takes, in one sentence. `groups`: the same in full, under headings.

    `named`: what the law calls the paper, and where it stands. With those of the chapters these are all rules of the
    state for signing.
    """

    signing: Execution
    is_state_chosen: bool
    named: Sequence[Rule]
    formality: Rule
    groups: Sequence[tuple[Text, Sequence[Rule]]]
    chapters: Sequence[Chapter]


def signing_pages(draft: Draft) -> SigningPages:
    """What the last pages say."""
    signing, groups = execution(draft.law), signing_groups(draft.law)
    all_rules = [each for _title, rules in groups for each in rules]
    chapters = [
        _statement(draft, all_rules),
        _identity(draft, all_rules),
        _appointment(draft, signing, all_rules),
        _signature(draft, signing),
        *_witnesses_and_notary(signing),
        _acceptance(draft, signing),
        _professional(signing, all_rules),
        _initials(draft, signing),
    ]
    # Place and initials are repeated where they count.
    here = [(title, [rule for rule in rules if rule.field not in STAND_ELSEWHERE]) for title, rules in groups]
    return SigningPages(
        signing,
        draft.is_state_chosen,
        named(draft.law),
        signing.formality,
        [(title, rules) for title, rules in here if rules],
        [chapter for chapter in chapters if chapter],
    )


def _of(rules: Sequence[Rule], field: str) -> list[Rule]:
    return [rule for rule in rules if rule.field == field]


def _statement(draft: Draft, rules: Sequence[Rule]) -> Chapter | None:
    """That this is the person's own choice, and what else the paper has to say."""
    wanted, intent = _of(rules, "must_state"), draft.answer("intent", "choice")
    may_cancel = draft.answer("self_binding", "choice") if wanted else ""
    own = [each for each in ((_("I say"), intent), (_("While I cannot decide"), may_cancel)) if each[1]]
    if not own and not wanted:
        return None
    words = [_("See that each of these stands in your paper.")] if wanted else []
    return Chapter(_("What I state"), words, wanted, own=own)


def _identity(draft: Draft, rules: Sequence[Rule]) -> Chapter | None:
    """What the law wants to tell people apart by; the birth date is printed if it was written."""
    wanted = _of(rules, "required_identity_data")
    if not wanted:
        return None
    born, asked = draft.answer("about_me", "birth_date"), [item for rule in wanted for item in rule.items]
    return Chapter(_("What tells me apart"), (), wanted, own=[(_("My birth date"), born)] if born else (), lines=asked)


def _appointment(draft: Draft, signing: Execution, rules: Sequence[Rule]) -> Chapter:
    """Who speaks for the person; in states whose paper cannot say so, why, and which paper can."""
    title, needed = _("I name who speaks for me"), _of(rules, "agent_allowed")
    if not signing.appoints_agent:
        words = [_("This part is left out.")]
        if draft.agents:
            words.append(_("Whom you want to speak for you is still named on page one, and further on."))
        return Chapter(title, words, needed)
    if signing.agent_term:
        word = _("The law’s word for this person:")
        needed = [*needed, rule(signing.law, "agent_term", word, law_name=signing.agent_term)]
    people = [
        *((_("Who speaks for me"), _reached(entry)) for entry in draft.agents),
        *((_("Who steps in"), _reached(entry)) for entry in draft.alternates),
    ]
    if people:
        return Chapter(title, (), needed, own=people)
    if signing.agent_needed:
        return Chapter(title, (), needed, lines=(_("Name"), _("Phone"), _("Address")))
    return Chapter(title, [_("I name nobody here.")], needed)


def _reached(entry: dict[str, str]) -> str:
    """A person with all that helps to reach them, a line each."""
    keys = ("text", "phone", "other_phone", "address")
    return "\n".join(entry[key] for key in keys if entry.get(key))


def _signature(draft: Draft, signing: Execution) -> Chapter:
    stand_in = stand_ins_block(signing)
    blocks = [persons_block(draft), *([stand_in] if stand_in else [])]
    return Chapter(_("My signature"), (), blocks=blocks)


def _witnesses_and_notary(signing: Execution) -> list[Chapter]:
    """Both, one of them, or one or the other, as the law has it."""
    witnesses = witness_blocks(signing)
    notary = [] if signing.notary == "none" else [notary_block()]
    if signing.notary == "instead" and witnesses:
        both = [_("You need the witnesses or the notary. You do not need both.")]
        return [
            Chapter(_("Either: witnesses"), both, blocks=witnesses),
            Chapter(_("Or: a notary"), both, blocks=notary),
        ]
    words = {
        "required": [_("You need the witnesses and the notary.")] if witnesses else [],
        "advised": [_("A notary makes the paper safer.")],
        "optional": [_("You may ask a notary as well. You do not have to.")],
    }.get(signing.notary, [])
    chapters = [Chapter(_("Witnesses"), (), blocks=witnesses)] if witnesses else []
    return [*chapters, Chapter(_("A notary"), words, blocks=notary)] if notary else chapters


def _acceptance(draft: Draft, signing: Execution) -> Chapter | None:
    blocks = acceptance_blocks(draft, signing)
    return Chapter(_("They say yes"), (), blocks=blocks) if blocks else None


def _professional(signing: Execution, rules: Sequence[Rule]) -> Chapter | None:
    if signing.professional_kind is None:
        return None
    needed = _of(rules, "extra_attestation")
    return Chapter(_("A clinician"), (), needed, blocks=[professional_block(signing.professional_kind)])


def _initials(draft: Draft, signing: Execution) -> Chapter | None:
    if signing.initials is None:
        return None
    return Chapter(_("My initials"), [_("Write them beside each part that is named here.")], [signing.initials],
                   blocks=[initials_block(draft)])  # fmt: skip
