"""Written records laid out for reading: the same layout for the owner's page, a reader's page and the print."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any
from uuid import UUID, uuid4

from django.utils.formats import date_format

from records.catalogue import Part, Question, Section
from records.entries import Written
from records.text import Text


@dataclass
class Line:
    """One entry as it is shown: its main words, its other answers, and the entries that stand below it.

    `wording` is an `EntryWording` whose entry is there; documents that are made of nothing kept leave it out.
    """

    section: Section
    part: Part
    words: dict[str, str] = field(repr=False)
    wording: Any = None
    below: "LineList | None" = None

    @property
    def entry(self) -> Any:
        return self.wording.entry

    @property
    def main(self) -> str:
        """The first words that were given; a choice or a day only where nothing else was."""
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
        given = [(question, answer) for question, answer in self.answers if not question.is_small]
        typed = (row for row in given if not (row[0].choices or row[0].is_date))
        first = next(typed, given[0] if given else None)
        return [row for row in given if row is first] + [row for row in given if row is not first]

    @property
    def answers(self) -> list[tuple[Question, str]]:
        return [
            (question, shown(question, self.words[question.key]))
            for question in self.part.questions
            if self.words.get(question.key)
        ]


@dataclass
class LineList:
    """One list of a section with its lines, in the person's order.

    `single`: the entry of a list that holds one, also when it was emptied.
    `form`: the open form of such a list; only a page for writing has it.
    """

    part: Part
    lines: list[Line] = field(default_factory=list)
    parent_id: UUID | None = None
    single: Line | None = None
    form: Any = None

    @property
    def saved_at(self) -> datetime | None:
        """When what the form says was written; None where nothing was."""
        return self.single.wording.written_at if self.single and self.single.words else None

    @property
    def suggestions(self) -> list[tuple[UUID, Text]]:
        """Entries that one press adds and that are not there yet, each with the id it will have."""
        there = {line.main for line in self.lines}
        return [(uuid4(), words) for words in self.part.suggestions if str(words) not in there]


@dataclass
class SectionReading:
    """One section with all its lists. `record_id`: of the record it was read from."""

    section: Section
    lists: list[LineList]
    record_id: UUID | None = None

    @property
    def is_empty(self) -> bool:
        return not any(each.lines for each in self.lists)

    def list(self, key: str) -> LineList:
        """Raises StopIteration for a list this section does not have."""
        return next(each for each in self.lists if each.part.key == key)


def read_sections(record: Written, sections: Iterable[Section]) -> list[SectionReading]:
    """The sections as they stand now. Two sections or twelve, it is one query."""
    sections = list(sections)
    by_place: dict[tuple[str, str, UUID | None], list[Any]] = defaultdict(list)
    for wording in record.newest_wordings([section.key for section in sections]):
        entry = wording.entry
        by_place[entry.section, entry.part, entry.parent_id].append(wording)

    def lay_out(section: Section, part: Part, parent_id: UUID | None = None) -> LineList:
        below = section.below(part)
        wordings = by_place[section.key, part.key, parent_id]
        lines = [Line(section, part, wording.words, wording) for wording in wordings]
        for line in lines:
            line.below = lay_out(section, below, line.entry.pk) if below else None
        # A form that was emptied is kept as a wording without words.
        return LineList(part, [line for line in lines if line.words], parent_id, next(iter(lines), None))

    return [
        SectionReading(section, [lay_out(section, part) for part in section.lists], record.pk) for section in sections
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
