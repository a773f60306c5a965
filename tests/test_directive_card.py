"""The wallet card: what is on it, that nothing runs out of its box, and that its owner alone can have it made."""

import pytest

from directives import tasks
from directives.kinds import CARD
from directives.models import DRAFT, Directive
from records import files
from records.files import File
from records.outbox import NotAllowed
from tests import test_pdf_attacks as attacks
from tests.directive_papers import (
    PHONE,
    answer_at_length,
    answer_like_people,
    card_of,
    job_for,
    letters,
    printed,
    running_text,
)
from tests.documents import Paper, squeezed
from tests.people import Cast, Person
from tests.readability import measure

pytestmark = pytest.mark.django_db

machine = attacks.machine
# Where static/print/card.css puts the card, in points from the lower left corner of the page.
LEFT, RIGHT, WIDTH, HEIGHT = 0.8 * 72, 0.8 * 72 + 2 * 243, 243.0, 153.0
SMALLEST = 7.5


def made_for(person: Person, owner: Person) -> File:
    job = job_for(person, owner, CARD.name)
    with person.acting():
        return tasks.make_card(job)


def faces(paper: Paper) -> tuple[str, str]:
    """The text of the front and of the back, each as far as its box goes."""
    page = letters(paper, 0)
    top = box_top(paper)
    inside = [each for each in page if top - HEIGHT <= each.bottom and each.top <= top]
    front = "".join(each.sign for each in inside if each.left >= LEFT and each.right <= LEFT + WIDTH)
    back = "".join(each.sign for each in inside if each.left >= LEFT + WIDTH and each.right <= RIGHT)
    return squeezed(front), squeezed(back)


def box_top(paper: Paper) -> float:
    """The upper edge of the card: below the title and the space under it, as the stylesheet says."""
    return paper.size(0)[1] - 72 * (0.9 + 0.5 + 0.2) - TITLE_LINE


# The padding and the line under the title, which its height does not hold.
TITLE_LINE = 0.2 * 1.85 * 12 + 2.5


def test_it_works(cast: Cast) -> None:
    answer_like_people(cast.ana)
    paper = printed(card_of(cast.ana))
    front, back = faces(paper)
    for words in ("In an emergency, please read", "Marisol Vega", "Denise Whitfield", PHONE, "Rosa Vega",
                  "+1 919 555 0177", "Draft. Not signed."):  # fmt: skip
        assert squeezed(words) in front
    for words in ("Sulfa: rash and swelling", "I have a directive (a draft, not signed).", "In the kitchen drawer",
                  "Draft. Not signed."):  # fmt: skip
        assert squeezed(words) in back
    assert squeezed("Who speaks for me. Please call: Denise Whitfield") in front
    assert squeezed("If no answer, call: Rosa Vega") in front
    assert "Phone" not in front
    assert len(paper.pages()) == 1
    assert "The card was shortened" not in paper.text()
    assert paper.metadata()["/Title"] == "Helm document"


def test_the_phone_is_the_largest_on_it(cast: Cast) -> None:
    answer_like_people(cast.ana)
    paper = printed(card_of(cast.ana))
    top = box_top(paper)
    digits = [each for each in letters(paper, 0) if each.sign.isdigit() and top - HEIGHT < each.bottom < top]
    tallest = max(each.height for each in digits)
    largest = [each.sign for each in digits if each.height > 0.9 * tallest]
    assert "".join(largest) == "".join(filter(str.isdigit, PHONE))


@pytest.mark.parametrize("sign", ["W", "i", "wort ", "Ж", "\U0001f602"])
def test_nothing_runs_out_of_its_box(cast: Cast, sign: str) -> None:
    """200 letters in every answer: the last line of each face is still there, and no letter crosses an edge."""
    answer_at_length(cast.ana, (sign * 200)[:200], entries=2)
    paper = printed(card_of(cast.ana))
    front, back = faces(paper)
    assert front.endswith(squeezed("Draft. Not signed."))
    assert squeezed("Draft. Not signed.") in back
    top, page = box_top(paper), letters(paper, 0)
    edges = [LEFT, LEFT + WIDTH, RIGHT]
    beside = [each for each in page if top - HEIGHT < each.bottom and each.top < top]
    assert [each for each in beside if any(each.left < edge < each.right for edge in edges)] == []
    assert [each for each in beside if each.right > RIGHT] == []
    assert [each for each in page if each.bottom < top < each.top or each.bottom < top - HEIGHT < each.top] == []
    assert squeezed("The card was shortened. All of it:") in squeezed(paper.text())


def test_what_was_shortened_stands_below_in_full(cast: Cast) -> None:
    name = "Wilhelmina Josephine " * 9 + "the Last"
    cast.ana.answers("agent", text=name, phone="919 555 0142 and at night 919 555 0177 and on Sundays 919 555 0188")
    paper = printed(card_of(cast.ana))
    front, _back = faces(paper)
    assert "..." in front
    text = squeezed(paper.text())
    assert squeezed(name) in text
    assert "9195550188" in text
    assert "9195550188" not in front


def test_no_letter_on_it_is_too_small_to_read(cast: Cast) -> None:
    """The height of a capital is 0.67 of its size in our face."""
    answer_like_people(cast.ana)
    paper = printed(card_of(cast.ana))
    top = box_top(paper)
    capitals = [each for each in letters(paper, 0) if each.sign in "DINR" and top - HEIGHT < each.bottom < top]
    assert len(capitals) > 10
    assert min(each.height for each in capitals) > 0.64 * SMALLEST


def test_an_empty_one_says_what_to_ask(cast: Cast) -> None:
    front, back = faces(printed(card_of(cast.ana)))
    assert squeezed("Nobody is named.") in front
    assert squeezed("My name") in front
    assert squeezed("Nothing is written here. Please ask.") in back
    assert squeezed("Please ask me.") in back


def test_a_missing_phone_can_be_filled_in_by_hand(cast: Cast) -> None:
    cast.ana.answers("agent", text="Denise Whitfield")
    front, _back = faces(printed(card_of(cast.ana)))
    assert squeezed("Denise Whitfield Phone") in front


def test_our_words_are_plain(cast: Cast) -> None:
    answer_like_people(cast.ana)
    assert measure(card_of(cast.ana).html).faults == []


def test_its_owner_has_it_made_once(cast: Cast) -> None:
    answer_like_people(cast.ana)
    first = made_for(cast.ana, cast.ana)
    assert made_for(cast.ana, cast.ana).pk == first.pk
    cast.ana.answers("agent", text="Somebody else")
    assert made_for(cast.ana, cast.ana).pk != first.pk


def test_a_reader_of_the_draft_can_neither_make_nor_fetch_it(cast: Cast) -> None:
    answer_like_people(cast.ana)
    cast.ana.shares(cast.ben, DRAFT)
    kept = made_for(cast.ana, cast.ana)
    with pytest.raises(NotAllowed):
        made_for(cast.ben, cast.ana)
    with cast.ben.acting():
        directive = Directive.objects.visible_to(cast.ben.user).get(holder=cast.ana.pk)
        assert files.fetch(directive, kept.pk) is None
        # The wall below says so too.
        assert not File.objects.filter(pk=kept.pk).exists()


def test_a_stranger_cannot_make_it(cast: Cast) -> None:
    with pytest.raises(NotAllowed):
        made_for(cast.ben, cast.ana)
    with cast.ana.acting():
        assert not File.objects.exists()


def test_what_looks_like_markup_is_printed_as_it_stands(cast: Cast, machine: attacks.Machine) -> None:
    routes = {**attacks.FETCHING, **attacks.IGNORED}
    said = [attacks.filled(route, machine.addresses["web"]) for route in routes.values()]
    for words in said:
        cast.ana.answers("allergies", "allergies", text=words)
    cast.ana.answers("agent", text=said[0], phone=said[1])
    paper = printed(card_of(cast.ana))
    attacks.unharmed(machine, paper)
    text = running_text(paper)
    assert [words for words in said if squeezed(words) not in text] == []


def test_allergies_that_do_not_fit_are_asked_for(cast: Cast) -> None:
    for number in range(8):
        cast.ana.answers("allergies", "allergies", text=f"Long named medicine {number}", reaction="my throat swells")
    html = card_of(cast.ana).html
    assert "More: please ask." in html
    assert "Long named medicine 7: my throat swells" in html, "in full below the card"
