"""Stopping a share: one press, at once, never made hard."""

from datetime import timedelta

import pytest
from django.utils import timezone

from plans.models import Entry, Plan
from sharing.models import AccessEvent, Share
from tests.world import Cast


@pytest.fixture
def share(cast: Cast) -> Share:
    cast.ana.writes("tools", "tools", text="I walk by the river")
    return cast.ana.shares(cast.ben, "plan.tools")


def test_it_works(cast: Cast, share: Share) -> None:
    assert cast.ben.get("sharing:share_read", share.pk).status_code == 200
    assert cast.ana.post("sharing:share_stop", share.pk).status_code == 302
    assert cast.ben.get("sharing:share_read", share.pk).status_code == 404
    assert "Ana" not in cast.ben.get("sharing:people").content.decode()


def test_no_passphrase_is_asked(cast: Cast, share: Share) -> None:
    cast.ana.confirms(seconds_ago=9999)
    assert cast.ana.post("sharing:share_stop", share.pk).status_code == 302
    assert cast.ben.get("sharing:share_read", share.pk).status_code == 404


def test_the_database_shows_nothing_any_more(cast: Cast, share: Share) -> None:
    cast.ana.post("sharing:share_stop", share.pk)
    with cast.ben.acting():
        assert not Plan.objects.exclude(holder=cast.ben.pk).exists()
        assert not Entry.objects.exclude(holder=cast.ben.pk).exists()


def test_twice_is_once(cast: Cast, share: Share) -> None:
    for _time in range(2):
        assert cast.ana.post("sharing:share_stop", share.pk).status_code == 302
    assert [event.what for event in cast.ana.log()].count(AccessEvent.What.STOPPED) == 1


def test_words_that_were_given_stop_too(cast: Cast) -> None:
    share, words = cast.ana.offers(None, "plan.tools")
    cast.ana.post("sharing:share_stop", share.pk)
    assert cast.ben.post("sharing:invitation_accept", words=words).status_code == 422
    assert cast.ben.get("sharing:invitation_open", words.replace(" ", "-")).status_code == 422


def test_an_offer_that_was_stopped_cannot_be_accepted(cast: Cast) -> None:
    share, _none = cast.ana.offers(cast.ben, "plan.tools")
    cast.ana.post("sharing:share_stop", share.pk)
    assert cast.ben.post("sharing:share_accept", share.pk).status_code == 404
    assert cast.ben.get("sharing:share_read", share.pk).status_code == 404


@pytest.mark.parametrize(("seconds", "status"), [(30, 200), (0, 404), (-1, 404)])
def test_at_the_end_it_is_over(cast: Cast, share: Share, seconds: int, status: int) -> None:
    """By the database's clock."""
    from django.db import connection  # noqa: PLC0415

    with connection.cursor() as cursor:
        cursor.execute("SELECT now()")
        began = cursor.fetchone()[0]
    cast.ana.sets(share, ends_at=began + timedelta(seconds=seconds))
    assert cast.ben.get("sharing:share_read", share.pk).status_code == status


def test_others_go_on(cast: Cast, share: Share) -> None:
    other = cast.ana.shares(cast.cora, "plan.tools")
    cast.ana.post("sharing:share_stop", share.pk)
    assert cast.cora.get("sharing:share_read", other.pk).status_code == 200


def test_a_new_share_can_be_given_afterwards(cast: Cast, share: Share) -> None:
    cast.ana.post("sharing:share_stop", share.pk)
    again = cast.ana.shares(cast.ben, "plan.tools", ends_at=timezone.now() + timedelta(days=1))
    assert cast.ben.get("sharing:share_read", again.pk).status_code == 200
    assert cast.ben.get("sharing:share_read", share.pk).status_code == 404
