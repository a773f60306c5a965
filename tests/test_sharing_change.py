"""Changing a share: other parts, another end; it holds from the very next page the reader opens."""

from uuid import uuid4

import pytest

from sharing.models import AccessEvent, Share
from tests.world import Cast

CHANGED = {"label": "Dr. Osei", "my_name": "Ana", "parts": ["plan.gains"], "sure": "1"}


@pytest.fixture
def share(cast: Cast) -> Share:
    cast.ana.writes("tools", "tools", text="I walk by the river")
    cast.ana.writes("gains", "gains", text="I asked for help")
    return cast.ana.shares(cast.ben, "plan.tools")


def test_it_works(cast: Cast, share: Share) -> None:
    assert "I walk by the river" in cast.ben.get("sharing:share_read", share.pk).content.decode()
    assert cast.ana.post("sharing:share_change", share.pk, **CHANGED).status_code == 302
    page = cast.ben.get("sharing:share_read", share.pk).content.decode()
    assert "I asked for help" in page
    assert "I walk by the river" not in page


def test_nothing_changes_before_the_page_to_check(cast: Cast, share: Share) -> None:
    asked = {name: value for name, value in CHANGED.items() if name != "sure"}
    response = cast.ana.post("sharing:share_change", share.pk, **asked)
    assert response.status_code == 200
    assert "This is what they will see" in response.content.decode()
    assert "I walk by the river" in cast.ben.get("sharing:share_read", share.pk).content.decode()


def test_the_form_begins_with_what_is_shared_now(cast: Cast, share: Share) -> None:
    page = cast.ana.get("sharing:share_change", share.pk).content.decode()
    assert page.count("checked") == 1
    assert 'value="Dr. Osei"' in page


def test_an_end_can_be_set_and_taken_away(cast: Cast, share: Share) -> None:
    for until, has_end in (("2040-01-01", True), ("", False)):
        cast.ana.post("sharing:share_change", share.pk, **CHANGED, until=until)
        with cast.ana.acting():
            assert bool(Share.objects.get(pk=share.pk).ends_at) is has_end


def test_a_stopped_share_stays_stopped(cast: Cast, share: Share) -> None:
    cast.ana.post("sharing:share_stop", share.pk)
    response = cast.ana.post("sharing:share_change", share.pk, **CHANGED)
    assert response.status_code == 302
    assert cast.ben.get("sharing:share_read", share.pk).status_code == 404
    assert AccessEvent.What.CHANGED not in [event.what for event in cast.ana.log()]


@pytest.mark.parametrize("wrong", [{"parts": []}, {"parts": ["plan.x"]}, {"label": "\x00"}, {"until": "2020-01-01"}])
def test_what_cannot_be_is_said_calmly_and_changes_nothing(cast: Cast, share: Share, wrong: dict[str, object]) -> None:
    assert cast.ana.post("sharing:share_change", share.pk, **{**CHANGED, **wrong}).status_code == 422
    with cast.ana.acting():
        assert Share.objects.get(pk=share.pk).parts == ["plan.tools"]


def test_the_passphrase_is_asked_for_first(cast: Cast, share: Share) -> None:
    cast.ana.confirms(seconds_ago=301)
    assert cast.ana.post("sharing:share_change", share.pk, **CHANGED).status_code == 200
    with cast.ana.acting():
        assert Share.objects.get(pk=share.pk).parts == ["plan.tools"]


def test_the_reader_is_not_changed(cast: Cast, share: Share) -> None:
    cast.ana.post("sharing:share_change", share.pk, **CHANGED, username="cora", how="name", recipient=cast.cora.pk)
    with cast.ana.acting():
        assert Share.objects.get(pk=share.pk).recipient_id == cast.ben.pk


def test_the_reader_may_not(cast: Cast, share: Share) -> None:
    assert cast.ben.post("sharing:share_change", share.pk, **CHANGED).status_code == 403
    assert cast.cora.post("sharing:share_change", share.pk, **CHANGED).status_code == 404
    assert cast.ana.post("sharing:share_change", uuid4(), **CHANGED).status_code == 404
