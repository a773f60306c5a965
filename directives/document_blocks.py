"""The boxes on the signing pages that somebody signs: what each of them says, and the lines to write on."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

from django.utils.translation import gettext as _

from directives.document_draft import Draft
from directives.execution import Execution, ProfessionalKind
from directives.law import Standing
from directives.rules import Rule, codes, standing_words
from records.text import Text

# Where the law file says that somebody may sign in the person's place: as one who may not be a witness then.
STAND_IN_FIELDS = ("witness_exclusions", "witness_exclusions_newer_law", "one_witness_must_not_be")
STAND_IN = "person_signing_for_principal"


@dataclass(frozen=True)
class Said:
    """Statements that are known equally well. `mark`: how well, where they were not read in the law itself."""

    texts: Sequence[Text]
    mark: Text = ""


@dataclass(frozen=True)
class Block:
    """One box. `says` is declared by all who sign it; `ticks` by whom it is true for.

    `known`: what the person wrote already, each with its label. `lines`: what is filled in by hand.
    """

    title: Text
    lines: Sequence[Text]
    says: Sequence[Said] = ()
    ticks: Sequence[Said] = ()
    known: Sequence[tuple[Text, str]] = ()


def said_by(rules: Sequence[Rule]) -> list[Said]:
    """Statements in their order, those that follow each other and are known equally well under one mark."""
    grouped = groupby(rules, key=lambda rule: rule.standing)
    return [
        Said([rule.text for rule in each], "" if standing is Standing.CHECKED else standing_words(standing))
        for standing, each in grouped
    ]


def persons_block(draft: Draft) -> Block:
    """The person's own signature."""
    return Block(
        _("I sign"),
        _signed() if draft.name else (_("My full name"), *_signed()),
        says=[Said([_("These pages say what I want.")])],
        known=[(_("Name"), draft.name)] if draft.name else (),
    )


def stand_ins_block(signing: Execution) -> Block | None:
    """For somebody who signs in the person's place, where the law speaks of such a one.

    That they may not be a witness does not say yet that they may sign: that is ours, and said so.
    """
    if not any(STAND_IN in codes(signing.law, field) for field in STAND_IN_FIELDS):
        return None
    says = [
        Said([_("This person asked me to sign for them. I sign while they are with me.")]),
        Said([_("Ask first if your state lets somebody sign for you.")], standing_words(Standing.ADVICE)),
    ]
    return Block(_("Only if I cannot sign myself"), (_("Name"), _("Address"), *_signed()), says=says)


def witness_blocks(signing: Execution) -> list[Block]:
    """One for each witness; those beyond what the law asks for are marked as advised."""
    says = said_by([*signing.witness_declares, *signing.witness_statements])
    ticks = said_by(signing.one_witness_statements)
    lines = (_("Name"), _("Address"), *_signed())
    blocks = []
    for number in range(1, max(signing.witnesses, signing.witnesses_advised) + 1):
        title = _("Witness {number}") if number <= signing.witnesses else _("Witness {number} (this is our advice)")
        blocks.append(Block(title.format(number=number), lines, says=says, ticks=ticks))
    return blocks


def notary_block() -> Block:
    """What a notary writes. The law of a state may have words of its own for it."""
    says = [
        _("The person named in these pages came before me. They showed me who they are."),
        _("They signed here, or said that the signature is theirs."),
        _("I may write this in the words of my state instead."),
    ]
    lines = (_("State"), _("County"), _("Name"), _("My term ends on"), *_signed(), _("Seal"))
    return Block(_("Notary"), lines, says=[Said(says)])


def acceptance_blocks(draft: Draft, signing: Execution) -> list[Block]:
    """Whoever speaks for the person, and those who step in, say yes. Nothing where nobody is named."""
    if not signing.appoints_agent or signing.agent_accepts is False:
        return []
    agents = draft.agents
    if not agents and signing.agent_needed:
        agents = [{}]
    speaks = [_acceptance(_("Who speaks for me"), entry) for entry in agents]
    return speaks + [_acceptance(_("Who steps in"), entry) for entry in draft.alternates]


def _acceptance(title: Text, entry: dict[str, str]) -> Block:
    says = Said([_("I say yes. I will speak for this person while they cannot decide. I will follow their wishes.")])
    labels = ((_("Name"), "text"), (_("Phone"), "phone"))
    known = [(label, entry[key]) for label, key in labels if entry.get(key)]
    missing = [label for label, key in labels if not entry.get(key)]
    return Block(title, (*missing, *_signed()), says=[says], known=known)


def professional_block(kind: ProfessionalKind) -> Block:
    """A doctor or another clinician signs too; what they say depends on the state."""
    statements: dict[ProfessionalKind, tuple[Text, ...]] = {
        "examination": (
            _("I saw this person. I find that they can decide on their own care."),
            _("What I found goes with these pages."),
        ),
        "psychiatrist": (
            _("I treat this person. They can decide on their own care."),
            _("What they want in these pages fits their care."),
        ),
        "countersignature": (_("I read these pages, and I sign them too."),),
        "attestation": (
            _("I know this person. They can decide on their own care."),
            _("They know that whoever speaks for them may act though they say no later."),
        ),
    }
    lines = (_("Name"), _("What I do, and my license"), *_signed())
    return Block(_("A clinician signs"), lines, says=[Said(statements[kind])])


def initials_block(draft: Draft) -> Block:
    """A line for each part that may let somebody agree to a hospital."""
    topics = [topic.title for topic in draft.written(["admission", "places", "agent_limits"])]
    return Block(_("My initials"), topics or (_("Going into a hospital"),))


def _signed() -> tuple[Text, Text]:
    return _("Signature"), _("Date")
