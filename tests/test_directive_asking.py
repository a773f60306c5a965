"""Asking for a paper made of the draft: one job, for the owner or a reader of it; the card for the owner alone."""

import uuid

import pytest

from directives.kinds import DIRECTIVE
from directives.models import DRAFT, Directive
from records.outbox import Job
from sharing.models import AccessEvent
from tests.world import Cast, Person

ASK, CARD = "directives:document_ask", "directives:card_ask"


def draft_of(person: Person) -> Directive:
    with person.acting():
        return person.directive()


def jobs() -> list[Job]:
    return list(Job.objects.order_by("asked_at"))


def test_it_works(cast: Cast) -> None:
    directive = draft_of(cast.ana)
    response = cast.ana.post(ASK, directive.pk)
    [job] = jobs()
    assert (response.status_code, response["Location"]) == (302, f"/jobs/{job.pk}/")
    assert job.kind == "directive.pdf"
    assert (job.holder_id, job.person_id, job.subject_id) == (cast.ana.pk, cast.ana.pk, directive.pk)
    shown = cast.ana.get("records:job_detail", job.pk).content.decode()
    assert str(DIRECTIVE.title) in shown


def test_the_card_too(cast: Cast) -> None:
    response = cast.ana.post(CARD)
    [job] = jobs()
    assert response["Location"] == f"/jobs/{job.pk}/"
    assert (job.kind, job.person_id, job.subject_id) == ("directive.card", cast.ana.pk, draft_of(cast.ana).pk)
    assert "My wallet card" in cast.ana.get("records:job_detail", job.pk).content.decode()


def test_pressing_twice_asks_once(cast: Cast) -> None:
    directive = draft_of(cast.ana)
    places = {cast.ana.post(ASK, directive.pk)["Location"] for _time in range(2)}
    cards = {cast.ana.post(CARD)["Location"] for _time in range(2)}
    assert (len(places), len(cards), len(jobs())) == (1, 1, 2)


def test_after_it_began_it_is_asked_anew(cast: Cast) -> None:
    """What it is made of may have changed."""
    directive = draft_of(cast.ana)
    cast.ana.post(ASK, directive.pk)
    Job.objects.update(attempts=1)
    cast.ana.post(ASK, directive.pk)
    assert len(jobs()) == 2


def test_a_reader_of_the_draft_asks_and_it_is_told(cast: Cast) -> None:
    """The log says the draft, and not all else that is shared with them."""
    cast.ana.shares(cast.ben, "plan.tools", DRAFT)
    directive = draft_of(cast.ana)
    before = len(cast.ana.log())
    response = cast.ben.post(ASK, directive.pk)
    [job] = jobs()
    assert response["Location"] == f"/jobs/{job.pk}/"
    assert (job.holder_id, job.person_id, job.subject_id) == (cast.ana.pk, cast.ben.pk, directive.pk)
    [event] = cast.ana.log()[before:]
    assert (event.what, event.actor_id, event.parts) == (AccessEvent.What.OPENED, cast.ben.pk, [DRAFT])
    # In the words she has for him: he reads now, and was never "somebody you once shared with".
    assert "Dr. Osei opened what you share." in cast.ana.get("sharing:access_log").content.decode()
    assert cast.ben.get("records:job_detail", job.pk).status_code == 200
    assert cast.ana.get("records:job_detail", job.pk).status_code == 404, "it is the reader's own"


def test_owner_and_reader_have_a_job_each(cast: Cast) -> None:
    cast.ana.shares(cast.ben, DRAFT)
    directive = draft_of(cast.ana)
    for person in (cast.ana, cast.ben):
        person.post(ASK, directive.pk)
    assert [job.person_id for job in jobs()] == [cast.ana.pk, cast.ben.pk]


def test_what_i_ask_for_myself_is_not_told(cast: Cast) -> None:
    cast.ana.post(ASK, draft_of(cast.ana).pk)
    assert cast.ana.log() == []


@pytest.mark.parametrize("parts", [[], ["plan.tools"]])
def test_nobody_else_asks(cast: Cast, parts: list[str]) -> None:
    if parts:
        cast.ana.shares(cast.ben, *parts)
    before = len(cast.ana.log())
    assert cast.ben.post(ASK, draft_of(cast.ana).pk).status_code == 404
    assert cast.ben.post(ASK, uuid.uuid4()).status_code == 404
    assert jobs() == []
    told = [event.what for event in cast.ana.log()[before:]]
    assert told == ([AccessEvent.What.TURNED_AWAY] if parts else [])


def test_after_the_share_was_stopped_the_reader_asks_no_more(cast: Cast) -> None:
    share = cast.ana.shares(cast.ben, DRAFT)
    cast.ana.post("sharing:share_stop", share.pk)
    assert cast.ben.post(ASK, draft_of(cast.ana).pk).status_code == 404
    assert jobs() == []


def test_a_reader_gets_a_card_of_their_own_only(cast: Cast) -> None:
    cast.ana.shares(cast.ben, DRAFT)
    cast.ben.post(CARD, subject_id=draft_of(cast.ana).pk, pk=draft_of(cast.ana).pk)
    [job] = jobs()
    assert (job.holder_id, job.subject_id) == (cast.ben.pk, draft_of(cast.ben).pk)


@pytest.mark.parametrize("name", [ASK, CARD])
def test_looking_asks_for_nothing(cast: Cast, name: str) -> None:
    args = [draft_of(cast.ana).pk] if name == ASK else []
    assert cast.ana.get(name, *args).status_code == 405
    assert jobs() == []


@pytest.mark.parametrize("name", [ASK, CARD])
def test_somebody_who_is_not_signed_in_is_asked_to(cast: Cast, name: str) -> None:
    args = [draft_of(cast.ana).pk] if name == ASK else []
    cast.ana.client.logout()
    assert cast.ana.post(name, *args).status_code == 401
    assert jobs() == []
