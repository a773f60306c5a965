"""The draft as its documents read it: one query, then answers by topic and question."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.utils import timezone
from django.utils.formats import date_format

from directives.jurisdictions import JURISDICTIONS
from directives.law import GENERIC, Jurisdiction
from directives.models import Directive
from directives.topics import TOPICS
from records.catalogue import Part, Question
from records.reading import Line, LineList, SectionReading, read_sections
from records.text import Text


@dataclass(frozen=True)
class PrintedEntry:
    """One entry: its main words, and its other answers with their questions."""

    main: str
    others: tuple[tuple[Text, str], ...]
    below: "PrintedList | None" = None


@dataclass(frozen=True)
class PrintedList:
    """One list of a topic; a form is a list of one entry, whose answers all stand in `others`."""

    part: Part
    title: Text
    entries: tuple[PrintedEntry, ...]


@dataclass(frozen=True)
class PrintedTopic:
    key: str
    title: Text
    lists: tuple[PrintedList, ...]


class Draft:
    """A directive that came from `visible_to`, read once."""

    def __init__(self, directive: Directive) -> None:
        self.directive = directive
        self.readings = {each.section.key: each for each in read_sections(directive, TOPICS.values())}

    @property
    def law(self) -> Jurisdiction:
        """Of the chosen state; the general one while none is chosen."""
        return self.directive.law or JURISDICTIONS[GENERIC]

    @property
    def is_state_chosen(self) -> bool:
        return self.law.code != GENERIC

    @property
    def moment(self) -> datetime:
        """When what stands in it last changed."""
        return self.directive.changed_at

    @property
    def day(self) -> str:
        """The day of the last change, in words."""
        return date_format(timezone.localtime(self.moment), "j F Y")

    @property
    def name(self) -> str:
        """The legal name, or else what the person wants to be called."""
        return self.answer("about_me", "legal_name") or self.answer("about_me", "called")

    @property
    def agents(self) -> list[dict[str, str]]:
        """Who speaks for the person, if somebody is named or can be reached: one at most."""
        return _people(self.entries("agent"))

    @property
    def alternates(self) -> list[dict[str, str]]:
        """Who steps in."""
        return _people(self.entries("alternate", "people"))

    def entries(self, topic: str, part: str = "own") -> list[dict[str, str]]:
        """The answers of each entry of a list, in the person's order, as people read them."""
        lines = self.readings[topic].list(part).lines
        return [{question.key: str(answer) for question, answer in line.answers} for line in lines]

    def words(self, topic: str, part: str = "own") -> list[dict[str, str]]:
        """The same as they are kept: choices by their keys."""
        return [dict(line.words) for line in self.readings[topic].list(part).lines]

    def answer(self, topic: str, key: str, part: str = "own") -> str:
        """One answer of a form; "" if it was not given."""
        return next((entry.get(key, "") for entry in self.entries(topic, part)), "")

    def code(self, topic: str, key: str, part: str = "own") -> str:
        """Which choice was made in a form, by its key; "" if none."""
        return next((entry.get(key, "") for entry in self.words(topic, part)), "")

    def written(self, keys: Sequence[str]) -> list[PrintedTopic]:
        """Those of these topics in which something is written, whole; also when they were put aside."""
        return [_topic(self.readings[key]) for key in keys if self._all_lines(key)]

    def _all_lines(self, topic: str) -> list[Line]:
        return [line for each in self.readings[topic].lists for line in _with_below(each)]


def _with_below(lines: LineList | None) -> list[Line]:
    return [each for line in lines.lines for each in (line, *_with_below(line.below))] if lines else []


def _people(entries: list[dict[str, str]]) -> list[dict[str, str]]:
    return [entry for entry in entries if any(entry.get(key) for key in ("text", "phone", "other_phone"))]


def _topic(reading: SectionReading) -> PrintedTopic:
    lists = tuple(_list(each) for each in reading.lists if each.lines)
    # One list under the same heading as its topic needs no heading of its own.
    is_alone = len(reading.section.lists) == 1
    titled = tuple(PrintedList(each.part, "" if is_alone else each.title, each.entries) for each in lists)
    return PrintedTopic(reading.section.key, reading.section.title, titled)


def _list(lines: LineList) -> PrintedList:
    return PrintedList(lines.part, lines.part.title, tuple(_entry(line) for line in lines.lines))


def _entry(line: Line) -> PrintedEntry:
    below = _list(line.below) if line.below and line.below.lines else None
    answers = [(question, str(answer)) for question, answer in line.answers]
    if line.part.is_single:
        return PrintedEntry("", _labelled(answers), below)
    main = next((answer for question, answer in answers if question == line.part.main), "")
    return PrintedEntry(main, _labelled([each for each in answers if each[0] != line.part.main]), below)


def _labelled(answers: list[tuple[Question, str]]) -> tuple[tuple[Text, str], ...]:
    return tuple((question.label, answer) for question, answer in answers)
