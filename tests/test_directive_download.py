"""Fetching a finished paper: for whoever asked for it, while they may read what it was made of."""

import uuid
from typing import Any

import pytest
from django.utils import timezone

from directives.kinds import CARD, DIRECTIVE
from directives.models import DRAFT, Directive
from directives.tasks import NEVER_SHARED
from records import files
from records.outbox import Job
from sharing.models import AccessEvent
from tests import jobs
from tests.world import Cast, Person

WORDS = "%PDF she sings in the kitchen"


def draft_of(owner: Person, reader: Person | None = None) -> Directive:
    reader = reader or owner
    with reader.acting():
        return Directive.objects.visible_to(reader.user).get(holder=owner.pk)


def made_for(person: Person, owner: Person, words: str = WORDS) -> Job:
    """A job of this person's, whose file is there."""
    directive = draft_of(owner, person)
    with person.acting():
        return jobs.drafted(person.user, directive, words)


def fetch(person: Person, owner: Person, job: Job | uuid.UUID) -> Any:
    directive = draft_of(owner)
    return person.get("directives:document_download", directive.pk, job.pk if isinstance(job, Job) else job)


def test_it_works(cast: Cast) -> None:
    response = fetch(cast.ana, cast.ana, made_for(cast.ana, cast.ana))
    assert response.status_code == 200
    assert response.content == WORDS.encode()
    assert response["Content-Type"] == "application/pdf"
    assert response["Content-Disposition"] == 'attachment; filename="helm.pdf"', "a name that says nothing"
    assert "no-store" in response["Cache-Control"]
    assert cast.ana.log() == [], "what I fetch myself is not told"


def test_the_page_of_the_job_leads_there(cast: Cast) -> None:
    job = made_for(cast.ana, cast.ana)
    address = f"/directive/{draft_of(cast.ana).pk}/printed/{job.pk}/"
    assert f'href="{address}"' in cast.ana.get("records:job_detail", job.pk).content.decode()


def test_a_reader_fetches_their_own_and_it_is_told(cast: Cast) -> None:
    cast.ana.shares(cast.ben, "plan.tools", DRAFT)
    job = made_for(cast.ben, cast.ana)
    before = len(cast.ana.log())
    assert fetch(cast.ben, cast.ana, job).content == WORDS.encode()
    [event] = cast.ana.log()[before:]
    assert (event.what, event.actor_id, event.parts) == (AccessEvent.What.OPENED, cast.ben.pk, [DRAFT])
    assert "Dr. Osei opened what you share." in cast.ana.get("sharing:access_log").content.decode()


@pytest.mark.parametrize("state", [{}, {"attempts": 1}, {"attempts": 6, "given_up_at": timezone.now()}])
def test_what_is_not_finished_is_not_there(cast: Cast, state: dict[str, object]) -> None:
    cast.ana.post("directives:document_ask", draft_of(cast.ana).pk)
    Job.objects.update(**state)
    assert fetch(cast.ana, cast.ana, Job.objects.get()).status_code == 404


def test_after_a_day_it_leads_to_the_page_that_makes_it_again(cast: Cast) -> None:
    job = made_for(cast.ana, cast.ana)
    Job.objects.filter(pk=job.pk).update(file=None)
    response = fetch(cast.ana, cast.ana, job)
    assert (response.status_code, response["Location"]) == (302, f"/jobs/{job.pk}/")
    assert "Make it again" in cast.ana.get("records:job_detail", job.pk).content.decode()


def test_somebody_elses_job_is_not_there(cast: Cast) -> None:
    cast.ana.shares(cast.ben, DRAFT)
    owners, readers = made_for(cast.ana, cast.ana), made_for(cast.ben, cast.ana, "%PDF of the reader")
    assert fetch(cast.ben, cast.ana, owners).status_code == 404
    assert fetch(cast.ana, cast.ana, readers).status_code == 404
    assert fetch(cast.ana, cast.ana, uuid.uuid4()).status_code == 404


def test_a_reader_cannot_fetch_the_owners_card(cast: Cast) -> None:
    """Not even through a job of their own that points at it."""
    cast.ana.shares(cast.ben, DRAFT)
    directive = draft_of(cast.ana)
    with cast.ana.acting():
        mark = directive.key.fingerprint(b"card")
        card = files.keep(directive, kind=CARD.name, part=NEVER_SHARED, fingerprint=mark, content=b"%PDF card")
    job = made_for(cast.ben, cast.ana)
    Job.objects.filter(pk=job.pk).update(file=card.pk)
    response = fetch(cast.ben, cast.ana, job)
    assert b"card" not in response.content
    assert response.status_code == 302, "as if its day were over"


def test_after_the_share_was_stopped_it_is_not_there(cast: Cast) -> None:
    share = cast.ana.shares(cast.ben, DRAFT)
    job = made_for(cast.ben, cast.ana)
    cast.ana.post("sharing:share_stop", share.pk)
    response = fetch(cast.ben, cast.ana, job)
    assert response.status_code == 404
    assert WORDS.encode() not in response.content


def test_with_the_draft_taken_out_of_the_share_it_is_not_there(cast: Cast) -> None:
    share = cast.ana.shares(cast.ben, "plan.tools", DRAFT)
    job = made_for(cast.ben, cast.ana)
    cast.ana.sets(share, parts=["plan.tools"])
    assert fetch(cast.ben, cast.ana, job).status_code == 404


def test_a_job_of_another_directive_is_not_there(cast: Cast) -> None:
    """Ben's job on his own paper opens nothing at the address of Ana's."""
    cast.ana.shares(cast.ben, DRAFT)
    job = made_for(cast.ben, cast.ben)
    assert fetch(cast.ben, cast.ben, job).status_code == 200
    assert fetch(cast.ben, cast.ana, job).status_code == 404


def test_a_job_on_the_plan_is_not_there(cast: Cast) -> None:
    with cast.ana.acting():
        job = jobs.ready(cast.ana.user, cast.ana.plan(), WORDS)
    assert fetch(cast.ana, cast.ana, job).status_code == 404


def test_a_stranger_finds_nothing_and_is_not_told(cast: Cast) -> None:
    job = made_for(cast.ana, cast.ana)
    assert fetch(cast.cora, cast.ana, job).status_code == 404
    assert cast.ana.log() == []


def test_nothing_can_be_sent_there(cast: Cast) -> None:
    job = made_for(cast.ana, cast.ana)
    assert cast.ana.post("directives:document_download", draft_of(cast.ana).pk, job.pk).status_code == 405


def test_both_kinds_are_fetched_at_the_same_address(cast: Cast) -> None:
    job = made_for(cast.ana, cast.ana)
    assert DIRECTIVE.address(job) == CARD.address(job)


def test_it_asks_eight_times_at_most(cast: Cast) -> None:
    job = made_for(cast.ana, cast.ana)
    asked, _brackets = cast.ana.queries("directives:document_download", draft_of(cast.ana).pk, job.pk)
    assert len(asked) <= 8, asked


def test_a_reader_does_not_get_by_an_older_file_what_was_taken_out(cast: Cast) -> None:
    cast.ana.shares(cast.ben, DRAFT)
    entry = cast.ana.answers("signs", "signs", text="I talk fast")
    theirs, own = made_for(cast.ben, cast.ana), made_for(cast.ana, cast.ana, "%PDF of the owner")
    assert fetch(cast.ben, cast.ana, theirs).status_code == 200
    cast.ana.post("directives:entry_remove", entry.pk)
    response = fetch(cast.ben, cast.ana, theirs)
    assert (response.status_code, response["Location"]) == (302, f"/jobs/{theirs.pk}/")
    page = cast.ben.get("records:job_detail", theirs.pk).content.decode()
    assert "The directive has changed since then." in page
    assert "Make it again" in page
    assert fetch(cast.ana, cast.ana, own).status_code == 200, "the owner's own words stay hers"
