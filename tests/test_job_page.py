"""The page of something that is being made: what it says in each state, to whom, with script and without."""

import re
import uuid
from datetime import timedelta

import pytest
from django.http import HttpResponse
from django.urls import reverse
from django.utils import timezone

from records import outbox
from records.outbox import Job
from tests.jobs import PART, again, ask_for, make_due
from tests.world import Cast, Person

pytestmark = pytest.mark.django_db

REFRESH = '<meta http-equiv="refresh" content="3">'
ASKS = 'data-hx-trigger="load delay:1s'


def asked(person: Person, work: str = "make") -> Job:
    with person.acting():
        return ask_for(person.user, person.plan(), work)


def given_up(person: Person) -> Job:
    job = asked(person, "break_down")
    for _ in range(outbox.MOST_TRIES):
        outbox.do(job.pk)
        make_due(job.pk)
    return again(job)


def page(person: Person, job: Job) -> str:
    response = person.get("records:job_detail", job.pk)
    assert response.status_code == 200
    return response.content.decode()


def answer(person: Person, job: Job, shown: str) -> str:
    """What htmx gets that asks again, with one state on its page."""
    response: HttpResponse = person.get(
        "records:job_detail", job.pk, query=f"?shown={shown}", headers={"HX-Request": "true"}
    )
    assert response.status_code == 200
    return response.content.decode()


def test_it_works(cast: Cast) -> None:
    job = asked(cast.ana)
    waiting = page(cast.ana, job)
    assert "This takes a few seconds. You can leave this page; it goes on." in waiting
    assert "My plan as a file" in waiting
    assert "Download" not in waiting
    outbox.do(job.pk)
    ready = page(cast.ana, job)
    assert f'href="/fetch/{again(job).file_id}/"' in ready
    assert "It is ready." in ready


def test_without_script_it_looks_again_by_itself_until_it_is_ready(cast: Cast) -> None:
    job = asked(cast.ana)
    waiting = page(cast.ana, job)
    assert re.search(rf"<noscript>\s*{re.escape(REFRESH)}\s*</noscript>", waiting)
    assert waiting.index(REFRESH) < waiting.index("</head>")
    assert f'<a class="link" href="{reverse("records:job_detail", args=[job.pk])}">Look again</a>' in waiting
    outbox.do(job.pk)
    assert REFRESH not in page(cast.ana, job)
    assert "Look again" not in page(cast.ana, job)


def test_with_script_it_asks_until_it_is_ready(cast: Cast) -> None:
    job = asked(cast.ana)
    assert ASKS in page(cast.ana, job)
    still = answer(cast.ana, job, "making")
    assert ASKS in still
    assert "oob" not in still, "what did not change is not read aloud again"
    outbox.do(job.pk)
    ready = answer(cast.ana, job, "making")
    assert ASKS not in ready
    assert 'data-hx-swap-oob="innerHTML:#job"' in ready
    assert "Download" in ready
    assert "<html" not in ready
    assert ASKS not in page(cast.ana, job)


def test_the_region_that_is_spoken_stays(cast: Cast) -> None:
    assert '<div id="job" class="stack" aria-live="polite">' in page(cast.ana, asked(cast.ana))


def test_it_says_when_it_takes_longer(cast: Cast) -> None:
    job = asked(cast.ana, "break_down")
    outbox.do(job.pk)
    assert "This takes a few seconds" in page(cast.ana, job)
    make_due(job.pk)
    outbox.do(job.pk)
    slow = page(cast.ana, job)
    assert "This takes longer than usual. We go on trying." in slow
    assert (REFRESH in slow, ASKS in slow) == (True, True)
    assert "This takes longer" in answer(cast.ana, job, "making")


def test_it_says_when_nobody_comes_to_it(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    job = asked(cast.ana)
    later = timezone.now() + timedelta(seconds=31)
    monkeypatch.setattr("records.job_views.timezone.now", lambda: later)
    assert "This takes longer than usual." in page(cast.ana, job)


def test_what_could_not_be_made_is_said_and_can_be_tried_again(cast: Cast) -> None:
    job = given_up(cast.ana)
    shown = page(cast.ana, job)
    assert "It could not be made. Nothing you wrote is lost." in shown
    assert "Try again" in shown
    assert (REFRESH in shown, ASKS in shown) == (False, False)
    response = cast.ana.post("records:job_again", job.pk)
    new = Job.objects.open().get()
    assert response.status_code == 302
    assert response["Location"] == reverse("records:job_detail", args=[new.pk])
    assert (new.kind, new.holder_id, new.subject_id, new.person_id) == (
        job.kind, job.holder_id, job.subject_id, job.person_id,
    )  # fmt: skip


def test_pressing_twice_asks_once(cast: Cast) -> None:
    job = given_up(cast.ana)
    places = {cast.ana.post("records:job_again", job.pk)["Location"] for _ in range(2)}
    assert len(places) == Job.objects.open().count() == 1


def test_after_a_day_it_can_be_made_again(cast: Cast) -> None:
    job = asked(cast.ana)
    outbox.do(job.pk)
    Job.objects.filter(pk=job.pk).update(file=None)
    gone = page(cast.ana, job)
    assert "It was kept for one day and is gone now." in gone
    assert "Make it again" in gone
    assert cast.ana.post("records:job_again", job.pk)["Location"] != reverse("records:job_detail", args=[job.pk])


@pytest.mark.parametrize("is_done", [True, False])
def test_what_waits_or_is_ready_is_not_asked_again(cast: Cast, is_done: bool) -> None:
    job = asked(cast.ana)
    if is_done:
        outbox.do(job.pk)
    assert cast.ana.post("records:job_again", job.pk)["Location"] == reverse("records:job_detail", args=[job.pk])
    assert Job.objects.count() == 1


def test_a_share_that_was_stopped_is_said_in_plain_words(cast: Cast) -> None:
    share = cast.ana.shares(cast.ben, PART)
    with cast.ana.acting():
        plan = cast.ana.plan()
    job = ask_for(cast.ben.user, plan)
    cast.ana.sets(share, stopped_at=timezone.now())
    outbox.do(job.pk)
    shown = page(cast.ben, job)
    assert "It was not made, because you can no longer read what it is made of." in shown
    assert "Try again" not in shown
    cast.ben.post("records:job_again", job.pk)
    assert Job.objects.count() == 1


def test_nobody_else_finds_it(cast: Cast) -> None:
    job = asked(cast.ana)
    for name in ("records:job_detail", "records:job_again"):
        send = cast.cora.get if name == "records:job_detail" else cast.cora.post
        assert send(name, job.pk).status_code == send(name, uuid.uuid4()).status_code == 404
    assert Job.objects.count() == 1


def test_somebody_who_is_not_signed_in_is_asked_to(cast: Cast) -> None:
    job = asked(cast.ana)
    cast.ana.client.logout()
    assert cast.ana.get("records:job_detail", job.pk).status_code == 302
    asking = cast.ana.get("records:job_detail", job.pk, query="?shown=making", headers={"HX-Request": "true"})
    assert asking.status_code == 401
    assert ASKS not in asking.content.decode(), "it would be said again each second"


def test_it_costs_one_query_of_its_own(cast: Cast) -> None:
    asked_of_database, _brackets = cast.ana.queries("records:job_detail", asked(cast.ana).pk)
    assert len([sql for sql in asked_of_database if "records_job" in sql]) == 1
