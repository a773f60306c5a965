"""The two columns of the emergency sheet: which lists stand there, in which order, and what they say."""

from collections.abc import Sequence

from django.utils.translation import gettext as _

from directives.document_draft import Draft
from directives.document_fitting import fit, joined, width
from directives.document_lists import FRAME, SheetList, Wanted, column

# In ems.
SHORTEST_NAME = 5.0


def left_column(draft: Draft, *, ems: float, room: float) -> list[SheetList]:
    """What to do, whom to tell and whom not. `ems`: how wide its lines are; `room`: how many it holds."""
    tell, tell_is_cut = _people_to_tell(draft, ems)
    kept_out, kept_out_is_cut = _people_kept_out(draft, ems)
    apart = [topic for topic, part in (("notify", "not_tell"), ("visitors", "may_not")) if _texts(draft, topic, part)]
    lists = [
        Wanted(_("Know this first"), ("first_five",), _texts(draft, "first_five", "things"), goes=3),
        Wanted(_("What calms me"), ("deescalation",), _texts(draft, "deescalation", "ways"), goes=1),
        Wanted(_("Please tell"), ("notify",), tell, is_cut=tell_is_cut, goes=2),
        Wanted(_("Do not tell, do not let in"), apart, kept_out, least=3, is_cut=kept_out_is_cut),
    ]
    return column(lists, ems, room)


def right_column(draft: Draft, *, ems: float, room: float) -> list[SheetList]:
    """What must not be given, what is taken, agreed to and refused, and how others can tell."""
    ask = _("Nothing is written here. Please ask.")
    lists = [
        Wanted(
            _("Allergies and bad reactions"), ("allergies",),
            _pairs(draft, "allergies", "allergies", "reaction"), least=3, nothing=ask,
        ),
        Wanted(
            _("What I live with, and medicines I wrote down"), ("conditions",),
            _pairs(draft, "conditions", "conditions", "medicines"), least=3, nothing=ask,
            after=_("There may be more. Please ask."), goes=4,
        ),
        Wanted(_("Medicines I agree to"), ("medicines_yes",), _agreed(draft), goes=2),
        Wanted(_("I do not want these medicines"), ("medicines_no",), _refused(draft), least=3, goes=3),
        Wanted(_("Signs that I cannot decide"), ("signs",), _texts(draft, "signs", "signs"), goes=1),
    ]  # fmt: skip
    return column(lists, ems, room - FRAME)


def _texts(draft: Draft, topic: str, part: str) -> list[str]:
    """The main words of a list."""
    return [entry["text"] for entry in draft.entries(topic, part) if entry.get("text")]


def _pairs(draft: Draft, topic: str, part: str, second: str) -> list[str]:
    """The main words of a list, each with another answer behind a colon."""
    pairs = [joined([entry.get("text"), entry.get(second)], ": ") for entry in draft.entries(topic, part)]
    return [pair for pair in pairs if pair]


def _agreed(draft: Draft) -> list[str]:
    """Medicines with how much. What has to be so for them stands there too: without it, it is no yes."""
    medicines = []
    for entry in draft.entries("medicines_yes", "medicines"):
        only_if = _("Only if: {words}").format(words=entry["condition"]) if entry.get("condition") else ""
        what = entry.get("text") or entry.get("reason")
        medicines.append(joined([joined([what, entry.get("dose")], ": "), only_if], ". "))
    return [each for each in medicines if each]


def _refused(draft: Draft) -> list[str]:
    """Medicines, whether other names are meant too, and what would make a difference; last, if it goes for all others.

    Where only a reason was written, it stands for the medicine: a refusal is never left out.
    """
    medicines = []
    kept = draft.words("medicines_no", "medicines")
    for entry, codes in zip(draft.entries("medicines_no", "medicines"), kept, strict=True):
        names = [
            entry.get("text") or entry.get("reason"),
            _("also under other names") if codes.get("generics") == "also" else "",
        ]
        unless = _("Unless: {words}").format(words=entry["condition"]) if entry.get("condition") else ""
        medicines.append(joined([joined(names, ", "), unless], ". "))
    if draft.code("medicines_other", "choice") == "none":
        medicines.append(draft.answer("medicines_other", "choice"))
    return [each for each in medicines if each]


def _people_to_tell(draft: Draft, ems: float) -> tuple[list[str], bool]:
    """Whom to tell with their phones; and whether a name was cut for the sake of its number."""
    told, is_cut = [], False
    for entry in draft.entries("notify", "tell"):
        name = fit(entry.get("text", ""), ems=ems)
        is_cut = is_cut or name.is_short
        told.append(joined([name.words, entry.get("phone")], ", "))
    return [each for each in told if each], is_cut


def _people_kept_out(draft: Draft, ems: float) -> tuple[list[str], bool]:
    """Who is not told and who may not come, each person once; and whether a name was cut for what follows it."""
    untold, unwelcome = _texts(draft, "notify", "not_tell"), _texts(draft, "visitors", "may_not")
    lines, is_cut = [], False
    for name in _once([*untold, *unwelcome]):
        sentence = _kept_out(name, untold, unwelcome)
        line = sentence.format(name=name)
        if fit(line, ems=ems, lines=2).is_short:
            # The name is cut, never what must not be done: all of it goes into one line.
            room = max(ems - width(sentence.format(name="")), SHORTEST_NAME)
            line, is_cut = sentence.format(name=fit(name, ems=room).words), True
        lines.append(line)
    return lines, is_cut


def _kept_out(name: str, untold: Sequence[str], unwelcome: Sequence[str]) -> str:
    is_untold, is_unwelcome = _is_among(name, untold), _is_among(name, unwelcome)
    if is_untold and is_unwelcome:
        return _("{name}: do not tell, may not visit")
    return _("{name}: do not tell") if is_untold else _("{name}: may not visit")


def _once(names: Sequence[str]) -> list[str]:
    return list({_folded(name): name for name in reversed(names)}.values())[::-1]


def _is_among(name: str, names: Sequence[str]) -> bool:
    return _folded(name) in map(_folded, names)


def _folded(name: str) -> str:
    """The same name, however it was typed."""
    return " ".join(name.split()).casefold().rstrip(".")
