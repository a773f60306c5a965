"""Directives to print in tests: a sample as people write it, and one that answers every question of the catalogue.

All of it is written through the product's own acts. What a document must say is derived from the catalogue.
"""

import itertools
import re
import uuid
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta

import pypdfium2

from directives.documents import Document, card_document, directive_document
from directives.drafting import choose_state
from directives.models import Entry
from directives.topics import TOPICS
from records import pdf, writing
from records.catalogue import Part, Question, Section
from records.outbox import Job
from records.reading import shown
from tests.documents import Paper, squeezed
from tests.people import Person

# No agent, and a notary beside witnesses (NC); a notary in place of witnesses (WA); an agent who accepts and somebody
# who signs for the person (PA); a clinician who signs (VA); a notary alone (MT); no state.
STATES = ("NC", "WA", "PA", "VA", "MT", "")
PHONE = "+1 919 555 0142"
ENTRIES = 2
ON_PAGE_ONE = (
    "about_me", "agent", "alternate", "first_five", "deescalation", "notify", "allergies", "conditions",
    "medicines_yes", "medicines_no", "refuse_all", "signs", "starts", "lasts", "copies", "visitors", "daily_life",
    "emergency_measures", "ect", "admission",
)  # fmt: skip


@dataclass
class Answers:
    """What was written: texts that must be found, and those of older wordings and removed entries."""

    there: dict[str, str] = field(default_factory=dict)
    gone: set[str] = field(default_factory=set)
    numbers: Iterator[int] = field(default_factory=lambda: itertools.count(1))

    def word(self) -> str:
        """One that stands nowhere else."""
        return f"kanari{next(self.numbers):04d}"


def answer_everything(person: Person) -> Answers:
    """Every question of every part of every topic; each with an older wording, each list with a removed entry."""
    answers = Answers()
    for topic in TOPICS.values():
        written: dict[str, Entry] = {}
        for part in topic.parts:
            under = written[part.below].pk if part.below else None
            for number in range(1 if part.is_single else ENTRIES):
                place = f"{topic.key}.{part.key}.{number}"
                written[part.key] = _answer(person, topic, part, answers, place, under)
            if not part.is_single:
                _remove_one(person, topic, part, answers, under)
    return answers


def _answer(person: Person, topic: Section, part: Part, answers: Answers, place: str, under: uuid.UUID | None) -> Entry:
    """One entry that was worded otherwise before."""
    older = {question.key: answers.word() for question in part.questions if is_text(question)}
    words = {question.key: _words_for(question, answers) for question in part.questions}
    answers.gone.update(older.values())
    for question in part.questions:
        answers.there[f"{place}.{question.key}"] = str(shown(question, words[question.key]))
    with person.acting():
        directive = person.directive()
        entry_id = directive.single_id(topic.key, part.key) if part.is_single else uuid.uuid4()
        spot = writing.Spot(topic.key, part.key, under)
        writing.add(directive, spot, entry_id=entry_id, edit=writing.Edit(older or words))
        seen = 1 if older else 0
        return writing.add(directive, spot, entry_id=entry_id, edit=writing.Edit(words, seen=seen)).entry


def _words_for(question: Question, answers: Answers) -> str:
    number = next(answers.numbers)
    if question.choices:
        chosen = [key for key, _label in question.choices if key]
        return chosen[number % len(chosen)]
    if question.is_date:
        return (date(1980, 1, 1) + timedelta(days=37 * number)).isoformat()
    return answers.word()


def _remove_one(person: Person, topic: Section, part: Part, answers: Answers, under: uuid.UUID | None) -> None:
    words = {question.key: answers.word() for question in part.questions if is_text(question)}
    answers.gone.update(words.values())
    with person.acting():
        spot = writing.Spot(topic.key, part.key, under)
        entry = writing.add(person.directive(), spot, entry_id=uuid.uuid4(), edit=writing.Edit(words)).entry
        writing.remove(entry)


def is_text(question: Question) -> bool:
    return not question.choices and not question.is_date


def answer_like_people(person: Person) -> None:
    """The size and kind of a directive as people write it."""
    said: list[tuple[str, str, dict[str, str]]] = [
        ("about_me", "own", {"legal_name": "Marisol Vega", "called": "Marisol", "birth_date": "1981-05-03"}),
        ("first_five", "things", {"text": "Ask before every touch."}),
        ("first_five", "things", {"text": "When I say yes to everything, that is fear, not agreement."}),
        ("intent", "own", {"choice": "yes"}),
        ("conditions", "conditions", {"text": "Big waves in my mood", "medicines": "Lithium 600 mg at night"}),
        ("lasts", "own", {"choice": "changed"}),
        ("medicines_no", "medicines", {"text": "Olanzapine", "condition": "my doctor and Denise both agree"}),
        ("allergies", "allergies", {"text": "Sulfa", "reaction": "rash and swelling"}),
        ("admission", "own", {"choice": "yes", "days": "10"}),
        ("deescalation", "ways", {"text": "Talk with one calm person", "reason": "It works."}),
        ("deescalation", "ways", {"text": "Quiet room with the door open"}),
        ("notify", "tell", {"text": "Denise Whitfield", "phone": PHONE}),
        ("notify", "not_tell", {"text": "Carl"}),
        ("agent", "own", {"text": "Denise Whitfield", "phone": PHONE, "relation": "friend"}),
        ("alternate", "people", {"text": "Rosa Vega", "phone": "+1 919 555 0177"}),
        ("copies", "people", {"text": "Rosa Vega", "where": "In the kitchen drawer"}),
    ]
    for topic, part, words in said:
        person.answers(topic, part, **words)


def answer_at_length(person: Person, words: str, entries: int = 7) -> None:
    """More than page one can hold: every topic that stands there, with long lists of long answers."""
    for key in ON_PAGE_ONE:
        for part in TOPICS[key].parts:
            for _number in range(1 if part.is_single else entries):
                person.answers(key, part.key, **{question.key: _long(question, words) for question in part.questions})


def _long(question: Question, words: str) -> str:
    if question.choices:
        keys = [key for key, _label in question.choices]
        # Where somebody else could decide, page one is longest with a no.
        return "no" if "agent" in keys else keys[-1]
    return "2030-09-27" if question.is_date else words


def choose(person: Person, state: str) -> None:
    with person.acting():
        choose_state(person.directive(), state)


def directive_of(person: Person) -> Document:
    with person.acting():
        return directive_document(person.directive())


def card_of(person: Person) -> Document:
    with person.acting():
        return card_document(person.directive())


def part(document: Document, name: str) -> str:
    """The HTML of one of the three parts: "sheet", "whole" or "signing"."""
    _before, section = document.html.split(f'<section class="{name}', 1)
    return section.partition("</section>")[0]


def printed(document: Document) -> Paper:
    return Paper(pdf.render(document.html, moment=document.moment, identifier=b"a paper of the tests"))


def running_text(paper: Paper) -> str:
    """All pages as one text, squeezed, without what stands at their feet and without the marks of lists."""
    feet = re.compile(r"Draft\.Notsigned\.[^.]*Page\d+of\d+$")
    return "".join(feet.sub("", squeezed(page).replace("•", "")) for page in paper.pages())


def job_for(person: Person, owner: Person, kind: str) -> Job:
    """As the outbox would hand it to the work. It is not kept."""
    with owner.acting():
        directive = owner.directive()
    return Job(kind=kind, holder_id=owner.pk, person_id=person.pk, subject_id=directive.pk)


@dataclass(frozen=True)
class Letter:
    """One visible character of a page with its box, in points from the lower left corner."""

    sign: str
    left: float
    bottom: float
    right: float
    top: float

    @property
    def height(self) -> float:
        return self.top - self.bottom


def letters(paper: Paper, page: int) -> list[Letter]:
    """The characters of one page (from 0) in reading order."""
    with pypdfium2.PdfDocument(paper.content) as document:
        text = document[page].get_textpage()
        found = [(text.get_text_range(index, 1), text.get_charbox(index)) for index in range(text.count_chars())]
    return [Letter(sign, *box) for sign, box in found if sign.strip() and box[2] > box[0]]
