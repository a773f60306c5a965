"""The directive on paper: page one, what each state's law adds and how it is marked, and that words stay words."""

import itertools

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import translation
from django.utils.html import escape

from directives.document_blocks import stand_ins_block
from directives.documents import directive_document
from directives.execution import execution, lasts_on_paper
from directives.formalities import named, signing_rules
from directives.jurisdictions import GENERIC, JURISDICTIONS
from directives.law import Standing
from directives.models import Wording
from directives.rules import Rule, rule
from directives.topics import TOPICS
from records.models import NotLent
from tests import test_every_string_marked as marked
from tests import test_pdf_attacks as attacks
from tests.directive_papers import (
    PHONE,
    answer_everything,
    answer_like_people,
    card_of,
    choose,
    directive_of,
    part,
    printed,
    running_text,
)
from tests.documents import squeezed
from tests.people import BRACKETS, Cast
from tests.readability import measure

pytestmark = pytest.mark.django_db

machine = attacks.machine
bracketed = marked.bracketed
WITHOUT_AGENT = ("NC", "TN", "TX")


def rules_printed(state: str) -> list[Rule]:
    """All that stands by itself on the signing pages."""
    law = JURISDICTIONS[state]
    signing = execution(law)
    names = [] if law.code == GENERIC else named(law)
    term = [rule(law, "agent_term", "", law_name=law.agent_term)] if law.appoints_agent and law.agent_term else []
    return [signing.formality, *names, *term, *signing_rules(law), *([signing.initials] if signing.initials else [])]


def marks_of_witnesses(state: str) -> int:
    """In each witness's box one for each run of statements that are known equally well, yet not from the law."""
    signing = execution(JURISDICTIONS[state])
    count = 0
    for statements in ([*signing.witness_declares, *signing.witness_statements], signing.one_witness_statements):
        runs = itertools.groupby(statements, key=lambda rule: rule.standing)
        count += sum(standing is not Standing.CHECKED for standing, _run in runs)
    return count * max(signing.witnesses, signing.witnesses_advised)


def test_it_works(cast: Cast) -> None:
    answer_like_people(cast.ana)
    choose(cast.ana, "PA")
    document = directive_of(cast.ana)
    paper = printed(document)
    first = squeezed(paper.pages()[0])
    for words in ("Marisol Vega", "3 May 1981", "Denise Whitfield", PHONE, "Rosa Vega", "Sulfa: rash and swelling",
                  "Lithium 600 mg at night", "Olanzapine. Unless: my doctor and Denise both agree",
                  "Talk with one calm person", "Carl: do not tell", "Until I change or cancel it"):  # fmt: skip
        assert squeezed(words) in first
    assert "There is more under" not in document.html
    assert "What is not in these pages, I have not said. Please ask me." in document.html
    assert paper.metadata()["/Title"] == "Helm document"


def test_an_empty_one_still_says_what_to_ask(cast: Cast) -> None:
    pages = printed(directive_of(cast.ana)).pages()
    assert pages[0].count("Nothing is written here. Please ask.") == 2
    assert "Nobody is named." in pages[0]
    assert pages[1].startswith("My directive")
    assert "Nothing is written here yet." in pages[1]
    assert pages[2].startswith("The pages to sign")


def test_what_was_not_read_in_the_law_is_marked_in_every_state(cast: Cast) -> None:
    for state in JURISDICTIONS:
        choose(cast.ana, state)
        document = directive_of(cast.ana)
        unchecked = [rule for rule in rules_printed(state) if not rule.is_checked]
        marks = part(document, "signing").count('class="rule-mark"')
        stand_in = stand_ins_block(execution(JURISDICTIONS[state])) is not None
        assert (state, marks) == (state, len(unchecked) + marks_of_witnesses(state) + stand_in)
        assert part(document, "sheet").count('class="rule-mark"') == (
            not lasts_on_paper(JURISDICTIONS[state]).is_checked
        )
        html = squeezed(part(document, "signing"))
        assert [str(rule.text) for rule in rules_printed(state) if squeezed(str(rule.text)) not in html] == []
        assert html.count(squeezed("This is not legal advice.")) == 1


@pytest.mark.parametrize("state", WITHOUT_AGENT)
def test_where_nobody_can_be_named_it_says_why_and_still_prints_who(cast: Cast, state: str) -> None:
    answer_like_people(cast.ana)
    choose(cast.ana, state)
    document = directive_of(cast.ana)
    refused = execution(JURISDICTIONS[state]).why_no_agent
    assert refused
    signing = part(document, "signing")
    assert str(refused.text) in signing
    assert escape(refused.law_name) in signing
    assert "They say yes" not in signing
    assert "Denise Whitfield" not in signing
    sheet = part(document, "sheet")
    assert "Denise Whitfield" in sheet
    assert "This paper cannot give them power in law. Ask for my other paper:" in sheet
    assert escape(refused.law_name) in sheet
    assert sheet.count("We have not checked this.") == (not refused.is_checked)
    assert "Denise Whitfield" in part(document, "whole")


def test_where_somebody_can_be_named_they_are_and_say_yes(cast: Cast) -> None:
    answer_like_people(cast.ana)
    choose(cast.ana, "PA")
    signing = part(directive_of(cast.ana), "signing")
    assert "They say yes" in signing
    assert signing.count("Denise Whitfield") == signing.count("Rosa Vega") == 2
    choose(cast.ana, "VA")
    document = directive_of(cast.ana)
    assert "They say yes" not in part(document, "signing")
    assert "power in law" not in document.html


def test_what_signing_takes_stands_under_its_headings_and_speaks_to_the_person(cast: Cast) -> None:
    choose(cast.ana, "OR")
    signing = part(directive_of(cast.ana), "signing")
    begin = signing.index("<h2>For me: what signing takes</h2>")
    places = [signing.index(f"<h3>{title}</h3>", begin) for title in ("You", "Witnesses", "Notary")]
    ends = signing.index("<h3>From when, how long, and how to end it</h3>")
    assert [*places, ends] == sorted([*places, ends])
    assert signing.index("You need 2 witnesses.") < places[2]
    assert signing.index("It lasts 3 years after you sign.") > ends


def test_each_ranked_list_says_what_its_order_means(cast: Cast) -> None:
    ranked = {
        (topic.key, each.key): str(each.order)
        for topic in TOPICS.values()
        for each in topic.parts
        if each.is_ranked or each.order
    }
    assert all(ranked.values())
    assert ranked["first_five", "things"] == "The first matters most."
    for topic, each in ranked:
        cast.ana.answers(topic, each, text="Something")
    whole = part(directive_of(cast.ana), "whole")
    assert [order for order in ranked.values() if order not in whole] == []
    force = whole[whole.index("<h3>If force is used</h3>") :]
    assert "This is not a yes to force. If staff cannot avoid it, the first is least bad for me." in force
    assert "best" not in whole


def test_a_notary_in_place_of_witnesses_is_printed_beside_them(cast: Cast) -> None:
    choose(cast.ana, "WA")
    signing = part(directive_of(cast.ana), "signing")
    assert signing.index("Either: witnesses") < signing.index("Witness 2") < signing.index("Or: a notary")
    assert signing.count("You need the witnesses or the notary. You do not need both.") == 2
    choose(cast.ana, "MT")
    assert "Witness 1" not in part(directive_of(cast.ana), "signing")


@pytest.mark.parametrize(
    ("state", "words"),
    [
        ("LA", "I saw this person. I find that they can decide"),
        ("IN", "I treat this person."),
        ("WY", "I read these pages, and I sign them too."),
        ("VA", "They know that whoever speaks for them may act though they say no later."),
        ("AZ", "Write them beside each part that is named here."),
        ("TN", "Do not sign at a place of mental health care."),
        ("CO", "the color of your eyes and hair"),
        ("WA", "whether you may cancel it while you cannot decide"),
        ("PA", "Only if I cannot sign myself"),
        ("NJ", "Witness 2 (this is our advice)"),
        ("FL", "Tick what is true for you. One witness must be able to tick all."),
    ],
)
def test_what_only_some_states_ask_for(cast: Cast, state: str, words: str) -> None:
    choose(cast.ana, state)
    assert words in part(directive_of(cast.ana), "signing")
    choose(cast.ana, "NY")
    assert words not in part(directive_of(cast.ana), "signing")


def test_no_state_is_said_and_a_plain_page_is_given(cast: Cast) -> None:
    signing = part(directive_of(cast.ana), "signing")
    assert "No state is chosen. These are rules that are safe in most places." in signing
    assert "The law calls this paper" not in signing
    assert JURISDICTIONS[GENERIC].text_as_of not in signing


def test_alcohol_and_drugs_carry_a_note_for_whoever_holds_the_page(cast: Cast) -> None:
    assert "42 CFR Part 2" not in directive_of(cast.ana).html
    cast.ana.answers("substances", text="I drank until 2019.")
    assert "42 CFR Part 2" in directive_of(cast.ana).html


def test_our_words_are_plain_in_every_state(cast: Cast) -> None:
    answer_like_people(cast.ana)
    faults = {}
    for state in JURISDICTIONS:
        choose(cast.ana, state)
        faults[state] = measure(directive_of(cast.ana).html).faults
    assert {state: found for state, found in faults.items() if found} == {}


def test_it_speaks_the_language_of_the_site(cast: Cast) -> None:
    with translation.override("es"):
        assert '<html lang="es">' in directive_of(cast.ana).html


@pytest.mark.usefixtures("bracketed")
def test_every_text_of_ours_can_be_translated(cast: Cast) -> None:
    answer_like_people(cast.ana)
    for state in ("NC", "AZ", "IN", ""):
        choose(cast.ana, state)
        for document in (directive_of(cast.ana), card_of(cast.ana)):
            page = marked.BareTexts()
            page.feed(document.html)
            assert [text for text in page.bare if text] == []


def test_the_moment_is_that_of_the_last_change_and_no_clock_is_asked(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    begun = directive_of(cast.ana).moment
    answer_like_people(cast.ana)
    with cast.ana.acting():
        last = Wording.objects.latest("written_at").written_at
    moment = directive_of(cast.ana).moment
    assert begun < last <= moment
    choose(cast.ana, "PA")
    with cast.ana.acting():
        directive = cast.ana.directive()
        monkeypatch.delattr("django.utils.timezone.now")
        assert directive_document(directive).moment == directive.changed_at > moment


def test_one_query_however_much_is_written(cast: Cast) -> None:
    counts = []
    for person in (cast.ana, cast.ben):
        with person.acting():
            directive = person.directive()
            with CaptureQueriesContext(connection) as captured:
                directive_document(directive)
        counts.append(len([query for query in captured.captured_queries if not query["sql"].startswith(BRACKETS)]))
        answer_everything(cast.ben) if person is cast.ana else None
    assert counts == [1, 1]


def test_a_directive_that_was_not_fetched_for_somebody_stays_closed(cast: Cast) -> None:
    answer_like_people(cast.ana)
    with cast.ana.acting():
        known = type(cast.ana.directive()).objects.get(holder=cast.ana.pk)
        with pytest.raises((NotLent, AttributeError)):
            directive_document(known)


def test_what_looks_like_markup_is_printed_as_it_stands(cast: Cast, machine: attacks.Machine) -> None:
    """Every route of every kind, as an answer: nothing is fetched, leaked or attached, and all of it can be read."""
    routes = {**attacks.FETCHING, **attacks.IGNORED}
    said = [attacks.filled(routes[route], machine.addresses[kind]) for route in routes for kind in attacks.KINDS]
    for words in said:
        cast.ana.answers("signs", "signs", text=words)
    for topic in ("about_me", "agent"):
        texts = {question: said[number] for number, question in enumerate(("legal_name", "called", "text", "phone"))}
        cast.ana.answers(topic, **texts)
    cast.ana.answers("allergies", "allergies", text=said[0], reaction=said[1])
    paper = printed(directive_of(cast.ana))
    attacks.unharmed(machine, paper)
    text = running_text(paper)
    assert [words for words in said if squeezed(words) not in text] == []
