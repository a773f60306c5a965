"""What a reader answers: yes, no thank you, and no longer. The owner sees each answer."""

import pytest

from sharing.models import AccessEvent, Share
from tests.world import Cast

What = AccessEvent.What


@pytest.fixture
def offer(cast: Cast) -> Share:
    cast.ana.writes("tools", "tools", text="I walk by the river")
    return cast.ana.offers(cast.ben, "plan.tools")[0]


def told(cast: Cast) -> list[str]:
    return [event.what for event in cast.ana.log()]


def test_it_works(cast: Cast, offer: Share) -> None:
    assert "Ana" in cast.ben.get("sharing:people").content.decode()
    assert cast.ben.post("sharing:share_accept", offer.pk).status_code == 302
    assert "I walk by the river" in cast.ben.get("sharing:share_read", offer.pk).content.decode()
    assert told(cast) == [What.SHARED, What.ACCEPTED, What.OPENED]


def test_before_the_answer_nothing_can_be_read(cast: Cast, offer: Share) -> None:
    assert "I walk" not in cast.ben.get("sharing:people").content.decode()
    assert cast.ben.get("sharing:share_read", offer.pk).status_code == 403


def test_no_thank_you(cast: Cast, offer: Share) -> None:
    assert cast.ben.post("sharing:share_decline", offer.pk).status_code == 302
    assert told(cast) == [What.SHARED, What.DECLINED]
    assert cast.ben.post("sharing:share_accept", offer.pk).status_code == 404
    assert "Dr. Osei said no." in cast.ana.get("sharing:access_log").content.decode()


def test_no_longer(cast: Cast, offer: Share) -> None:
    cast.ben.post("sharing:share_accept", offer.pk)
    assert cast.ben.post("sharing:share_leave", offer.pk).status_code == 302
    assert told(cast) == [What.SHARED, What.ACCEPTED, What.LEFT]
    assert cast.ben.get("sharing:share_read", offer.pk).status_code == 404


def test_yes_is_said_once(cast: Cast, offer: Share) -> None:
    cast.ben.post("sharing:share_accept", offer.pk)
    assert cast.ben.post("sharing:share_accept", offer.pk).status_code == 403
    assert told(cast).count(What.ACCEPTED) == 1


def test_after_yes_it_is_left_and_not_declined(cast: Cast, offer: Share) -> None:
    cast.ben.post("sharing:share_accept", offer.pk)
    assert cast.ben.post("sharing:share_decline", offer.pk).status_code == 403
    assert cast.ben.get("sharing:share_read", offer.pk).status_code == 200


@pytest.mark.parametrize("act", ["share_accept", "share_decline", "share_leave"])
def test_nobody_answers_for_another(cast: Cast, offer: Share, act: str) -> None:
    assert cast.cora.post(f"sharing:{act}", offer.pk).status_code == 404
    assert cast.ana.post(f"sharing:{act}", offer.pk).status_code == 403
    with cast.ana.acting():
        share = Share.objects.get(pk=offer.pk)
        assert (share.accepted_at, share.stopped_at) == (None, None)


def test_home_says_that_somebody_waits(cast: Cast, offer: Share) -> None:
    assert "1 person wants to share with you" in cast.ben.get("home").content.decode()
    assert "share with you" not in cast.cora.get("home").content.decode()


def test_the_page_of_people_costs_the_same_for_one_and_for_many(cast: Cast, offer: Share) -> None:
    from tests.world import Person  # noqa: PLC0415

    one, _brackets = cast.ben.queries("sharing:people")
    for number in range(5):
        Person(f"friend-{number}").offers(cast.ben, "plan.tools")
    many, _brackets = cast.ben.queries("sharing:people")
    assert len(many) == len(one) <= 8, many
