"""The wallet card: two faces of the size of a bank card, and below them in full what was shortened on it."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from directives.document_draft import Draft
from directives.document_fitting import Fitted, fit, joined
from records.text import Text

# How wide a line is, in ems of the type that static/print/card.css sets there.
NAME_LINE, SMALL_LINE, SPEAKER_LINE, REACH_LINE, BOLD_LINE = 20.0, 27.0, 22.0, 13.0, 24.0


@dataclass(frozen=True)
class Card:
    """`shortened`: what the card could not hold, in full, each with its label."""

    name: Fitted
    called: Fitted
    agent_name: Fitted
    agent_phone: Fitted
    alternate_name: Fitted
    alternate_phone: Fitted
    allergies: Fitted
    kept: Fitted
    shortened: Sequence[tuple[Text, str]]


def card(draft: Draft) -> Card:
    """What the card says."""
    whole = _whole(draft)
    fitted = {
        "name": fit(whole["name"][1], ems=NAME_LINE),
        "called": fit(whole["called"][1], ems=SMALL_LINE - 4),
        "agent_name": fit(whole["agent_name"][1], ems=SPEAKER_LINE),
        "agent_phone": fit(whole["agent_phone"][1], ems=REACH_LINE),
        "alternate_name": fit(whole["alternate_name"][1], ems=SMALL_LINE - 10),
        "alternate_phone": fit(whole["alternate_phone"][1], ems=BOLD_LINE),
        "allergies": _allergies(draft, whole["allergies"][1]),
        "kept": fit(whole["kept"][1], ems=SMALL_LINE, lines=2),
    }
    shortened = [whole[key] for key, each in fitted.items() if each.is_short]
    return Card(**fitted, shortened=shortened)


def _allergies(draft: Draft, whole: str) -> Fitted:
    """All of it, or else only what must not be given, and that there is more to ask for."""
    fitted = fit(whole, ems=BOLD_LINE, lines=3)
    if not fitted.is_short:
        return fitted
    entries = draft.entries("allergies", "allergies")
    names = joined([entry.get("text") or entry.get("reaction") for entry in entries], "; ")
    more = _("More: please ask.")
    return Fitted(f"{fit(names, ems=BOLD_LINE, lines=2).words} {more}", 3, is_short=True)


def _whole(draft: Draft) -> dict[str, tuple[Text, str]]:
    """All that the card would say, each with its label."""
    agent = next(iter(draft.agents), {})
    alternate = next(iter(draft.alternates), {})
    allergies = [
        joined([entry.get("text"), entry.get("reaction")], ": ") for entry in draft.entries("allergies", "allergies")
    ]
    return {
        "name": (_("My name"), draft.name),
        "called": (_("What to call me"), draft.answer("about_me", "called")),
        "agent_name": (_("Who speaks for me"), agent.get("text", "")),
        "agent_phone": (_("Phone"), agent.get("phone") or agent.get("other_phone", "")),
        "alternate_name": (_("Who steps in"), alternate.get("text", "")),
        "alternate_phone": (_("Phone"), alternate.get("phone") or alternate.get("other_phone", "")),
        "allergies": (_("Allergies and bad reactions"), joined(allergies, "; ")),
        "kept": (_("Where my directive is kept"), _kept(draft)),
    }


def _kept(draft: Draft) -> str:
    """Who has the first copy, and where."""
    copy = next(iter(draft.entries("copies", "people")), {})
    return joined([copy.get(key) for key in ("text", "where", "phone")], ", ")
