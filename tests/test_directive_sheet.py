"""Page one of the directive: what an emergency clinician looks for, in one page however much was written."""

import pytest

from directives.jurisdictions import JURISDICTIONS
from directives.topics import TOPICS
from tests.directive_papers import (
    PHONE,
    answer_at_length,
    answer_like_people,
    choose,
    directive_of,
    letters,
    part,
    printed,
)
from tests.documents import squeezed
from tests.people import Cast, Person
from tests.readability import measure

pytestmark = pytest.mark.django_db

LONG = {
    "sentences": "A long story, told at length. " * 12,
    "wide letters": "WWWW MMMM " * 12,
    "one word": "W" * 120,
    "one line each": "\n".join(["line"] * 12),
    "signs our fonts lack": "\U0001f602\U0001f923 " * 5,
}
# What page one shortens, beside what this one has.
SHORTENED = (
    "about_me", "agent", "alternate", "first_five", "deescalation", "notify", "visitors", "allergies", "conditions",
    "medicines_yes", "medicines_no", "signs",
)  # fmt: skip
MORE = "There is more under"


def first_page(person: Person) -> str:
    return squeezed(printed(directive_of(person)).pages()[0])


def sheet(person: Person) -> str:
    return part(directive_of(person), "sheet")


def under(html: str, title: str) -> str:
    """What stands under a heading, up to the next."""
    return html.partition(f"<h2>{title}</h2>")[2].partition("<h2>")[0]


def test_it_works(cast: Cast) -> None:
    """All of it in the order in which it is looked for."""
    answer_like_people(cast.ana)
    cast.ana.answers("daily_life", language="Spanish. I need an interpreter.")
    cast.ana.answers("conditions", "conditions", text="Epilepsy")
    cast.ana.answers("medicines_yes", "medicines", text="Lorazepam", dose="1 mg", condition="I ask for it")
    cast.ana.answers("medicines_no", "medicines", text="Haloperidol", generics="also")
    cast.ana.answers("emergency_measures", never="Face down on the floor")
    cast.ana.answers("ect", choice="no")
    html, page = sheet(cast.ana), first_page(cast.ana)
    order = (
        "My language: Spanish. I need an interpreter.", "Denise Whitfield", "I do not agree to: ECT",
        "Never: Face down on the floor", "Sulfa: rash and swelling",
        "Big waves in my mood: Lithium 600 mg at night", "Epilepsy", "There may be more. Please ask.",
        "Lorazepam: 1 mg. Only if: I ask for it", "Olanzapine. Unless: my doctor and Denise both agree",
        "Haloperidol, also under other names",
    )  # fmt: skip
    places = [page.find(squeezed(words)) for words in order]
    assert -1 not in places
    assert places == sorted(places)
    assert MORE not in html
    assert measure(html).faults == []


def test_who_speaks_for_me_is_reached_in_the_largest_type_above_all_else(cast: Cast) -> None:
    answer_like_people(cast.ana)
    page = letters(printed(directive_of(cast.ana)), 0)
    digits = [letter for letter in page if letter.sign in "0123456789"]
    tallest = max(letter.height for letter in digits)
    assert tallest > 20
    assert "".join(each.sign for each in digits if each.height > 0.9 * tallest) == "".join(filter(str.isdigit, PHONE))
    # In the upper third of the page, and no other writing is as tall.
    assert min(each.bottom for each in digits if each.height > 0.9 * tallest) > 792 * 2 / 3
    assert [each.sign for each in page if each.height > 1.25 * tallest] == []


@pytest.mark.parametrize(("entries", "state"), [(1, "FL"), (7, "TX")])
@pytest.mark.parametrize("words", LONG.values(), ids=LONG)
def test_it_shortens_says_so_and_stays_one_page(cast: Cast, words: str, entries: int, state: str) -> None:
    answer_at_length(cast.ana, words, entries=entries)
    choose(cast.ana, state)
    pages = printed(directive_of(cast.ana)).pages()
    assert pages[1].startswith("My directive")
    page = squeezed(pages[0])
    assert page.endswith(f"Page1of{len(pages)}")
    assert squeezed("My whole directive stands on the next pages.") in page
    if entries > 1:
        unsaid = [key for key in SHORTENED if squeezed(f"“{TOPICS[key].title}”") not in page]
        assert unsaid == []
    if words == LONG["sentences"]:
        assert squeezed("“My daily life”, “If force is used”") in page


@pytest.mark.parametrize("lists", [1, 3, 5, 8])
def test_it_stays_one_page_when_some_of_it_is_long(cast: Cast, lists: int) -> None:
    """Each list in turn is the one with much in it."""
    answer_like_people(cast.ana)
    lengthy = [(key, each.key) for key in SHORTENED for each in TOPICS[key].parts if not each.is_single]
    for topic, each in lengthy[:lists]:
        for number in range(6):
            cast.ana.answers(topic, each, text=f"Number {number} of what I say here at some length")
    pages = printed(directive_of(cast.ana)).pages()
    assert pages[1].startswith("My directive")
    assert squeezed(f"Page1of{len(pages)}") in squeezed(pages[0])


def test_who_is_not_told_and_may_not_come_never_stands_among_those_to_tell(cast: Cast) -> None:
    cast.ana.answers("notify", "not_tell", text="Carl")
    cast.ana.answers("notify", "not_tell", text="My landlord")
    assert "Please tell" not in sheet(cast.ana)
    cast.ana.answers("notify", "tell", text="Denise", phone=PHONE)
    cast.ana.answers("visitors", "may_not", text="carl ")
    cast.ana.answers("visitors", "may_not", text="Uncle Joe")
    html = sheet(cast.ana)
    told, kept_out = under(html, "Please tell"), under(html, "Do not tell, do not let in")
    assert f"Denise, {PHONE}" in told
    assert "Carl" not in told
    for words in ("Carl: do not tell, may not visit", "My landlord: do not tell", "Uncle Joe: may not visit"):
        assert f">{words}</li>" in kept_out
    assert kept_out.count("<li") == 3


def test_a_long_name_is_cut_rather_than_what_must_not_be_done(cast: Cast) -> None:
    name = "Wilhelmina Josephine Alexandra von und zu Hohenstein und Taxis the Very Last of them all"
    cast.ana.answers("notify", "not_tell", text=name)
    cast.ana.answers("visitors", "may_not", text=name)
    page = first_page(cast.ana)
    assert squeezed("…: do not tell, may not visit") in page
    assert squeezed(f"{MORE} “Whom to tell”, “Who may visit”.") in page


def test_no_treatment_at_all_stands_by_itself_above_the_lists(cast: Cast) -> None:
    answer_like_people(cast.ana)
    assert "I want no mental health treatment." not in sheet(cast.ana)
    cast.ana.answers("refuse_all", choice="no")
    assert "I want no mental health treatment." not in sheet(cast.ana)
    cast.ana.answers("refuse_all", choice="yes")
    html = sheet(cast.ana)
    assert html.index("I want no mental health treatment.") < html.index('class="columns"')
    assert "treatment" not in under(html, "I do not want these medicines")


@pytest.mark.parametrize("answer", ["yes", "if", "agent", ""])
def test_only_a_no_is_said_to_be_one(cast: Cast, answer: str) -> None:
    cast.ana.answers("ect", choice=answer, reason="It is my wish.")
    cast.ana.answers("admission", choice="no")
    assert "<b>I do not agree to: going into a hospital</b>" in sheet(cast.ana)
    cast.ana.answers("admission", choice=answer, reason="It is my wish.")
    assert "I do not agree to" not in sheet(cast.ana)


@pytest.mark.parametrize("answer", ["not", ""])
def test_other_names_of_a_medicine_are_refused_only_where_somebody_said_so(cast: Cast, answer: str) -> None:
    cast.ana.answers("medicines_no", "medicines", text="Haloperidol", generics=answer)
    assert ">Haloperidol</li>" in sheet(cast.ana)


def test_what_is_missing_can_be_filled_in_by_hand(cast: Cast) -> None:
    html = sheet(cast.ana)
    assert html.index("My name <span") < html.index("Born <span")
    cast.ana.answers("about_me", birth_date="1981-05-03")
    cast.ana.answers("agent", text="Denise Whitfield")
    html = sheet(cast.ana)
    assert "My name <span" in html
    assert "Born <span" not in html
    assert html.index("Denise Whitfield") < html.index("Phone <span")
    cast.ana.answers("about_me", legal_name="Marisol Vega")
    cast.ana.answers("agent", phone=PHONE)
    assert "to-fill" not in sheet(cast.ana)


def test_how_long_it_lasts_is_said_to_whoever_reads_it(cast: Cast) -> None:
    said = {"NC": "It has no set end in law.", "OR": "By law it lasts 3 years from signing."}
    for state, words in said.items():
        choose(cast.ana, state)
        assert words in sheet(cast.ana)
    for state in JURISDICTIONS:
        choose(cast.ana, state)
        assert " you " not in sheet(cast.ana).replace("This is our advice", "")


def test_a_refusal_is_never_left_out_for_what_else_was_written(cast: Cast) -> None:
    for number in range(7):
        cast.ana.answers("allergies", "allergies", text=f"Nut number {number}")
        cast.ana.answers("notify", "tell", text=f"Friend {number}")
    cast.ana.answers("notify", "not_tell", text="Frank")
    cast.ana.answers("medicines_no", "medicines", reason="Anything like it stops my breath")
    cast.ana.answers("medicines_other", choice="none")
    shown = sheet(cast.ana)
    for words in ("Nut number 6", "Friend 6", "Frank: do not tell", "stops my breath", "none but those I named"):
        assert words in shown
    assert "There is more under" not in shown


def test_whoever_has_neither_name_nor_phone_is_nobody(cast: Cast) -> None:
    cast.ana.answers("agent", reason="I trust her")
    assert "Nobody is named." in sheet(cast.ana)
    assert "I trust her" in directive_of(cast.ana).html
