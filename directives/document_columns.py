"""The two columns of the emergency sheet: lists that share the room of a column, and say where the rest stands."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from directives.document_draft import Draft
from directives.document_fitting import Fitted, fit, fit_all, joined
from directives.topics import TOPICS
from records.text import Text

# A heading over a list, the line that says that there is more, and what stands between lines; in lines of a list.
HEADING, MORE, BETWEEN = 1.6, 0.9, 0.15
ENOUGH = 99
# What the frame round the allergies takes: in lines, and in ems of each line.
FRAME, FRAME_WIDTH = 1.0, 2.0


@dataclass(frozen=True)
class Wanted:
    """What a list of the sheet is to hold: all of it, of which the first `most` are shown.

    `is_cut`: the texts lack something already. `nothing`: what is said where there are none.
    """

    title: Text
    topic: str
    texts: Sequence[str]
    most: int = 5
    least: int = 2
    nothing: Text = ""
    is_cut: bool = False

    @property
    def is_there(self) -> bool:
        return bool(self.texts or self.nothing)

    @property
    def fewest(self) -> int:
        """How many lines it takes at the least."""
        return max(1, min(self.least, len(self.texts)))


@dataclass(frozen=True)
class SheetList:
    """A list as it stands there. `more_under`: the topic that holds the rest, if there is a rest."""

    title: Text
    key: str
    items: Sequence[Fitted]
    nothing: Text
    more_under: Text
    is_ranked: bool

    @property
    def height(self) -> float:
        """In lines of the column."""
        lines = sum(item.lines + BETWEEN for item in self.items) or 1
        return HEADING + lines + (MORE if self.more_under else 0)


def left_column(draft: Draft, *, ems: float, room: float) -> list[SheetList]:
    """What to do and whom to tell. `ems`: how wide its lines are; `room`: how many it holds."""
    tell, is_cut = _people_to_tell(draft, ems)
    lists = [
        Wanted(_("Know this first"), "first_five", _texts(draft, "first_five", "things"), least=5),
        Wanted(_("What calms me"), "deescalation", _texts(draft, "deescalation", "ways"), least=3),
        Wanted(_("Please tell"), "notify", tell, most=4, is_cut=is_cut),
    ]
    return _column(lists, ems, room)


def right_column(draft: Draft, *, ems: float, room: float) -> list[SheetList]:
    """What must not be given, what is taken and refused, and how others can tell."""
    ask = _("Nothing is written here. Please ask.")
    allergies = [
        joined([entry.get("text"), entry.get("reaction")], ": ") for entry in draft.entries("allergies", "allergies")
    ]
    taken = _texts(draft, "conditions", "conditions", "medicines")
    lists = [
        Wanted(_("Allergies and bad reactions"), "allergies", allergies, least=3, nothing=ask),
        Wanted(_("Medicines I take now"), "conditions", taken, nothing=ask),
        Wanted(_("I do not want these medicines"), "medicines_no", _refused(draft), least=3),
        Wanted(_("Signs that I cannot decide"), "signs", _texts(draft, "signs", "signs"), most=3),
    ]
    return _column(lists, ems, room - FRAME)


def _texts(draft: Draft, topic: str, part: str, key: str = "text") -> list[str]:
    """What was answered to one question of a list."""
    return [entry[key] for entry in draft.entries(topic, part) if entry.get(key)]


def _refused(draft: Draft) -> list[str]:
    """Medicines with what would make a difference; before all, that no treatment is wanted."""
    everything = draft.answer("refuse_all", "choice") if draft.code("refuse_all", "choice") == "yes" else ""
    medicines = []
    for entry in draft.entries("medicines_no", "medicines"):
        unless = _("Unless: {words}").format(words=entry["condition"]) if entry.get("condition") else ""
        medicines.append(joined([entry.get("text"), unless], ". "))
    return [each for each in (everything, *medicines) if each]


def _people_to_tell(draft: Draft, ems: float) -> tuple[list[str], bool]:
    """Whom to tell with their phones, then whom not to; and whether a name was cut for the sake of its number."""
    told, is_cut = [], False
    for entry in draft.entries("notify", "tell"):
        name = fit(entry.get("text", ""), ems=ems)
        is_cut = is_cut or name.is_short
        told.append(joined([name.words, entry.get("phone")], ", "))
    names = _texts(draft, "notify", "not_tell")
    return [*filter(None, told), *(_("Do not tell: {name}").format(name=name) for name in names)], is_cut


def _column(lists: Sequence[Wanted], ems: float, room: float) -> list[SheetList]:
    """The lists of one column: all of it if so many lines hold that, else each shortened."""
    there = [each for each in lists if each.is_there]
    whole = [_list(wanted, ems, ENOUGH) for wanted in there]
    if sum(each.height for each in whole) <= room:
        return whole
    shown = []
    for place, wanted in enumerate(there):
        following = sum(HEADING + MORE + each.fewest * (1 + BETWEEN) for each in there[place + 1 :])
        lines = int((room - following - HEADING - MORE) / (1 + BETWEEN))
        shown.append(_list(wanted, ems, max(lines, wanted.fewest)))
        # A short list leaves its room to those that follow.
        room -= shown[-1].height
    return shown


def _list(wanted: Wanted, ems: float, lines: int) -> SheetList:
    width = ems - FRAME_WIDTH if wanted.topic == "allergies" else ems
    items = fit_all(wanted.texts, ems=width, lines=lines, most=wanted.most)
    is_short = wanted.is_cut or len(items) < len(wanted.texts) or any(item.is_short for item in items)
    return SheetList(
        wanted.title,
        wanted.topic,
        items,
        nothing="" if wanted.texts else wanted.nothing,
        more_under=TOPICS[wanted.topic].title if is_short else "",
        is_ranked=any(part.is_ranked for part in TOPICS[wanted.topic].parts),
    )
