"""A topic's page: its lists and forms, what the state's law says about it, who can read it, where it goes on."""

import re
from itertools import pairwise
from uuid import uuid4

import pytest

from directives.formalities import topic_notes
from directives.jurisdictions import JURISDICTIONS
from directives.law import Standing
from directives.topics import IN_ORDER, TOPICS, Topic
from tests.readability import GRADE, LONGEST, measure
from tests.world import Cast, Person


def page(person: Person, slug: str, query: str = "") -> str:
    response = person.get("directives:section_detail", slug, query=query)
    assert response.status_code == 200
    return response.content.decode()


def a_sign(**more: object) -> dict[str, object]:
    return {"part": "signs", "entry": uuid4(), "seen": 0, "text": "I lose my way", "done": "1", **more}


def test_it_works(cast: Cast) -> None:
    """A list: add, edit, remove, bring back."""
    sent = a_sign()
    response = cast.ana.post("directives:entry_add", "signs", **sent)
    assert response["Location"] == f"/directive/signs/#entry-{sent['entry']}"
    assert "I lose my way" in page(cast.ana, "signs")
    sent |= {"text": "I ask where I live", "seen": 1}
    assert cast.ana.post("directives:entry_edit", sent["entry"], **sent).status_code == 302
    assert "I ask where I live" in page(cast.ana, "signs")
    cast.ana.post("directives:entry_remove", sent["entry"])
    removed = page(cast.ana, "signs")
    assert "I ask where I live" not in removed
    assert f"/directive/entry/{sent['entry']}/bring-back/" in removed, "the notice has a button to undo it"
    cast.ana.post("directives:entry_bring_back", sent["entry"])
    assert "I ask where I live" in page(cast.ana, "signs")


@pytest.mark.parametrize("topic", TOPICS.values(), ids=list(TOPICS))
def test_every_topic_opens_and_reads_easily(cast: Cast, topic: Topic) -> None:
    shown = page(cast.ana, topic.slug)
    for part in topic.parts:
        assert f'<section id="{part.key}"' in shown
    ids = re.findall(r'\sid="([^"]+)"', shown)
    assert len(ids) == len(set(ids)), "a name of a list is no other name on the page"
    reading = measure(shown)
    assert reading.grade <= GRADE, reading
    assert reading.longest <= LONGEST, reading


def test_an_unknown_topic_is_no_page(cast: Cast) -> None:
    assert cast.ana.client.get("/directive/secrets/").status_code == 404


def test_two_lists_stand_apart(cast: Cast) -> None:
    cast.ana.answers("visitors", "may", text="My sister")
    cast.ana.answers("visitors", "may_not", text="My neighbor")
    shown = page(cast.ana, "visitors")
    assert shown.index("May visit") < shown.index("My sister") < shown.index("May not visit")
    assert shown.index("May not visit") < shown.index("My neighbor")


def test_the_empty_page_of_one_list_opens_its_form(cast: Cast) -> None:
    assert 'name="entry"' in page(cast.ana, "signs")
    assert 'name="entry"' not in page(cast.ana, "visitors"), "of two lists neither"


@pytest.mark.parametrize("query", ["", "?add=own", "?add=own&add=own", "?add=own&under=x"])
def test_the_form_of_a_topic_stands_open_once(cast: Cast, query: str) -> None:
    for _time in range(2):
        shown = page(cast.ana, "works", query)
        assert shown.count('name="entry"') == 1
        with cast.ana.acting():
            assert f'name="entry" value="{cast.ana.directive().single_id("works", "own")}"' in shown
        cast.ana.answers("works", text="A walk")


@pytest.mark.parametrize("query", ["?add=nothing", "?add=signs&under=x", "?under=%00", "?add=%00", "?add=own"])
def test_odd_addresses_are_harmless(cast: Cast, query: str) -> None:
    cast.ana.answers("signs", "signs", text="I lose my way")
    assert "I lose my way" in page(cast.ana, "signs", query)


def test_a_list_and_a_form_can_be_open_together(cast: Cast) -> None:
    shown = page(cast.ana, "release", "?add=people")
    assert shown.count('name="entry"') == 2
    assert 'id="add"' in shown


@pytest.mark.parametrize(
    "wrong",
    [
        {"text": ""},
        {"text": "   "},
        {"text": "x" * 4001},
        {"text": "a\x00b"},
        {"entry": "not-an-id"},
        {"window": "not-an-id"},
        {"seen": "-1"},
    ],
)
def test_what_cannot_be_kept_is_said_calmly(cast: Cast, wrong: dict[str, str]) -> None:
    response = cast.ana.post("directives:entry_add", "signs", **a_sign(**wrong))
    assert response.status_code == 422
    assert "Nothing is written yet." in cast.ana.get("directives:directive_overview").content.decode()


@pytest.mark.parametrize(
    "wrong", [{"part": ""}, {"part": "own"}, {"part": "nothing"}, {"under": "x"}, {"under": uuid4()}, {"part": "\x00"}]
)
def test_what_no_page_offers_is_no_page(cast: Cast, wrong: dict[str, object]) -> None:
    assert cast.ana.post("directives:entry_add", "signs", **a_sign(**wrong)).status_code == 404
    assert "Nothing is written yet." in cast.ana.get("directives:directive_overview").content.decode()


def test_a_line_stands_under_no_other(cast: Cast) -> None:
    """No list of the directive has another one below it."""
    sign = cast.ana.answers("signs", "signs", text="I lose my way")
    response = cast.ana.post("directives:entry_add", "signs", **a_sign(text="below", under=sign.pk))
    assert response.status_code == 404
    assert "below" not in page(cast.ana, "signs").split("<main")[1].split("I lose my way")[1].split("</ul>")[0]


@pytest.mark.parametrize(("topic", "part", "words"), [
    ("medicines_no", "medicines", {"generics": "also"}),
    ("other_papers", "papers", {"first": "this"}),
    ("alternate", "people", {"accepted_on": "2026-01-02"}),
])  # fmt: skip
def test_a_choice_or_a_day_alone_is_no_line(cast: Cast, topic: str, part: str, words: dict[str, str]) -> None:
    """Whoever picks an answer first, and then types, has not added a line by picking."""
    sent = {"part": part, "entry": uuid4(), "seen": 0, **words}
    by_itself = cast.ana.post("directives:entry_add", TOPICS[topic].slug, htmx=True, **sent)
    assert by_itself.status_code == 200
    assert "Saved at" not in by_itself.content.decode()
    pressed = cast.ana.post("directives:entry_add", TOPICS[topic].slug, **sent, done="1")
    assert pressed.status_code == 422
    assert "Write a few words first" in pressed.content.decode()
    assert "Nothing is written yet." in cast.ana.get("directives:directive_overview").content.decode()


def test_a_line_shows_its_typed_words_first(cast: Cast) -> None:
    cast.ana.answers("medicines_no", "medicines", generics="also", reason="My hands shook")
    shown = page(cast.ana, "medicines-no")
    words = re.search(r'<p class="card-words" data-words>(.*?)</p>', shown)
    assert words
    assert words[1] == "My hands shook"
    assert "I refuse those too" in shown


def test_an_answer_that_is_not_offered_is_said_calmly(cast: Cast) -> None:
    sent = {"part": "medicines", "entry": uuid4(), "seen": 0, "text": "The white one", "generics": "perhaps"}
    response = cast.ana.post("directives:entry_add", "medicines-no", **sent)
    assert response.status_code == 422
    assert "Choose one of these answers." in response.content.decode()
    assert "The white one" in response.content.decode()


def test_words_are_shown_as_words(cast: Cast) -> None:
    cast.ana.answers("signs", "signs", text="<script>alert(1)</script> {{ directive }} & more")
    shown = page(cast.ana, "signs")
    assert "<script>alert(1)" not in shown
    assert "&lt;script&gt;alert(1)&lt;/script&gt; {{ directive }} &amp; more" in shown


def test_it_says_how_many_can_read_it(cast: Cast) -> None:
    assert "Only you can read this" in page(cast.ana, "works")
    cast.ana.shares(cast.ben, "directive.draft")
    cast.ana.shares(cast.cora, "plan.tools")
    assert "1 person can read this" in page(cast.ana, "works")


def test_each_topic_leads_to_the_next(cast: Cast) -> None:
    """In the order of the overview: whoever begins in the middle of it comes by what matters in an emergency."""
    assert set(IN_ORDER) == set(TOPICS.values())
    for topic, after in pairwise(IN_ORDER):
        assert f'<a class="button button-quiet" href="{after.entrance}">' in page(cast.ana, topic.slug)
    last = page(cast.ana, IN_ORDER[-1].slug)
    assert "Next:" not in last
    assert "Read it through" in last


def test_beside_the_topics_on_who_speaks_it_says_that_this_paper_gives_no_power(cast: Cast) -> None:
    words = "this paper cannot give them power in law"
    assert words not in page(cast.ana, "agent")
    cast.ana.post("directives:state_choose", state="NC")
    for slug in ("agent", "alternate", "agent-limits"):
        assert words in " ".join(page(cast.ana, slug).split())
    assert words not in page(cast.ana, "works")
    cast.ana.post("directives:state_choose", state="WA")
    assert words not in page(cast.ana, "agent")


def test_a_form_says_when_it_was_saved(cast: Cast) -> None:
    assert "Saved at" not in page(cast.ana, "works")
    cast.ana.answers("works", text="A walk")
    assert "Saved at" in page(cast.ana, "works")


def test_where_no_agent_can_be_named_it_says_why(cast: Cast) -> None:
    cast.ana.post("directives:state_choose", state="NC")
    shown = " ".join(page(cast.ana, "agent").split())
    assert "What the law says in <span data-name>North Carolina</span>" in shown
    assert "In this state, this paper cannot name somebody to speak for you." in shown
    assert "Health Care Power of Attorney" in shown
    assert 'name="text"' in shown, "who speaks for me can still be written"


def unchecked() -> tuple[str, Topic]:
    """A state and a topic whose law we only remember."""
    for code, law in JURISDICTIONS.items():
        for topic in TOPICS.values():
            if any(rule.standing is Standing.RECALL for rule in topic_notes(law, topic.key)):
                return code, topic
    raise AssertionError("all is checked: take this test and its mark away")


def test_what_was_not_checked_says_so(cast: Cast) -> None:
    code, topic = unchecked()
    cast.ana.post("directives:state_choose", state=code)
    rules = topic_notes(JURISDICTIONS[code], topic.key)
    marks = [str(rule.standing_words) for rule in rules if not rule.is_checked]
    shown = page(cast.ana, topic.slug)
    assert "We have not checked this." in marks
    assert re.findall(r'<span class="rule-mark">(.*?)</span>', shown) == marks


def test_of_signing_too(cast: Cast) -> None:
    cast.ana.post("directives:state_choose", state="NC")
    shown = " ".join(cast.ana.get("directives:signing_rules").content.decode().split())
    assert re.search(r"You must be 18 or older\. <span class=\"rule-mark\">We have not checked this\.</span>", shown)


@pytest.mark.parametrize("slug", ["agent", "ect", "admission"])
def test_without_a_state_no_law_is_said(cast: Cast, slug: str) -> None:
    shown = page(cast.ana, slug)
    assert "What the law says" not in shown
    assert "rule-mark" not in shown


@pytest.mark.parametrize("shared", [False, True])
def test_the_id_of_anothers_line_changes_nothing_there(cast: Cast, shared: bool) -> None:
    theirs = cast.ben.answers("signs", "signs", text="Ben's own words")
    if shared:
        cast.ben.shares(cast.ana, "directive.draft")
    assert cast.ana.post("directives:entry_add", "signs", **a_sign(entry=theirs.pk)).status_code == 404
    assert "Ben&#x27;s own words" in page(cast.ben, "signs")
    assert "I lose my way" not in page(cast.ana, "signs").split("Stuck?")[0]


def test_a_reader_cannot_take_the_place_of_a_form(cast: Cast) -> None:
    """The id of a form can be worked out from the directive's, which a reader of the draft knows."""
    cast.ana.shares(cast.ben, "directive.draft")
    with cast.ana.acting():
        form_id = cast.ana.directive().single_id("works", "own")
    sent = a_sign(entry=form_id)
    assert cast.ben.post("directives:entry_add", "signs", **sent).status_code == 404
    sent = {"part": "strengths", "entry": form_id, "text": "I wait"}
    assert cast.ben.post("plans:entry_add", "strengths", **sent).status_code == 404
    cast.ana.answers("works", text="A walk")
    assert "A walk" in page(cast.ana, "works")
    assert cast.ben.post("directives:entry_add", "signs", **a_sign(entry=form_id)).status_code == 404, (
        "no answer either"
    )


def test_a_reader_reads_and_does_not_write(cast: Cast) -> None:
    sign = cast.ana.answers("signs", "signs", text="I lose my way")
    cast.ana.shares(cast.ben, "directive.draft")
    for act in ("entry_edit", "entry_up", "entry_down", "entry_remove"):
        assert cast.ben.post(f"directives:{act}", sign.pk, **a_sign(text="x")).status_code == 403, act
        assert cast.cora.post(f"directives:{act}", sign.pk, **a_sign(text="x")).status_code == 404, act
    assert "I lose my way" in page(cast.ana, "signs")


@pytest.mark.parametrize(("topic", "part"), [("signs", "signs"), ("deescalation", "ways"), ("places", "wanted")])
def test_thirty_lines_cost_no_more_queries_than_one(cast: Cast, topic: str, part: str) -> None:
    cast.ana.post("directives:state_choose", state="NC")
    cast.ana.answers(topic, part, text="one")
    one, _brackets = cast.ana.queries("directives:section_detail", TOPICS[topic].slug)
    for number in range(29):
        cast.ana.answers(topic, part, text=f"line {number}")
    thirty, brackets = cast.ana.queries("directives:section_detail", TOPICS[topic].slug)
    assert len(thirty) == len(one) <= 8, thirty
    assert len(brackets) <= 4, brackets
