"""Page one of the directive, the emergency sheet: who speaks for the person, what must not be given, what helps.

It shortens what does not fit and says under which topic all of it stands: the following pages leave nothing out.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from directives.document_columns import SheetList, left_column, right_column
from directives.document_draft import Draft
from directives.document_fitting import Fitted, fit, joined
from directives.execution import lasts
from directives.rules import Rule
from directives.topics import TOPICS
from records.text import Text


@dataclass(frozen=True)
class Setting:
    """How much a size of type holds. It belongs together with static/print/directive.css.

    Widths of lines, each in ems of its own type: `name` of the person, `speaker` and `reach` (name and phone of who
    speaks for them), `wide` (across the page), `column`. `room`: how many lines a column holds, if nothing above it
    takes more than one line.
    """

    size: str
    name: float
    speaker: float
    reach: float
    wide: float
    column: float
    room: float


# 13.5, 12.25 and 11 points; the largest in which nothing is cut is taken, so that it reads at arm's length.
SETTINGS = (
    Setting("large", name=25, speaker=25, reach=13.5, wide=35, column=16.9, room=24),
    Setting("middle", name=27.5, speaker=27.5, reach=15, wide=39, column=18.7, room=28),
    Setting("small", name=31, speaker=31, reach=17, wide=44, column=21, room=33),
)
# How many lines of a list a further line of these takes away.
NAME_HEIGHT, SPEAKER_HEIGHT, REACH_HEIGHT, ALTERNATE_HEIGHT, SMALL_HEIGHT = 1.4, 1.3, 2.2, 1.6, 1.0
MOST_ALTERNATES = 2


@dataclass(frozen=True)
class Speaker:
    """Somebody who speaks for the person."""

    name: Fitted
    phone: Fitted
    beside: Fitted

    @property
    def is_short(self) -> bool:
        return any(each.is_short for each in (self.name, self.phone, self.beside))


@dataclass(frozen=True)
class Top:
    """What stands above and below the columns. `agent` is None where nobody was named."""

    name: Fitted
    facts: Sequence[tuple[Text, Fitted]]
    agent: Speaker | None
    alternates: Sequence[Speaker]
    terms: Sequence[tuple[Text, Fitted]]
    more_under: Sequence[Text]

    @property
    def height(self) -> float:
        """What it takes from the columns, in lines of theirs."""
        agent = self.agent
        taken = NAME_HEIGHT * (self.name.lines - 1) + ALTERNATE_HEIGHT * len(self.alternates)
        taken += SMALL_HEIGHT * (len(self.terms) + len(self.more_under))
        if agent:
            taken += SPEAKER_HEIGHT * (agent.name.lines - 1) + REACH_HEIGHT * (agent.phone.lines - 1)
        return taken


@dataclass(frozen=True)
class Sheet:
    """All of page one. `size`: of its type. `lasts`: what the law says on how long it holds."""

    size: str
    top: Top
    left: Sequence[SheetList]
    right: Sequence[SheetList]
    lasts: Rule

    @property
    def is_short(self) -> bool:
        return bool(self.top.more_under) or any(each.more_under for each in (*self.left, *self.right))


def sheet(draft: Draft) -> Sheet:
    """What page one says."""
    tried = (_sheet(draft, setting) for setting in SETTINGS)
    return next((each for each in tried if not each.is_short), None) or _sheet(draft, SETTINGS[-1])


def _sheet(draft: Draft, setting: Setting) -> Sheet:
    top = _top(draft, setting)
    room = setting.room - top.height
    left = left_column(draft, ems=setting.column, room=room)
    right = right_column(draft, ems=setting.column, room=room)
    return Sheet(setting.size, top, left, right, lasts(draft.law))


def _top(draft: Draft, setting: Setting) -> Top:
    name = fit(draft.name, ems=setting.name, lines=2)
    facts, terms = _facts(draft, setting), _terms(draft, setting)
    agent, alternates = _agent(draft, setting), _alternates(draft, setting)
    is_short = {
        "about_me": name.is_short or any(fact.is_short for _label, fact in facts),
        "agent": agent is not None and agent.is_short,
        "alternate": any(each.is_short for each in alternates)
        or len(draft.entries("alternate", "people")) > len(alternates),
        "lasts": any(term.is_short for _label, term in terms),
    }
    more_under = [TOPICS[topic].title for topic, short in is_short.items() if short]
    return Top(name, facts, agent, alternates, terms, more_under)


def _facts(draft: Draft, setting: Setting) -> list[tuple[Text, Fitted]]:
    """What to call the person, and what tells them apart from others: on one line together."""
    shares = ((_("Call me"), "called", 0.26), (_("Pronouns"), "pronouns", 0.15), (_("Born"), "birth_date", 0.27))
    answers = [(label, draft.answer("about_me", key), share) for label, key, share in shares]
    return [(label, fit(answer, ems=share * setting.wide)) for label, answer, share in answers if answer]


def _agent(draft: Draft, setting: Setting) -> Speaker | None:
    for entry in draft.entries("agent"):
        phones = [entry[key] for key in ("phone", "other_phone") if entry.get(key)]
        others = [_("or {phone}").format(phone=phone) for phone in phones[1:]]
        beside = joined([*others, entry.get("relation")], ", ")
        return Speaker(
            fit(entry.get("text", ""), ems=setting.speaker, lines=2),
            fit(phones[0] if phones else "", ems=setting.reach, lines=2),
            fit(beside, ems=setting.wide - 2),
        )
    return None


def _alternates(draft: Draft, setting: Setting) -> list[Speaker]:
    """The first of those who step in, each on one line."""
    return [
        Speaker(
            fit(entry.get("text", ""), ems=0.4 * setting.wide),
            fit(entry.get("phone") or entry.get("other_phone", ""), ems=0.35 * setting.wide),
            fit("", ems=1),
        )
        for entry in draft.entries("alternate", "people")[:MOST_ALTERNATES]
    ]


def _terms(draft: Draft, setting: Setting) -> list[tuple[Text, Fitted]]:
    """From when and until when, as the person said."""
    lasting = joined([draft.answer("lasts", "choice"), draft.answer("lasts", "until")], ", ")
    terms = ((_("It starts:"), draft.answer("starts", "choice")), (_("It lasts:"), lasting))
    return [(label, fit(words, ems=setting.wide - 6)) for label, words in terms if words]
