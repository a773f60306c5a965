"""A word before the pages on force and old hurt: it says what comes, with a way in and a way round."""

from uuid import uuid4

import pytest

from directives.models import Directive
from directives.topics import TOPICS, Topic
from tests.world import Cast, Person

HARD = [TOPICS["emergency_measures"], TOPICS["trauma"]]
both = pytest.mark.parametrize("topic", HARD, ids=lambda topic: topic.key)


def page(person: Person, name: str, *args: str) -> str:
    response = person.get(name, *args)
    assert response.status_code == 200
    return response.content.decode()


@both
def test_it_works(cast: Cast, topic: Topic) -> None:
    shown = page(cast.ana, "directives:topic_warning", topic.slug)
    assert str(topic.warning) in shown
    assert "You do not have to answer." in shown
    assert f'<a class="button button-quiet" href="{topic.address}">Open the page</a>' in shown
    assert f'action="{topic.address}skip/"' in shown
    assert "Not now" in shown
    for part in topic.parts:
        assert str(part.main.label) not in shown, "none of its questions stands here yet"


@both
def test_every_list_of_pages_leads_there_first(cast: Cast, topic: Topic) -> None:
    before = list(TOPICS.values())[list(TOPICS.values()).index(topic) - 1]
    cast.ana.answers("works", text="A walk")
    for name, args in (
        ("directives:directive_overview", ()),
        ("directives:section_detail", (before.slug,)),
        ("directives:directive_read", ()),
    ):
        shown = page(cast.ana, name, *args)
        assert f'href="{topic.address}before/"' in shown, name
        assert f'href="{topic.address}"' not in shown, name


@both
def test_not_now_skips_it(cast: Cast, topic: Topic) -> None:
    response = cast.ana.post("directives:topic_skip", topic.slug)
    assert response["Location"] == "/directive/"
    overview = page(cast.ana, "directives:directive_overview")
    assert "skipped" in overview.split(f'id="topic-{topic.key}"')[1].split("</li>")[0]


def test_behind_it_one_writes_without_meeting_it_again(cast: Cast) -> None:
    with cast.ana.acting():
        entry = cast.ana.directive().single_id("trauma", "own")
    sent = {"part": "own", "entry": entry, "seen": 0, "text": "Ask before touch", "done": "1"}
    saved = cast.ana.post("directives:entry_add", "trauma", **sent)
    assert saved["Location"] == f"/directive/trauma/#entry-{entry}"
    sent = {"part": "measures", "entry": uuid4(), "seen": 0, "text": "A medicine I swallow", "done": "1"}
    added = cast.ana.post("directives:entry_add", "emergency-measures", **sent)
    assert added["Location"] == f"/directive/emergency-measures/#entry-{sent['entry']}"
    removed = cast.ana.post("directives:entry_remove", sent["entry"])
    assert removed["Location"] == "/directive/emergency-measures/"
    back = page(cast.ana, "directives:entry_edit", str(sent["entry"]))
    assert 'href="/directive/emergency-measures/"' in back


@both
def test_a_tab_does_not_say_what_it_is_about(cast: Cast, topic: Topic) -> None:
    for name in ("directives:topic_warning", "directives:section_detail"):
        title = page(cast.ana, name, topic.slug).split("<title>")[1].split("</title>")[0]
        assert str(topic.title) not in title
        assert "My directive" in title


def test_other_topics_need_none(cast: Cast) -> None:
    for topic in TOPICS.values():
        if topic not in HARD:
            response = cast.ana.get("directives:topic_warning", topic.slug)
            assert (response.status_code, response["Location"]) == (302, topic.address)


def test_looking_at_it_changes_nothing(cast: Cast) -> None:
    page(cast.ana, "directives:topic_warning", "trauma")
    with cast.ana.acting():
        assert Directive.objects.get(holder=cast.ana.pk).skipped == []
