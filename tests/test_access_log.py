"""Who opened what, when: each reading by another is one line, each try that was turned away too, and no other."""

import re
from collections.abc import Iterator
from datetime import timedelta
from uuid import uuid4

import psycopg
import pytest
from django.utils import timezone

from recovery_portal.roles import Addresses
from sharing.models import AccessEvent, Share
from sharing.views import PAGE
from tests.world import Cast, Person, World

What = AccessEvent.What


def new_lines(person: Person, before: int) -> list[tuple[str, object, list[str]]]:
    return [(event.what, event.actor_id, event.parts) for event in person.log()[before:]]


@pytest.fixture
def share(cast: Cast) -> Share:
    return cast.ana.shares(cast.ben, "plan.tools", "plan.crisis")


def test_it_works(cast: Cast, share: Share) -> None:
    """One reading, one line, with exactly the parts that were shared; and it reads as a sentence."""
    before = len(cast.ana.log())
    assert cast.ben.get("sharing:share_read", share.pk).status_code == 200
    assert new_lines(cast.ana, before) == [(What.OPENED, cast.ben.pk, ["plan.tools", "plan.crisis"])]
    page = cast.ana.get("sharing:access_log").content.decode()
    assert "Dr. Osei opened what you share." in page
    assert re.search(r"<li>My tools</li>\s*<li>If I am in crisis</li>\s*</ul>", page)


def test_each_reading_is_a_line_of_its_own(cast: Cast, share: Share) -> None:
    before = len(cast.ana.log())
    for _time in range(3):
        cast.ben.get("sharing:share_read", share.pk)
    assert len(cast.ana.log()) == before + 3


def test_a_visit_reads_as_one_sentence(cast: Cast, share: Share) -> None:
    for _time in range(3):
        cast.ben.get("sharing:share_read", share.pk)
    assert cast.ana.get("sharing:access_log").content.decode().count("Dr. Osei opened") == 1


def test_what_is_offered_changed_and_stopped_is_said(cast: Cast) -> None:
    share = cast.ana.shares(cast.ben, "plan.tools")
    said = {"label": "Dr. Osei", "my_name": "Ana", "sure": "1"}
    cast.ana.post("sharing:share_change", share.pk, parts=["plan.gains"], **said)
    cast.ana.post("sharing:share_stop", share.pk)
    assert [event.what for event in cast.ana.log()] == [What.SHARED, What.ACCEPTED, What.CHANGED, What.STOPPED]
    page = cast.ana.get("sharing:access_log").content.decode()
    for sentence in (
        "You offered to share with Dr. Osei.",
        "Dr. Osei said yes.",
        "You changed what Dr. Osei can read.",
        "You stopped sharing with Dr. Osei.",
    ):
        assert sentence in page


def test_a_try_after_the_end_is_told_and_shows_nothing(cast: Cast, share: Share) -> None:
    cast.ana.sets(share, ends_at=timezone.now() - timedelta(seconds=1))
    before = len(cast.ana.log())
    assert cast.ben.get("sharing:share_read", share.pk).status_code == 404
    assert new_lines(cast.ana, before) == [(What.TURNED_AWAY, cast.ben.pk, [])]
    assert (
        "tried to open something that is not shared, and saw nothing"
        in cast.ana.get("sharing:access_log").content.decode()
    )


def test_a_try_at_an_entry_is_told_though_the_page_was_rolled_back(cast: Cast, share: Share) -> None:
    entry = cast.ana.writes("gains", "gains", text="I asked for help")
    before = len(cast.ana.log())
    assert cast.ben.post("plans:entry_remove", entry.pk).status_code == 404
    assert [what for what, _who, _parts in new_lines(cast.ana, before)] == [What.TURNED_AWAY]


def test_a_strangers_guess_is_not_told(cast: Cast, share: Share) -> None:
    before = len(cast.ana.log())
    assert cast.cora.get("sharing:share_read", share.pk).status_code == 404
    assert cast.cora.get("sharing:share_read", uuid4()).status_code == 404
    assert new_lines(cast.ana, before) == []
    assert cast.cora.log() == []


def test_what_i_open_myself_is_not_told(cast: Cast, share: Share) -> None:
    before = len(cast.ana.log())
    cast.ana.get("sharing:share_preview", share.pk)
    cast.ana.get("plans:plan_read")
    assert cast.ana.get("sharing:share_read", share.pk).status_code == 403
    assert new_lines(cast.ana, before) == []


def test_the_reader_sees_only_their_own_log(cast: Cast, share: Share) -> None:
    cast.ben.get("sharing:share_read", share.pk)
    assert "Nothing yet." in cast.ben.get("sharing:access_log").content.decode()


def test_an_old_line_keeps_the_name_after_the_share_is_over(cast: Cast, share: Share) -> None:
    cast.ben.get("sharing:share_read", share.pk)
    cast.ana.post("sharing:share_stop", share.pk)
    assert "Dr. Osei opened what you share." in cast.ana.get("sharing:access_log").content.decode()


def test_a_long_log_costs_no_more_queries(cast: Cast, share: Share) -> None:
    few, _brackets = cast.ana.queries("sharing:access_log")
    for _time in range(PAGE):
        cast.ben.get("sharing:share_read", share.pk)
    many, _brackets = cast.ana.queries("sharing:access_log")
    assert len(many) == len(few) <= 8, many


@pytest.fixture
def log_that_takes_nothing(world: World, addresses: Addresses) -> Iterator[None]:
    with psycopg.connect(addresses.admin, autocommit=True) as server:
        server.execute("REVOKE INSERT ON sharing_accessevent FROM recovery_web")
        try:
            yield
        finally:
            server.execute("GRANT INSERT ON sharing_accessevent TO recovery_web")


@pytest.mark.usefixtures("log_that_takes_nothing")
def test_if_it_cannot_be_written_nothing_is_shown(world: World) -> None:
    response = world.people["reader"].get("sharing:share_read", world.shares["reader"].pk)
    assert response.status_code in (500, 503)
    assert world.canaries.found_in(response.content.decode()) == set()


@pytest.mark.usefixtures("log_that_takes_nothing")
def test_if_it_cannot_be_written_nothing_is_given_changed_or_stopped(world: World) -> None:
    owner, share = world.owner, world.shares["reader"]
    said = {"label": "My sister", "my_name": "Me", "parts": ["plan.gains"], "how": "words", "sure": "1"}
    assert owner.post("sharing:share_give", **said).status_code >= 500
    assert owner.post("sharing:share_change", share.pk, **said).status_code >= 500
    with owner.acting():
        assert Share.objects.get(pk=share.pk).parts == share.parts
        assert Share.objects.filter(holder=owner.pk).count() == len(world.shares)
