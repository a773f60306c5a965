"""Nothing that was written is left out of the directive on paper, in states with different rules, and none beside.

What to look for comes from the catalogue: a new topic or question is covered by itself.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from directives.documents import Document
from directives.execution import execution
from directives.jurisdictions import GENERIC, JURISDICTIONS
from directives.topics import TOPICS
from recovery_portal.roles import Addresses
from tests import testbed
from tests.directive_papers import (
    ENTRIES,
    STATES,
    Answers,
    answer_at_length,
    answer_everything,
    card_of,
    choose,
    directive_of,
    printed,
)
from tests.documents import Paper, squeezed
from tests.people import Person
from tests.vera import judge_documents

every_state = pytest.mark.parametrize("state", STATES, ids=[state or "none" for state in STATES])


@dataclass
class Shelf:
    """One whole directive as it is printed in each state; `others`: cards, empty ones and a long one."""

    answers: Answers
    documents: dict[str, Document]
    papers: dict[str, Paper]
    others: dict[str, Paper]


@pytest.fixture(scope="module")
def shelf(django_db_blocker: pytest.FixtureRequest, addresses: Addresses) -> Iterator[Shelf]:
    """Each printed once for all tests of this file."""
    with django_db_blocker.unblock():  # type: ignore[attr-defined]
        try:
            yield _fill()
        finally:
            testbed.empty(addresses.admin)


def _fill() -> Shelf:
    writer, empty, talker = Person("writer"), Person("empty"), Person("talker")
    answer_at_length(talker, "A long story, told at length. " * 12, entries=3)
    shelf = Shelf(answer_everything(writer), {}, {}, {})
    for state in STATES:
        choose(writer, state)
        shelf.documents[state] = directive_of(writer)
        shelf.papers[state] = printed(shelf.documents[state])
        shelf.others[f"card-{state or 'none'}"] = printed(card_of(writer))
    shelf.others["long"] = printed(directive_of(talker))
    shelf.others["empty"] = printed(directive_of(empty))
    shelf.others["empty-card"] = printed(card_of(empty))
    return shelf


@every_state
def test_it_works(shelf: Shelf, state: str) -> None:
    """Every answer to every question, each choice by its label, each day in words."""
    text = squeezed(shelf.papers[state].text())
    lost = {place: words for place, words in shelf.answers.there.items() if squeezed(words) not in text}
    assert lost == {}


def test_every_question_was_answered(shelf: Shelf) -> None:
    """So that the test above cannot pass by looking for little."""
    questions = [
        (part.is_single, question) for topic in TOPICS.values() for part in topic.parts for question in part.questions
    ]
    assert len(shelf.answers.there) == sum(1 if is_single else ENTRIES for is_single, _question in questions)
    assert all(shelf.answers.there.values())


@every_state
def test_all_of_it_stands_after_page_one_with_its_question(shelf: Shelf, state: str) -> None:
    """The sheet on page one shortens; what it says too must stand in full behind it."""
    pages = shelf.papers[state].pages()
    behind, labels = squeezed("\n".join(pages[1:])), []
    for topic in TOPICS.values():
        labels.append(topic.title)
        labels += [question.label for part in topic.parts for question in part.questions]
    assert [words for words in shelf.answers.there.values() if squeezed(words) not in behind] == []
    assert [str(label) for label in labels if squeezed(str(label)) not in behind] == []


@every_state
def test_what_was_replaced_or_removed_is_not_in_it(shelf: Shelf, state: str) -> None:
    text = squeezed(shelf.papers[state].text())
    assert len(shelf.answers.gone) > 100
    assert [word for word in shelf.answers.gone if word in text] == []


@every_state
def test_page_one_is_the_sheet_alone_and_every_page_says_draft(shelf: Shelf, state: str) -> None:
    pages = shelf.papers[state].pages()
    assert pages[0].startswith("In an emergency, please read this")
    assert pages[1].startswith("My directive")
    assert [number for number, page in enumerate(pages, start=1) if "Draft. Not signed." not in page] == []
    assert all(f"Page{number}of{len(pages)}" in squeezed(page) for number, page in enumerate(pages, start=1))


@every_state
def test_the_states_own_topics_come_first_under_the_name_of_its_paper(shelf: Shelf, state: str) -> None:
    html = shelf.documents[state].html
    if state:
        assert f"<h2 data-name>{JURISDICTIONS[state].instrument_name}</h2>" in html
        assert html.index("More of what I want") < html.index("<h3>About me</h3>")
        assert html.index("<h3>Medicines I agree to</h3>") < html.index("More of what I want")
    else:
        assert html.index("What I want</h2>") < html.index("<h3>About me</h3>")
        assert "More of what I want" not in html


@every_state
def test_each_answer_stands_in_the_order_in_which_the_person_put_it(shelf: Shelf, state: str) -> None:
    html = shelf.documents[state].html
    whole = html[html.index('class="whole') :]
    for topic in TOPICS.values():
        for part in topic.parts:
            if not part.is_single:
                places = [shelf.answers.there[f"{topic.key}.{part.key}.{n}.{part.main.key}"] for n in range(ENTRIES)]
                assert whole.index(places[0]) < whole.index(places[1])


@every_state
def test_as_many_witnesses_and_notaries_sign_as_the_law_says(shelf: Shelf, state: str) -> None:
    signing = execution(JURISDICTIONS[state or GENERIC])
    text = shelf.papers[state].text()
    text = text[text.index("The pages to sign") :]
    witnesses = max(signing.witnesses, signing.witnesses_advised)
    assert [number for number in range(1, 4) if f"Witness {number}" in text] == list(range(1, witnesses + 1))
    assert ("My term ends on" in text) == (signing.notary != "none")


def test_nothing_breaks_archival_or_accessible_standards(shelf: Shelf, tmp_path: Path) -> None:
    """PDF/A-3a and PDF/UA-1 by veraPDF's engine: directive and card in each state, empty ones and a long one."""
    papers = {f"directive-{state or 'none'}": paper for state, paper in shelf.papers.items()} | shelf.others
    for name, paper in papers.items():
        (tmp_path / name).write_bytes(paper.content)
    judged = judge_documents(sorted(tmp_path.iterdir()))
    assert len(judged) == 2 * len(STATES) + 3
    assert {name: broken for name, broken in judged.items() if broken} == {}
