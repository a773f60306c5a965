"""A share by link or by five words said aloud: it works once, for seven days, for whoever brings the words."""

import threading
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from records.models import Pass
from records.passes import hash_of, make_pass
from sharing.models import Share
from tests.world import Cast, Person


@pytest.fixture
def offer(cast: Cast) -> tuple[Share, str]:
    cast.ana.writes("tools", "tools", text="I walk by the river")
    return cast.ana.offers(None, "plan.tools")


def link(words: str) -> str:
    return words.replace(" ", "-")


def taken_by(owner: Person, share: Share) -> object:
    with owner.acting():
        return Share.objects.get(pk=share.pk).recipient_id


def test_it_works(cast: Cast, offer: tuple[Share, str]) -> None:
    share, words = offer
    page = cast.ben.get("sharing:invitation_open", link(words)).content.decode()
    assert "Ana" in page
    assert "I walk by the river" not in page
    assert taken_by(cast.ana, share) is None, "following a link changes nothing"
    assert cast.ben.post("sharing:invitation_accept", words=words).status_code == 302
    assert "I walk by the river" in cast.ben.get("sharing:share_read", share.pk).content.decode()


@pytest.mark.parametrize("say", [str.upper, str.title, lambda words: f"  {words.replace(' ', ',  ')} ", link])
def test_how_the_words_are_typed_makes_no_difference(cast: Cast, offer: tuple[Share, str], say) -> None:
    share, words = offer
    response = cast.ben.post("sharing:invitation_enter", words=say(words))
    assert response.status_code == 200
    assert reverse("sharing:invitation_accept") in response.content.decode()
    cast.ben.post("sharing:invitation_accept", words=say(words))
    assert taken_by(cast.ana, share) == cast.ben.pk


def test_without_an_account_the_page_leads_to_one_and_back(offer: tuple[Share, str]) -> None:
    _share, words = offer
    response = Client().post(reverse("sharing:invitation_enter"), {"words": words.replace(" ", ",").upper()})
    page = response.content.decode()
    assert "Ana" in page
    way_back = reverse("sharing:invitation_open", args=[link(words)])
    assert page.count(f"?next={way_back}") == 2


def test_the_words_work_once(cast: Cast, offer: tuple[Share, str]) -> None:
    share, words = offer
    cast.ben.post("sharing:invitation_accept", words=words)
    assert cast.cora.post("sharing:invitation_accept", words=words).status_code == 422
    assert cast.cora.get("sharing:invitation_open", link(words)).status_code == 422
    assert taken_by(cast.ana, share) == cast.ben.pk


def test_after_seven_days_they_do_not_work(cast: Cast, offer: tuple[Share, str]) -> None:
    share, words = offer
    with cast.ana.acting():
        made = Pass.objects.get(subject_id=share.pk)
        assert made.expires_at
        assert made.expires_at - made.made_at == pytest.approx(timedelta(days=7), abs=timedelta(seconds=5))
        Pass.objects.filter(pk=made.pk).update(expires_at=timezone.now() - timedelta(seconds=1))
    assert cast.ben.post("sharing:invitation_accept", words=words).status_code == 422
    assert taken_by(cast.ana, share) is None


def test_a_share_that_has_ended_meanwhile_cannot_be_taken(cast: Cast, offer: tuple[Share, str]) -> None:
    share, words = offer
    cast.ana.sets(share, ends_at=timezone.now() - timedelta(seconds=1))
    assert cast.ben.get("sharing:invitation_open", link(words)).status_code == 422
    assert cast.ben.post("sharing:invitation_accept", words=words).status_code == 422


def test_new_words_end_the_old_ones(cast: Cast, offer: tuple[Share, str]) -> None:
    share, words = offer
    assert cast.ana.post("sharing:share_invite", share.pk).status_code == 200
    assert cast.ben.post("sharing:invitation_accept", words=words).status_code == 422


def test_a_taken_share_needs_no_words(cast: Cast, offer: tuple[Share, str]) -> None:
    share, words = offer
    cast.ben.post("sharing:invitation_accept", words=words)
    assert cast.ana.post("sharing:share_invite", share.pk).status_code == 302


def test_ones_own_words_are_for_somebody_else(cast: Cast, offer: tuple[Share, str]) -> None:
    share, words = offer
    response = cast.ana.post("sharing:invitation_accept", words=words)
    assert response.status_code == 422
    assert "your own words" in response.content.decode()
    assert taken_by(cast.ana, share) is None


def test_whoever_has_a_share_already_keeps_that_one(cast: Cast, offer: tuple[Share, str]) -> None:
    share, words = offer
    cast.ana.shares(cast.ben, "plan.gains")
    response = cast.ben.post("sharing:invitation_accept", words=words)
    assert response.status_code == 422
    assert "already shares with you" in response.content.decode()
    assert taken_by(cast.ana, share) is None
    assert cast.cora.post("sharing:invitation_accept", words=words).status_code == 302, "the words are not used up"


def test_a_share_that_has_ended_is_not_in_the_way(cast: Cast, offer: tuple[Share, str]) -> None:
    share, words = offer
    old = cast.ana.shares(cast.ben, "plan.gains")
    cast.ana.sets(old, ends_at=timezone.now() - timedelta(days=1))
    assert cast.ben.post("sharing:invitation_accept", words=words).status_code == 302
    assert cast.ben.get("sharing:share_read", share.pk).status_code == 200


@pytest.mark.parametrize(
    "words", ["", " ", "\x00", "x" * 5000, "--", "<script>", "ünï cödé wörds äre höre", "' OR 1=1 --"]
)
def test_odd_words_open_nothing(cast: Cast, words: str) -> None:
    for page in ("sharing:invitation_enter", "sharing:invitation_accept"):
        response = cast.ben.post(page, words=words)
        assert response.status_code == 422
        assert "<script>" not in response.content.decode()


def test_nothing_sent_at_all_opens_nothing(cast: Cast) -> None:
    assert cast.ben.post("sharing:invitation_accept").status_code == 422
    assert cast.ben.post("sharing:invitation_enter").status_code == 422


def test_only_the_hash_is_kept(cast: Cast, offer: tuple[Share, str]) -> None:
    share, words = offer
    with cast.ana.acting():
        assert bytes(Pass.objects.get(subject_id=share.pk).secret_hash) == hash_of(words)


def test_guessing_is_slowed_down(cast: Cast) -> None:
    statuses = [cast.ben.post("sharing:invitation_enter", words="a guess of five words").status_code for _ in range(61)]
    assert statuses[:60] == [422] * 60
    assert statuses[60] == 429


def test_guessing_by_link_is_slowed_down_as_well(cast: Cast) -> None:
    statuses = [cast.ben.get("sharing:invitation_open", "a-guess-of-five-words").status_code for _ in range(61)]
    assert statuses[60] == 429


@pytest.mark.django_db(transaction=True)
def test_two_who_say_the_words_at_once() -> None:
    cast = Cast()
    share, words = cast.ana.offers(None, "plan.tools")
    statuses: dict[str, int] = {}

    def say(person: Person) -> None:
        try:
            address = reverse("sharing:invitation_accept")
            statuses[person.user.username] = person.client.post(address, {"words": words}).status_code
        finally:
            connection.close()

    both = [threading.Thread(target=say, args=[person]) for person in (cast.ben, cast.cora)]
    for each in both:
        each.start()
    for each in both:
        each.join()
    assert sorted(statuses.values()) == [302, 422]
    assert taken_by(cast.ana, share) in (cast.ben.pk, cast.cora.pk)


def test_a_pass_made_by_hand_opens_nothing_of_anybody_elses(cast: Cast) -> None:
    """Ben points a pass of his own at Ana's share: neither wall takes it for an invitation."""
    share, _words = cast.ana.offers(None, "plan.tools")
    with cast.ben.acting():
        _made, words = make_pass(
            cast.ben.pk, Pass.Purpose.INVITATION, words=5, lasts=timedelta(days=1), subject=share.pk
        )
    assert cast.ben.post("sharing:invitation_enter", words=words).status_code == 422
    assert cast.ben.post("sharing:invitation_accept", words=words).status_code == 422
    assert cast.ben.get("sharing:share_read", share.pk).status_code == 404


def test_the_words_again_lead_to_what_they_opened(cast: Cast) -> None:
    share, words = cast.ana.offers(None, "plan.tools")
    for _press in range(2):
        response = cast.ben.post("sharing:invitation_accept", words=words)
        assert (response.status_code, response["Location"]) == (302, f"/people/{share.pk}/")
