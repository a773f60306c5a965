"""The overview of a directive: every topic under its heading, how far it is, nothing that scolds."""

import re

from directives.topics import GROUPS, TOPICS
from records import writing
from records.outbox import Job
from tests import jobs
from tests.world import Cast, Person


def page(person: Person) -> str:
    return person.get("directives:directive_overview").content.decode()


def states(person: Person) -> dict[str, str]:
    """What stands beside each topic, by its key."""
    rows = re.findall(r'<li id="topic-(\w+)">.*?<span class="task-state">(.*?)</span>', page(person), re.S)
    return {key: " ".join(words.split()) for key, words in rows}


def test_it_works(cast: Cast) -> None:
    cast.ana.answers("works", text="A walk each day")
    cast.ana.post("directives:topic_skip", "ect")
    expected = {**dict.fromkeys(TOPICS, "nothing yet"), "works": "written", "ect": "skipped"}
    assert states(cast.ana) == expected
    assert "A walk each day" not in page(cast.ana)
    assert "It tells nobody by itself." in page(cast.ana)


def test_topics_stand_under_their_headings_in_order(cast: Cast) -> None:
    shown = page(cast.ana)
    at = -1
    for group, title in GROUPS:
        for words in (f"{title}</h2>", *(f'id="topic-{key}"' for key, topic in TOPICS.items() if topic.group == group)):
            place = shown.index(words, at + 1)
            assert place > at
            at = place


def test_a_new_person_is_shown_a_place_to_begin(cast: Cast) -> None:
    shown = page(cast.ana)
    assert "Nothing is written yet." in shown
    assert '<a class="button" href="/directive/agent/">Begin with who speaks for me</a>' in shown
    assert "Read it through" not in shown
    assert set(states(cast.ana).values()) == {"nothing yet"}


def test_whoever_only_skipped_is_new_still(cast: Cast) -> None:
    cast.ana.post("directives:topic_skip", "ect")
    assert "Nothing is written yet." in page(cast.ana)


def test_with_something_written_it_leads_to_the_whole(cast: Cast) -> None:
    cast.ana.answers("works", text="A walk")
    shown = page(cast.ana)
    assert "Nothing is written yet." not in shown
    assert 'href="/directive/whole/"' in shown
    assert 'href="/sharing/add/"' in shown


def test_a_form_that_was_emptied_is_not_begun(cast: Cast) -> None:
    cast.ana.answers("works", text="A walk")
    cast.ana.answers("works")
    assert states(cast.ana)["works"] == "nothing yet"
    assert "Nothing is written yet." in page(cast.ana)


def test_a_list_whose_last_line_was_removed_is_not_begun(cast: Cast) -> None:
    sign = cast.ana.answers("signs", "signs", text="I lose my way")
    with cast.ana.acting():
        writing.remove(sign)
    assert states(cast.ana)["signs"] == "nothing yet"


def test_what_is_written_counts_for_more_than_that_it_was_skipped(cast: Cast) -> None:
    cast.ana.post("directives:topic_skip", "works")
    cast.ana.answers("works", text="A walk")
    assert states(cast.ana)["works"] == "written"
    cast.ana.answers("works")
    assert states(cast.ana)["works"] == "skipped", "emptied again, it is as it was"


def test_the_state_and_what_signing_takes_are_said(cast: Cast) -> None:
    assert "North Carolina" not in page(cast.ana)
    cast.ana.post("directives:state_choose", state="NC")
    shown = " ".join(page(cast.ana).split())
    assert "North Carolina" in shown
    assert "2 witnesses" in shown
    assert "and a notary" in shown


def test_hard_pages_are_entered_by_the_word_before_them(cast: Cast) -> None:
    shown = page(cast.ana)
    for key, topic in TOPICS.items():
        assert f'id="topic-{key}">\n            <a class="task" href="{topic.entrance}">' in shown
    assert 'href="/directive/trauma/"' not in shown
    assert 'href="/directive/emergency-measures/"' not in shown


def test_each_sees_only_their_own(cast: Cast) -> None:
    cast.ben.answers("works", text="Ben's own words")
    cast.ben.shares(cast.ana, "directive.draft")
    assert "Nothing is written yet." in page(cast.ana)
    assert set(states(cast.ana).values()) == {"nothing yet"}


def test_a_full_directive_costs_no_more_queries(cast: Cast) -> None:
    empty, _brackets = cast.ana.queries("directives:directive_overview")
    for topic in TOPICS.values():
        for part in topic.parts:
            cast.ana.answers(topic.key, part.key, **{part.questions[-1].key: "some words"})
    full, _brackets = cast.ana.queries("directives:directive_overview")
    assert set(states(cast.ana).values()) == {"written"}
    assert len(full) == len(empty) <= 8, full


def test_a_document_is_found_again_while_it_is_kept(cast: Cast) -> None:
    with cast.ana.acting():
        pk = cast.ana.directive().pk
    cast.ana.post("directives:card_ask")
    for _press in range(2):
        cast.ana.post("directives:document_ask", pk)
    shown = cast.ana.get("directives:directive_overview").content.decode()
    assert shown.count("being made") == 2
    with cast.ana.acting():
        job = jobs.drafted(cast.ana.user, cast.ana.directive(), "some words")
    shown = cast.ana.get("directives:directive_overview").content.decode()
    assert f"/jobs/{job.pk}/" in shown
    Job.objects.filter(pk=job.pk).update(file=None)
    assert f"/jobs/{job.pk}/" not in cast.ana.get("directives:directive_overview").content.decode()
    assert "/jobs/" not in cast.ben.get("directives:directive_overview").content.decode()


def test_what_helps_most_in_an_emergency_is_offered_until_it_is_written(cast: Cast) -> None:
    cast.ana.answers("works", text="A walk")
    shown = cast.ana.get("directives:directive_overview").content.decode()
    useful = shown.split("These help most in an emergency")[1].split("</section>")[0]
    assert "/directive/allergies/" in useful
    cast.ana.answers("allergies", "allergies", text="Nuts")
    shown = cast.ana.get("directives:directive_overview").content.decode()
    assert "/directive/allergies/" not in shown.split("These help most in an emergency")[1].split("</section>")[0]
