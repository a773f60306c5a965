"""A plan laid out for reading: the same layout for the owner's page, a reader's page and the print."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from plans.catalogue import Part, Question, Section
from plans.models import Entry, Plan, Wording
from plans.sections import SECTIONS
from records.text import Text
from sharing.scopes import Source

if TYPE_CHECKING:
    from accounts.models import User


@dataclass
class Line:
    """One entry as it is shown: its main words, its other answers, and the entries that stand below it."""

    wording: Wording
    part: Part
    words: dict[str, str] = field(repr=False)
    below: "LineList | None" = None

    @property
    def entry(self) -> Entry:
        return self.wording.entry

    @property
    def section(self) -> Section:
        return SECTIONS[self.entry.section]

    @property
    def main(self) -> str:
        """The first words that were given."""
        return next((answer for _question, answer in self._words_given()), "")

    @property
    def note(self) -> str:
        """The small line above the words: a kind, a state, a day."""
        return ", ".join(str(answer) for question, answer in self.answers if question.is_small)

    @property
    def others(self) -> list[tuple[Question, str]]:
        """The rest of the words, each with its question."""
        return self._words_given()[1:]

    def _words_given(self) -> list[tuple[Question, str]]:
        return [(question, answer) for question, answer in self.answers if not question.is_small]

    @property
    def answers(self) -> list[tuple[Question, str]]:
        return [
            (question, shown(question, self.words[question.key]))
            for question in self.part.questions
            if self.words.get(question.key)
        ]


@dataclass
class LineList:
    """One list of a section with its lines, in the person's order."""

    part: Part
    lines: list[Line] = field(default_factory=list)
    parent_id: UUID | None = None


@dataclass
class SectionReading:
    """One section with all its lists."""

    section: Section
    lists: list[LineList]

    @property
    def is_empty(self) -> bool:
        return not any(each.lines for each in self.lists)


def read_sections(plan: Plan, keys: Sequence[str]) -> list[SectionReading]:
    """The sections as they stand now. Two sections or twelve, it is one query."""
    by_place: dict[tuple[str, str, UUID | None], list[Wording]] = defaultdict(list)
    for wording in plan.newest_wordings(list(keys)):
        entry = wording.entry
        by_place[entry.section, entry.part, entry.parent_id].append(wording)

    def lay_out(section: Section, part: Part, parent_id: UUID | None = None) -> LineList:
        below = section.below(part)
        lines = [Line(wording, part, wording.words) for wording in by_place[section.key, part.key, parent_id]]
        for line in lines:
            line.below = lay_out(section, below, line.entry.pk) if below else None
        return LineList(part, lines, parent_id)

    return [
        SectionReading(section, [lay_out(section, part) for part in section.lists])
        for section in (SECTIONS[key] for key in keys)
    ]


def shown(question: Question, answer: str) -> Text:
    """An answer as people read it: a choice by its label, a date in words, everything else as it was typed."""
    if question.choices:
        return dict(question.choices).get(answer, answer)
    if question.is_date:
        try:
            return date_format(date.fromisoformat(answer), "j F Y")
        except ValueError:
            return answer
    return answer


def _read_for(user: "User", holder_id: UUID, names: Sequence[str]) -> dict[str, Any] | None:
    plan = Plan.objects.visible_to(user).filter(holder=holder_id).first()
    if plan is None:
        return None
    keys = [key for key, section in SECTIONS.items() if section.scope in names and plan.may_read(section.scope)]
    return {"sections": read_sections(plan, keys)}


SOURCE = Source(
    title=_("My plan"),
    parts={section.scope: section.title for section in SECTIONS.values()},
    template="plans/reading.html",
    read=_read_for,
)
