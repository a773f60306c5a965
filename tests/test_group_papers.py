"""The roster and the sheet to sign: what stands on them, what does not, and that they print well for any group."""

import itertools
import re
from collections.abc import Callable
from datetime import date, time
from pathlib import Path
from typing import Any
from uuid import uuid4
from zoneinfo import ZoneInfo

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from peers import attendance
from peers.forms import NAME_LENGTH
from peers.models import Facilitator, Group, Membership, Session
from peers.papers import Paper, roster_paper, sign_in_paper
from records import pdf
from records.models import NotLent
from records.pdf_text import printable
from tests import documents, group_people
from tests import test_every_string_marked as marked
from tests.directive_papers import letters
from tests.documents import squeezed
from tests.people import BRACKETS, Person
from tests.readability import measure
from tests.test_pdf_texts import TEXTS
from tests.vera import judge_documents

pytestmark = pytest.mark.django_db

bracketed = marked.bracketed
TUESDAY = date(2026, 3, 3)
POINTS = 72
TO_SIGN = "Tick, or your initials"
TEN_MM = 10 / 25.4 * POINTS
# As a form would take them.
ODD_NAMES = [text.encode("utf-8", "ignore").decode()[:NAME_LENGTH] for text in TEXTS.values()]
NAMES = ["Rosa", "ana", "Tío Lalo", "Ben", "Nguyễn"]


@pytest.fixture
def dana() -> Person:
    return Person("dana")


def group_with(dana: Person, *names: str, **terms: Any) -> Group:
    """A group that Dana runs, with these people, added by first name in this order."""
    group = group_people.begins(dana, **{"capacity": max(len(names), 1), **terms})
    with dana.acting():
        Membership.objects.bulk_create(group.new(Membership, group=group, called=name) for name in names)
    return group


def roster_of(dana: Person, group: Group) -> Paper:
    with dana.acting():
        return roster_paper(group_people.of(dana, group))


def sign_in_of(dana: Person, group: Group, day: date = TUESDAY) -> Paper:
    session = group_people.opens(dana, group, day)
    with dana.acting():
        return sign_in_paper(group_people.of(dana, group), again(dana, group, session))


def again(dana: Person, group: Group, session: Session) -> Session:
    return group_people.of(dana, group).lend([Session.objects.get(pk=session.pk)])[0]


PAPERS: dict[str, Callable[[Person, Group], Paper]] = {"roster": roster_of, "sign_in": sign_in_of}


def printed(paper: Paper) -> documents.Paper:
    return documents.Paper(pdf.render(paper.html, moment=paper.moment, identifier=b"a paper of the tests"))


def numbered(count: int) -> list[str]:
    return [f"Person {number:03}" for number in range(1, count + 1)]


def cells(paper: Paper) -> list[str]:
    """What stands in the tables, in reading order."""
    return re.findall(r"<td[^>]*>(.*?)</td>", paper.html, flags=re.DOTALL)


def test_it_works(dana: Person) -> None:
    group = group_with(dana, *NAMES, "Sam", "Lee", capacity=len(NAMES))
    group_people.helps(Person("lou"), group, dana)
    [page] = printed(roster_of(dana, group)).pages()
    day = timezone.now().astimezone(ZoneInfo("America/New_York"))
    since = f"{day.day} {day:%B %Y}"
    for words in ("Tuesday circle", "Each Tuesday, 10:00 to 11:30, New York time", "Run by Dana, Lou",
                  f"Roster. Last change: {since}.", f"1 ana {since} 2 Ben {since} 3 Nguyễn {since} 4 Rosa {since}",
                  "In line for a place Number Name 1 Sam 2 Lee",
                  "Names of people. Keep this paper safe, and shred it when you are done. Page 1 of 1"):  # fmt: skip
        assert squeezed(words) in squeezed(page)


def test_the_sheet_to_sign_works(dana: Person) -> None:
    group = group_with(dana, *NAMES, "Sam", capacity=len(NAMES))
    paper = sign_in_of(dana, group)
    [page] = printed(paper).pages()
    for words in ("Tuesday circle Tuesday 3 March 2026, 10:00 to 11:30",
                  f"Name {TO_SIGN} ana Ben Nguyễn Rosa Tío",
                  f"Not on the list? Write your first name. First name {TO_SIGN} Names of people."):  # fmt: skip
        assert squeezed(words) in squeezed(page)
    assert cells(paper)[-12:] == [""] * 12, "six lines for walk-ins"
    assert cells(paper)[:-12] == ["ana", "", "Ben", "", "Nguyễn", "", "Rosa", "", "Tío Lalo", ""]


def test_who_asks_is_on_no_paper(dana: Person) -> None:
    group = group_with(dana, "Rosa", joining=Group.Joining.BY_REQUEST)
    before = roster_of(dana, group)
    group_people.asks(Person("ben"), group, "Benno")
    assert roster_of(dana, group) == before
    assert "Benno" not in before.html + sign_in_of(dana, group).html


def test_nothing_else_about_the_group_or_anybody_is_on_them(dana: Person) -> None:
    group = group_with(dana, "Rosa", "Ben")
    session = group_people.opens(dana, group, TUESDAY)
    with dana.acting():
        mine = again(dana, group, session)
        rosa, ben = (row.pk for row in reversed(attendance.sheet(mine).rows))
        by = Facilitator.objects.running().get(group=group)
        attendance.mark(mine, by, {rosa: "sent word", ben: "late"})
        attendance.walk_in(mine, by, "Walter", pk=uuid4())
    said = roster_of(dana, group).html + sign_in_of(dana, group).html
    for words in ("4711", "We talk and we listen", "Library", "Walter", "Sent word", "Late", "dana", str(group.pk)):
        assert words not in said


def test_a_day_and_an_hour_are_those_where_the_group_meets(dana: Person) -> None:
    group = group_with(dana, "Rosa", time_zone="Pacific/Auckland")
    with dana.acting():
        Group.objects.filter(pk=group.pk).update(changed_at="2040-03-03T20:00Z")
    with timezone.override("America/Los_Angeles"):
        assert "Last change: 4 March 2040." in roster_of(dana, group).html
        assert "Tuesday 3 March 2026, 10:00 to 11:30" in sign_in_of(dana, group).html


def test_the_end_is_right_when_the_clocks_change(dana: Person) -> None:
    group = group_with(dana, "Rosa", at=time(1), minutes=120, weekday=6)
    assert "Each Sunday, 01:00 to 03:00, New York time" in roster_of(dana, group).html
    assert "Sunday 8 March 2026, 01:00 to 04:00" in sign_in_of(dana, group, date(2026, 3, 8)).html


@pytest.mark.parametrize("name", PAPERS)
def test_an_empty_group_prints_too(dana: Person, name: str) -> None:
    paper = PAPERS[name](dana, group_with(dana))
    assert "Nobody has a place yet." in paper.html
    assert len(printed(paper).pages()) == 1


@pytest.mark.parametrize(("count", "pages"), [(1, 1), (10, 1), (60, 4)])
def test_a_sheet_to_sign_has_room_to_write(dana: Person, count: int, pages: int) -> None:
    paper = printed(sign_in_of(dana, group_with(dana, *numbered(count))))
    assert len(paper.pages()) == pages
    for number, text in enumerate(paper.pages()):
        if "Person" in text:
            assert text.count(TO_SIGN) == 2 if number == pages - 1 else text.startswith(("Name", "Tuesday"))
        assert len(gaps(paper, number)) == max(text.count("Person") - 1, 0)
        assert all(gap >= TEN_MM for gap in gaps(paper, number)), "a row is 10 mm high or more"


def gaps(paper: documents.Paper, page: int) -> list[float]:
    """How far one below the other the printed names stand, in points."""
    pairs = itertools.pairwise(letters(paper, page))
    lines = [first.bottom for first, second in pairs if first.sign + second.sign == "Pe"]
    return [above - below for above, below in itertools.pairwise(lines)]


def test_five_hundred_people_stand_on_whole_rows_below_a_head_on_each_page(dana: Person) -> None:
    paper = printed(roster_of(dana, group_with(dana, *numbered(500))))
    rows = [squeezed(row) for page in paper.pages() for row in page.splitlines() if "Person" in row]
    assert [row.partition("Person")[0] for row in rows] == [str(number) for number in range(1, 501)]
    for page in paper.pages():
        assert "Number" in page
        assert "Names of people." in page
    assert f"Page {len(paper.pages())} of {len(paper.pages())}" in paper.pages()[-1]


@pytest.mark.parametrize("name", PAPERS)
def test_no_name_runs_off_the_page_and_none_is_lost(dana: Person, name: str) -> None:
    group = group_with(dana, *ODD_NAMES, "W" * NAME_LENGTH, name="M" * 80)
    paper = printed(PAPERS[name](dana, group))
    found = squeezed(paper.text())
    for key in ("emoji", "arabic", "korean", "vietnamese", "markup", "greek and cyrillic"):
        assert squeezed(printable(TEXTS[key][:NAME_LENGTH])) in found
    for number in range(len(paper.pages())):
        width, _height = paper.size(number)
        assert all(60 <= span.left <= span.right <= width - 60 for span in paper.spans(number))


def test_they_are_archival_and_accessible(dana: Person, tmp_path: Path) -> None:
    groups = {"none": [], "one": ["Rosa"], "twelve": numbered(12), "sixty": numbered(60), "odd": ODD_NAMES}
    for size, names in groups.items():
        group = group_with(dana, *names, capacity=max(len(names) - 2, 1))
        for name, paper_of in PAPERS.items():
            (tmp_path / f"{name} {size}").write_bytes(printed(paper_of(dana, group)).content)
    judged = judge_documents(sorted(tmp_path.iterdir()))
    assert judged == {f"{name} {size}": [] for name in PAPERS for size in groups}


@pytest.mark.parametrize("name", PAPERS)
def test_what_the_file_says_about_itself_names_nobody(dana: Person, name: str) -> None:
    group = group_with(dana, "Rosa")
    paper = PAPERS[name](dana, group)
    made = printed(paper)
    assert made.metadata()["/Title"] == "Helm document"
    about = str(made.metadata()) + made.described()
    for words in ("Tuesday", "circle", "Rosa", "Dana", "oster"):
        assert words not in about
    assert printed(PAPERS[name](dana, group)).content == made.content, "the same group gives the same bytes"
    assert {font.partition("-")[0] for font in made.fonts()} == {"Atkinson"}


@pytest.mark.parametrize("name", PAPERS)
def test_every_text_is_marked(dana: Person, bracketed: None, name: str) -> None:
    page = marked.BareTexts()
    page.feed(PAPERS[name](dana, group_with(dana, "Rosa", "Ben", capacity=1)).html)
    assert page.bare == []


@pytest.mark.parametrize("name", PAPERS)
def test_they_read_easily(dana: Person, name: str) -> None:
    assert measure(PAPERS[name](dana, group_with(dana, "Rosa")).html).faults == []


@pytest.mark.parametrize("name", PAPERS)
def test_they_ask_five_times_at_most(dana: Person, name: str) -> None:
    group = group_with(dana, *numbered(20), capacity=15)
    session = group_people.opens(dana, group, TUESDAY)
    with dana.acting():
        mine, held = group_people.of(dana, group), again(dana, group, session)
        with CaptureQueriesContext(connection) as captured:
            _paper = roster_paper(mine) if name == "roster" else sign_in_paper(mine, held)
    asked = [query["sql"] for query in captured if not query["sql"].startswith(BRACKETS)]
    assert len(asked) <= 5, asked


def test_a_group_that_was_fetched_otherwise_stays_closed(dana: Person) -> None:
    group = group_with(dana, "Rosa")
    with dana.acting(), pytest.raises(NotLent):
        roster_paper(Group.objects.get(pk=group.pk))


def test_words_stay_words(dana: Person) -> None:
    group = group_with(dana, "<b>Rosa</b>", "{{ name }}", name="<script>1</script>")
    for paper_of in PAPERS.values():
        text = squeezed(printed(paper_of(dana, group)).text())
        for words in ("<b>Rosa</b>", "{{ name }}", "<script>1</script>"):
            assert squeezed(words) in text
