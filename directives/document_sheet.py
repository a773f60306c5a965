"""Page one of the directive, the emergency sheet: who speaks for the person, what must not be given, what helps.

It shortens what does not fit and says under which topic all of it stands: the following pages leave nothing out.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from django.utils.translation import gettext as _

from directives.document_columns import left_column, right_column
from directives.document_draft import Draft
from directives.document_fitting import Fitted, fit, joined
from directives.document_lists import ENOUGH, SheetList, more_under
from directives.execution import lasts_on_paper, powerless
from directives.rules import Rule
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
    Setting("large", name=25, speaker=25, reach=13.5, wide=35, column=16.9, room=26.5),
    Setting("middle", name=27.5, speaker=27.5, reach=15, wide=39, column=18.7, room=31),
    Setting("small", name=31, speaker=31, reach=17, wide=44, column=21, room=36.5),
)
# How many lines of a list a further line of these takes away.
NAME_HEIGHT, SPEAKER_HEIGHT, REACH_HEIGHT, ALTERNATE_HEIGHT, SMALL_HEIGHT, LINE_HEIGHT = 1.4, 1.3, 2.2, 1.6, 1.0, 1.2
# What stands round the lines of what is refused.
REFUSED_HEIGHT = 0.6
# Type of the terms at the foot, in ems of the page.
SMALL_SIZE = 0.87
MOST_ALTERNATES = 2
# What a label takes of its line, in ems.
LANGUAGE_LABEL, NEVER_LABEL = 9.0, 5.0


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
    """What stands above and below the columns. `agent` is None where nobody was named.

    `powerless`: that the paper gives them no power in law, where that is so; it takes `powerless_lines`. `refused`:
    what the person says no to, in our sentences; `never` is in theirs. `more`: under which topics the rest of all
    this stands; it takes `more_lines`.
    """

    name: Fitted
    is_born_known: bool
    facts: Sequence[tuple[Text, Fitted]]
    language: Fitted
    agent: Speaker | None
    alternates: Sequence[Speaker]
    powerless: Rule | None
    powerless_lines: int
    refused: Sequence[str]
    never: Fitted
    terms: Sequence[tuple[Text, Fitted]]
    more: str = ""
    more_lines: int = 0

    @property
    def height(self) -> float:
        """What it takes from the columns, in lines of theirs."""
        agent = self.agent
        taken = NAME_HEIGHT * (self.name.lines - 1) + ALTERNATE_HEIGHT * len(self.alternates)
        taken += SMALL_HEIGHT * (len(self.terms) + self.more_lines)
        stated = len(self.refused) + (self.never.lines if self.never.words else 0)
        taken += LINE_HEIGHT * (stated + self.powerless_lines + bool(self.language.words))
        taken += REFUSED_HEIGHT if stated else 0
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
        return bool(self.top.more) or any(each.more for each in (*self.left, *self.right))


def sheet(draft: Draft) -> Sheet:
    """What page one says."""
    tried = (_sheet(draft, setting) for setting in SETTINGS)
    return next((each for each in tried if not each.is_short), None) or _sheet(draft, SETTINGS[-1])


def _sheet(draft: Draft, setting: Setting) -> Sheet:
    top = _top(draft, setting)
    room = setting.room - top.height
    left = left_column(draft, ems=setting.column, room=room)
    right = right_column(draft, ems=setting.column, room=room)
    return Sheet(setting.size, top, left, right, lasts_on_paper(draft.law))


def _top(draft: Draft, setting: Setting) -> Top:
    language = fit(draft.answer("daily_life", "language"), ems=setting.wide - LANGUAGE_LABEL)
    never = fit(draft.answer("emergency_measures", "never"), ems=setting.wide - NEVER_LABEL, lines=2)
    agent, power = _agent(draft, setting), powerless(draft.law)
    top = Top(
        name=fit(draft.name, ems=setting.name, lines=2),
        is_born_known=bool(draft.answer("about_me", "birth_date")),
        facts=_facts(draft, setting),
        language=language,
        agent=agent,
        alternates=_alternates(draft, setting),
        powerless=power if agent else None,
        powerless_lines=_lines_of(power, setting) if agent and power else 0,
        refused=_refused(draft),
        never=never,
        terms=_terms(draft, setting),
    )
    more = more_under(_shortened(draft, top))
    return replace(top, more=more, more_lines=_lines(more, setting.wide / SMALL_SIZE))


def _shortened(draft: Draft, top: Top) -> list[str]:
    """The topics of which the top does not say all it was to say."""
    is_short = {
        "about_me": top.name.is_short or any(fact.is_short for _label, fact in top.facts),
        "agent": top.agent is not None and top.agent.is_short,
        "alternate": any(each.is_short for each in top.alternates) or len(draft.alternates) > len(top.alternates),
        "daily_life": top.language.is_short,
        "emergency_measures": top.never.is_short,
        "lasts": any(term.is_short for _label, term in top.terms),
    }
    return [topic for topic, short in is_short.items() if short]


def _lines(text: str, ems: float) -> int:
    """How many lines it takes, whole."""
    return fit(text, ems=ems, lines=ENOUGH).lines if text else 0


def _lines_of(rule: Rule, setting: Setting) -> int:
    """The same for a rule with all that stands beside it."""
    return _lines(joined([str(rule.text), rule.law_name, _mark(rule)], " "), setting.wide - 2)


def _mark(rule: Rule) -> str:
    return "" if rule.is_checked else str(rule.standing_words)


def _refused(draft: Draft) -> list[str]:
    """What the person says no to, before all that single lists say."""
    everything = draft.code("refuse_all", "choice") == "yes"
    named = ((_("ECT"), "ect"), (_("going into a hospital"), "admission"))
    refused = [what for what, topic in named if draft.code(topic, "choice") == "no"]
    return [
        *([_("I want no mental health treatment.")] if everything else []),
        *([_("I do not agree to: {what}").format(what="; ".join(refused))] if refused else []),
    ]


def _facts(draft: Draft, setting: Setting) -> list[tuple[Text, Fitted]]:
    """What to call the person, and what tells them apart from others: on one line together."""
    shares = ((_("Call me"), "called", 0.26), (_("Pronouns"), "pronouns", 0.15), (_("Born"), "birth_date", 0.27))
    answers = [(label, draft.answer("about_me", key), share) for label, key, share in shares]
    return [(label, fit(answer, ems=share * setting.wide)) for label, answer, share in answers if answer]


def _agent(draft: Draft, setting: Setting) -> Speaker | None:
    for entry in draft.agents:
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
            fit(entry.get("text", ""), ems=0.36 * setting.wide),
            fit(joined([entry.get("phone"), entry.get("other_phone")], ", "), ems=0.29 * setting.wide),
            fit("", ems=1),
        )
        for entry in draft.alternates[:MOST_ALTERNATES]
    ]


def _terms(draft: Draft, setting: Setting) -> list[tuple[Text, Fitted]]:
    """From when and until when, as the person said."""
    lasting = joined([draft.answer("lasts", "choice"), draft.answer("lasts", "until")], ", ")
    terms = ((_("I want it to start:"), draft.answer("starts", "choice")), (_("I want it to last:"), lasting))
    return [(label, fit(words, ems=setting.wide - 11)) for label, words in terms if words]
