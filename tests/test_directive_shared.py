"""Sharing the draft: all of it or nothing, marked as not signed, for as long as the share is live."""

import re

import pytest

from directives.models import DRAFT, Directive, Entry
from directives.topics import TOPICS
from sharing.models import AccessEvent, Share
from tests.world import Cast, Person, World

NOT_SIGNED = "This is a draft. It is not signed, so it has no force in law."
TITLE = "My directive (draft, not signed)"


@pytest.fixture
def share(cast: Cast) -> Share:
    cast.ana.answers("works", text="A walk each day")
    cast.ana.answers("ect", choice="no", reason="I saw it once")
    cast.ana.writes("tools", "tools", text="I walk by the river")
    return cast.ana.shares(cast.ben, DRAFT)


def read(person: Person, share: Share) -> str:
    response = person.get("sharing:share_read", share.pk)
    assert response.status_code == 200
    return response.content.decode()


def laid_out(shown: str) -> list[str]:
    return re.findall(r'<section class="reading.*?</section>', shown, re.S)


def test_it_works(cast: Cast, share: Share) -> None:
    shown = read(cast.ben, share)
    for words in ("A walk each day", "No, I do not agree", "I saw it once", NOT_SIGNED):
        assert words in shown
    assert "I walk by the river" not in shown, "nothing of the plan"
    assert "Change" not in shown


def test_nothing_that_is_written_is_left_out(world: World) -> None:
    shown = read(world.people["reader"], world.shares["reader"])
    found = world.canaries.found_in(shown)
    assert world.canaries.below("owner.directive") <= found
    assert not found & world.canaries.below("owner.older", "owner.removed_answer", "owner.document")


def test_what_is_empty_or_was_removed_is_not_shown(cast: Cast, share: Share) -> None:
    sign = cast.ana.answers("signs", "signs", text="I lose my way")
    cast.ana.post("directives:entry_remove", sign.pk)
    cast.ana.post("directives:topic_skip", "trauma")
    cast.ana.answers("works")
    shown = read(cast.ben, share)
    assert re.findall(r'<h2 id="read-(\w+)">', shown) == ["ect"]
    assert "I lose my way" not in shown
    assert "skipped" not in shown, "what was put aside is nobody's business"


def test_an_empty_draft_says_so(cast: Cast) -> None:
    share = cast.ana.shares(cast.ben, DRAFT)
    shown = read(cast.ben, share)
    assert "Nothing is written here yet." in shown
    assert NOT_SIGNED in shown


def test_it_keeps_step_with_what_is_written(cast: Cast, share: Share) -> None:
    cast.ana.answers("works", text="A swim")
    shown = read(cast.ben, share)
    assert "A swim" in shown
    assert "A walk each day" not in shown


def test_a_reader_of_the_plan_alone_sees_nothing_of_it(cast: Cast, share: Share) -> None:
    other = cast.ana.shares(cast.cora, "plan.tools")
    shown = read(cast.cora, other)
    assert "I walk by the river" in shown
    assert "A walk each day" not in shown
    assert "not signed" not in shown
    with cast.cora.acting():
        assert not Directive.objects.visible_to(cast.cora.user).exclude(holder=cast.cora.pk).exists()
        assert not Entry.objects.exclude(holder=cast.cora.pk).exists(), "the database shows nothing either"


def test_beside_the_plan_it_stands_by_itself(cast: Cast, share: Share) -> None:
    both = cast.ana.shares(cast.cora, "plan.tools", DRAFT)
    shown = read(cast.cora, both)
    assert "I walk by the river" in shown
    assert "A walk each day" in shown
    ids = re.findall(r'\sid="([^"]+)"', shown)
    assert len(ids) == len(set(ids))


def test_stopped_it_is_hidden_at_once(cast: Cast, share: Share) -> None:
    cast.ana.post("sharing:share_stop", share.pk)
    assert cast.ben.get("sharing:share_read", share.pk).status_code == 404
    with cast.ben.acting():
        assert not Directive.objects.exclude(holder=cast.ben.pk).exists()
        assert not Entry.objects.exclude(holder=cast.ben.pk).exists()


def test_taken_out_of_the_share_it_is_hidden_at_once(cast: Cast, share: Share) -> None:
    cast.ana.sets(share, parts=["plan.tools"])
    shown = read(cast.ben, share)
    assert "A walk each day" not in shown
    assert "I walk by the river" in shown


def test_the_reader_changes_nothing(cast: Cast, share: Share) -> None:
    """Whatever the reader sends goes to their own directive."""
    for act, more in (("topic_skip", ["ect"]), ("topic_take_up", ["ect"]), ("state_choose", [])):
        assert cast.ben.post(f"directives:{act}", *more, state="NC").status_code == 302
    with cast.ana.acting():
        mine = Directive.objects.get(holder=cast.ana.pk)
        assert (mine.state, mine.skipped) == ("", [])


def test_the_owner_sees_what_the_reader_sees(cast: Cast, share: Share) -> None:
    seen = laid_out(read(cast.ben, share))
    preview = cast.ana.get("sharing:share_preview", share.pk).content.decode()
    assert len(seen) == 2
    assert laid_out(preview) == seen
    assert NOT_SIGNED in preview


def test_before_sharing_too(cast: Cast, share: Share) -> None:
    said = {"label": "Cora", "my_name": "Ana", "how": "name", "username": "cora", "parts": [DRAFT]}
    checked = cast.ana.post("sharing:share_add", **said).content.decode()
    assert laid_out(checked) == laid_out(read(cast.ben, share))
    assert TITLE in checked


def test_it_is_offered_and_not_ticked(cast: Cast) -> None:
    page = cast.ana.get("sharing:share_add").content.decode()
    [box] = re.findall(rf'<input[^>]*value="{re.escape(DRAFT)}"[^>]*>', page)
    assert TITLE in page
    assert "checked" not in box


def test_each_reading_is_in_the_log_under_its_name(cast: Cast, share: Share) -> None:
    before = len(cast.ana.log())
    read(cast.ben, share)
    [event] = cast.ana.log()[before:]
    assert (event.what, event.actor_id, event.parts) == (AccessEvent.What.OPENED, cast.ben.pk, [DRAFT])
    assert TITLE in cast.ana.get("sharing:access_log").content.decode()


def test_a_full_draft_costs_no_more_queries(cast: Cast, share: Share) -> None:
    few, _brackets = cast.ben.queries("sharing:share_read", share.pk)
    for topic in TOPICS.values():
        for part in topic.parts:
            for _time in range(1 if part.is_single else 3):
                cast.ana.answers(topic.key, part.key, **{part.questions[-1].key: "some words"})
    many, _brackets = cast.ben.queries("sharing:share_read", share.pk)
    assert len(laid_out(read(cast.ben, share))) == len(TOPICS)
    assert len(many) == len(few) <= 8, many
