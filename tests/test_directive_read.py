"""The read-through: all that is written, in order, each with a way to change it, before it becomes a paper."""

import re

from directives.topics import IN_ORDER, TOPICS
from tests.world import Cast, Person, World


def page(person: Person) -> str:
    response = person.get("directives:directive_read")
    assert response.status_code == 200
    return response.content.decode()


def titles(shown: str) -> list[str]:
    """The topics that are laid out, in the order of the page."""
    return re.findall(r'<h2 id="read-(\w+)">', shown)


def test_it_works(cast: Cast) -> None:
    cast.ana.answers("other", text="My cat is called Pim")
    cast.ana.answers("about_me", legal_name="Ana Ruiz", birth_date="1990-03-04")
    cast.ana.answers("signs", "signs", text="I lose my way")
    cast.ana.answers("ect", choice="no", reason="I saw it once")
    shown = page(cast.ana)
    assert titles(shown) == ["about_me", "signs", "ect", "other"], "the catalogue's order, not the order of writing"
    for words in ("My cat is called Pim", "Ana Ruiz", "4 March 1990", "I lose my way", "I saw it once"):
        assert words in shown
    assert "No, I do not agree" in shown, "a choice stands in words"
    assert "This is a draft. It is not signed, so it has no force in law yet." in shown


def test_nothing_that_was_written_is_left_out(world: World) -> None:
    shown = page(world.owner)
    assert world.canaries.found_in(shown) == world.canaries.below("owner.directive")
    assert titles(shown) == [topic.key for topic in IN_ORDER], "what was skipped and written is written"


def test_each_topic_can_be_changed_by_its_entrance(cast: Cast) -> None:
    for key in ("works", "trauma"):
        cast.ana.answers(key, text="some words")
    cast.ana.answers("emergency_measures", "measures", text="A quiet room")
    links = re.findall(r'<a class="tool"\s+href="(\S+)">Change', page(cast.ana))
    assert links == ["/directive/works/", "/directive/emergency-measures/before/", "/directive/trauma/before/"]


def test_a_single_answer_stands_alone_and_several_with_their_questions(cast: Cast) -> None:
    cast.ana.answers("intent", choice="yes")
    cast.ana.answers("starts", choice="signing", who_says="Dr. Osei")
    shown = page(cast.ana)
    assert "I make this by my own free choice." in shown
    assert "<dt>I say</dt>" not in shown
    assert re.search(r"<dt>It starts</dt>\s*<dd data-words>\s*When I have signed it", shown)
    assert re.search(r"<dt>Who should say that I cannot decide</dt>\s*<dd data-words>\s*Dr\. Osei", shown)


def test_choices_in_order_are_numbered_and_lists_have_headings(cast: Cast) -> None:
    for text in ("Walk with me", "Less noise"):
        cast.ana.answers("deescalation", "ways", text=text, reason=f"Why: {text}")
    cast.ana.answers("places", "not_wanted", text="The old one")
    shown = page(cast.ana)
    ranked = shown.split('<ol class="reading-list reading-ranked">')[1].split("</ol>")[0]
    assert ranked.index("Walk with me") < ranked.index("Why: Walk with me") < ranked.index("Less noise")
    assert "<h3>I do not want</h3>" in shown
    assert "<h3>I want</h3>" not in shown, "an empty list takes no room"


def test_what_is_not_written_is_named_at_the_end(cast: Cast) -> None:
    cast.ana.answers("works", text="A walk")
    cast.ana.answers("other", text="More")
    cast.ana.answers("other")
    shown = page(cast.ana)
    details = shown.split("<details")[-1].split("</details>")[0]
    assert "38 topics with nothing in them" in details
    assert "Only what you wrote goes into your PDF." in details
    links = re.findall(r'<a class="link" href="(\S+)">', details)
    assert links == [topic.entrance for topic in IN_ORDER if topic.key != "works"]


def test_with_one_topic_left_it_is_said_as_one(cast: Cast) -> None:
    for topic in list(TOPICS.values())[1:]:
        cast.ana.answers(topic.key, topic.parts[0].key, **{topic.parts[0].questions[-1].key: "some words"})
    assert "1 topic with nothing in it" in " ".join(page(cast.ana).split())


def test_with_nothing_written_it_says_so(cast: Cast) -> None:
    shown = page(cast.ana)
    assert "Nothing is written yet." in shown
    assert "with nothing in them" not in shown
    assert titles(shown) == []


def test_without_a_state_it_says_so(cast: Cast) -> None:
    note = "You have not chosen a state. The signing pages will be general ones."
    assert note in page(cast.ana)
    assert '<a class="tool" href="/directive/state/">Choose my state</a>' in page(cast.ana)
    cast.ana.post("directives:state_choose", state="NC")
    assert note not in page(cast.ana)


def test_papers_are_made_from_here(cast: Cast) -> None:
    with cast.ana.acting():
        directive = cast.ana.directive()
    shown = page(cast.ana)
    for address, label in (
        (f"/directive/{directive.pk}/print/", "Make my PDF"),
        ("/directive/card/", "Make my wallet card"),
    ):
        form = shown.split(f'action="{address}"')[1].split("</form>")[0]
        assert label in form
        assert 'name="csrfmiddlewaretoken"' in form


def test_what_was_removed_or_belongs_to_another_is_not_shown(cast: Cast) -> None:
    sign = cast.ana.answers("signs", "signs", text="I lose my way")
    cast.ana.post("directives:entry_remove", sign.pk)
    cast.ben.answers("works", text="Ben's own words")
    cast.ben.shares(cast.ana, "directive.draft")
    shown = page(cast.ana)
    assert titles(shown) == []
    assert "I lose my way" not in shown


def test_a_full_directive_costs_no_more_queries(cast: Cast) -> None:
    empty, _brackets = cast.ana.queries("directives:directive_read")
    for topic in TOPICS.values():
        for part in topic.parts:
            for _time in range(1 if part.is_single else 3):
                cast.ana.answers(topic.key, part.key, **{part.questions[-1].key: "some words"})
    full, _brackets = cast.ana.queries("directives:directive_read")
    assert len(titles(page(cast.ana))) == len(TOPICS)
    assert len(full) == len(empty) <= 8, full


def test_what_a_reader_would_miss_first_is_said(cast: Cast) -> None:
    shown = page(cast.ana)
    assert "Your paper has no name on it yet." in shown
    assert "has no phone on it yet." not in shown
    cast.ana.answers("about_me", called="Ana")
    cast.ana.answers("agent", text="Lee Park")
    shown = page(cast.ana)
    assert "Your paper has no name on it yet." not in shown
    assert "Whoever speaks for you has no phone on it yet." in shown
    cast.ana.answers("agent", text="Lee Park", other_phone="919 555 0163")
    assert "has no phone on it yet." not in page(cast.ana)


def test_a_phone_number_can_be_called(cast: Cast) -> None:
    cast.ana.answers("agent", text="Lee Park", phone="+1 919 555 0163")
    assert 'href="tel:+1%20919%20555%200163"' in page(cast.ana)
