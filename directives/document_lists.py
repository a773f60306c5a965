"""Lists that share the room of a column on the emergency sheet: each shortened as needed, and saying where the rest is.

Room is given as lines of the column. No list goes without a word: at the least it is said where it stands.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import repeat

from django.utils.translation import gettext as _

from directives.document_fitting import Fitted, fit, fit_all
from directives.topics import TOPICS
from records.text import Text

# A heading over a list, the line that says that there is more, and what stands between lines; in lines of a list.
HEADING, MORE, BETWEEN = 1.6, 0.9, 0.15
# The size of the line that says that there is more.
MORE_SIZE = 0.82
ENOUGH = 99
# What the frame round the allergies takes: in lines, and in ems of each line.
FRAME, FRAME_WIDTH = 1.0, 2.0


@dataclass(frozen=True)
class Wanted:
    """What a list of the sheet is to hold: all of it.

    `topics`: where all of it stands. `least`: how many lines it keeps, if there is room. `nothing`: what is said where
    there are none. `after`: what is said below some. `is_cut`: the texts lack something already. `goes`: where there
    is no room at all, the lowest first is only pointed to; 0 is the last to go.
    """

    title: Text
    topics: Sequence[str]
    texts: Sequence[str]
    least: int = 2
    nothing: Text = ""
    after: Text = ""
    is_cut: bool = False
    goes: int = 0

    @property
    def is_there(self) -> bool:
        return bool(self.texts or self.nothing)


@dataclass(frozen=True)
class SheetList:
    """A list as it stands there. `more`: under which topics the rest stands; "" if there is no rest."""

    title: Text
    key: str
    items: Sequence[Fitted]
    nothing: Text
    after: Text
    more: str
    is_ranked: bool
    height: float


def more_under(topics: Sequence[str]) -> str:
    """The sentence that says where the rest stands; "" where there is none."""
    quoted = ", ".join(_("“{title}”").format(title=TOPICS[topic].title) for topic in topics)
    return _("There is more under {titles}.").format(titles=quoted) if topics else ""


def column(lists: Sequence[Wanted], ems: float, room: float) -> list[SheetList]:
    """The lists of one column: all of it if so many lines hold that, else each shortened."""
    there = [each for each in lists if each.is_there]
    whole = [_list(wanted, ems, ENOUGH) for wanted in there]
    if sum(each.height for each in whole) <= room:
        return whole
    fewest = _fewest(there, ems, room)
    shown = []
    for place, wanted in enumerate(there):
        following = sum(map(_least_height, there[place + 1 :], fewest[place + 1 :], repeat(ems)))
        lines = int((room - following - _around(wanted, ems)) / (1 + BETWEEN))
        shown.append(_list(wanted, ems, max(lines, 1)) if fewest[place] else _pointer(wanted, ems))
        # A short list leaves its room to those that follow.
        room -= shown[-1].height
    return shown


def _fewest(lists: Sequence[Wanted], ems: float, room: float) -> list[int]:
    """How many lines each list keeps at the least; 0 where it is only said that it is there."""
    fewest = [max(1, min(each.least, len(each.texts))) for each in lists]
    places = sorted(range(len(lists)), key=lambda place: lists[place].goes or ENOUGH)
    for lines in (1, 0):
        for place in places:
            if sum(map(_least_height, lists, fewest, repeat(ems))) <= room:
                return fewest
            fewest[place] = lines
    return fewest


def _least_height(wanted: Wanted, lines: int, ems: float) -> float:
    """What a list takes with so many lines; without any, what pointing to it takes."""
    return _around(wanted, ems) + lines * (1 + BETWEEN) if lines else _more(wanted, ems)


def _around(wanted: Wanted, ems: float) -> float:
    """What stands round the lines of a list that is shortened."""
    return _heading(wanted, ems) + _after(wanted, ems) + _more(wanted, ems)


def _more(wanted: Wanted, ems: float) -> float:
    return MORE * fit(more_under(wanted.topics), ems=ems / MORE_SIZE, lines=ENOUGH).lines


def _heading(wanted: Wanted, ems: float) -> float:
    return HEADING - 1 + fit(str(wanted.title), ems=ems, lines=ENOUGH).lines


def _after(wanted: Wanted, ems: float) -> float:
    if not (wanted.after and wanted.texts):
        return 0
    return BETWEEN + fit(str(wanted.after), ems=ems, lines=ENOUGH).lines


def _list(wanted: Wanted, ems: float, lines: int) -> SheetList:
    width = ems - FRAME_WIDTH if "allergies" in wanted.topics else ems
    items = fit_all(wanted.texts, ems=width, lines=lines)
    is_short = wanted.is_cut or len(items) < len(wanted.texts) or any(item.is_short for item in items)
    height = _heading(wanted, ems) + _after(wanted, ems) + (sum(item.lines + BETWEEN for item in items) or 1)
    more = more_under(wanted.topics) if is_short else ""
    height += _more(wanted, ems) if more else 0
    return SheetList(
        wanted.title,
        wanted.topics[0],
        items,
        nothing="" if wanted.texts else wanted.nothing,
        after=wanted.after if wanted.texts else "",
        more=more,
        is_ranked=any(part.is_ranked for part in TOPICS[wanted.topics[0]].parts),
        height=height,
    )


def _pointer(wanted: Wanted, ems: float) -> SheetList:
    """Only that there is something."""
    more, height = more_under(wanted.topics), _more(wanted, ems)
    return SheetList("", wanted.topics[0], (), nothing="", after="", more=more, is_ranked=False, height=height)
