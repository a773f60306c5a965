"""A broker that is killed with all it knew, hangs, or is not there: no job is lost, and nobody who saves notices."""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest
import redis
from django.utils import timezone

from accounts.models import User
from directives.models import DRAFT
from records.acting import acting_as
from records.outbox import Job
from recovery_portal.roles import Addresses
from scripts import trial
from sharing import giving
from sharing.access import own_key
from sharing.models import Share
from tests.drills.job_site import (
    asked,
    deaf,
    directive_of,
    files_each,
    finished,
    send,
    session_of,
    site,
    until,
    workshop,
)
from tests.drills.writers import Answer, Writer

WAITING, REQUESTS = 20, 10
NOTICED_AFTER_SECONDS = 2.0

pytestmark = pytest.mark.django_db(transaction=True)


def messages_at(broker_url: str) -> int:
    with redis.Redis.from_url(broker_url) as server:
        return int(server.llen("celery"))


def test_twenty_waiting_jobs_survive_a_broker_that_forgets(addresses: Addresses) -> None:
    jobs = [asked(f"person-{number}") for number in range(WAITING)]
    with trial.brokered(durable=False) as broker:
        for job in jobs:
            send(broker.url, job.pk)
        assert messages_at(broker.url) == WAITING
        broker.kill()
        broker.start()
        assert messages_at(broker.url) == 0, "the broker kept its messages: this drill shows nothing"
        environment = workshop(addresses, broker.url)
        with trial.running(environment, trial.worker(2)), trial.running(environment, trial.beat()):
            seconds = until(lambda: finished(*jobs))
    assert files_each(jobs) == {1: WAITING}
    assert set(Job.objects.values_list("attempts", flat=True)) == {1}
    print(f"\nbroker killed with {WAITING} waiting: lost 0, doubled 0; all made {seconds:.1f} s after workers started")


@dataclass
class Visitor:
    """Somebody with an account and an open page."""

    person: User
    window: Writer

    def asks(self, holder: User | None = None) -> tuple[Answer, float]:
        """Presses "Make my PDF"; gives the answer and the seconds it took."""
        directive = directive_of(holder or self.person)
        began = time.monotonic()
        answer = self.window.post(f"/directive/{directive.pk}/print/")
        return answer, time.monotonic() - began


@contextmanager
def visitors(port: int, *names: str) -> Iterator[list[Visitor]]:
    people = [User.objects.create_user(name) for name in names]
    made = [Visitor(person, Writer(port, session_of(person))) for person in people]
    try:
        yield made
    finally:
        for visitor in made:
            visitor.window.close()


@pytest.mark.parametrize("listens", [True, False], ids=["hangs", "is not there"])
def test_whoever_saves_does_not_notice(addresses: Addresses, tmp_path: Path, listens: bool) -> None:
    port, log = trial.free_port(), tmp_path / "web.log"
    names = [f"person-{number}" for number in range(REQUESTS)]
    with (
        deaf(listens) as url,
        trial.served(site(url), trial.granian(port), port, log),
        visitors(port, *names) as people,
    ):
        answers = [visitor.asks() for visitor in people]
        # Meanwhile the site is as quick as ever for those who ask for nothing.
        assert people[0].window.add("I can whistle").status == 200
    seconds = [took for _answer, took in answers]
    assert [answer.status for answer, _took in answers] == [302] * REQUESTS
    assert max(seconds) < NOTICED_AFTER_SECONDS
    jobs = list(Job.objects.open())
    assert {job.person_id for job in jobs} == {visitor.person.pk for visitor in people}
    assert "secret-word" not in log.read_text()
    swept = trial.inside(workshop(addresses, ""), "manage", "sweep")
    assert swept == f"{REQUESTS} jobs done, 0 left\n"
    assert files_each(jobs) == {1: REQUESTS}
    state = "hangs" if listens else "is not there"
    print(f"\nbroker {state}: {REQUESTS} of {REQUESTS} kept; first {seconds[0]:.2f} s, slowest {max(seconds):.2f} s")


def test_with_a_broker_it_is_made_at_once(addresses: Addresses) -> None:
    port = trial.free_port()
    with (
        trial.brokered() as broker,
        trial.running(workshop(addresses, broker.url), trial.worker(1)),
        trial.served(site(broker.url), trial.granian(port), port),
        visitors(port, "marisol", "denise") as [first, second],
    ):
        # The first one waits for the worker to be there.
        first.asks()
        until(lambda: not Job.objects.open().exists())
        answer, _took = second.asks()
        seconds = until(lambda: not Job.objects.open().exists())
        assert answer.status == 302
    assert seconds < 5
    print(f"\nwith a broker and no beat: made {seconds:.2f} s after it was asked for")


def share(owner: User, reader: User) -> Share:
    with acting_as(owner.pk):
        offered, _words = giving.give(own_key(owner), giving.Terms("Dr. Osei", "Ana", [DRAFT]), recipient=reader)
    with acting_as(reader.pk):
        giving.accept_offer(Share.objects.visible_to(reader).get(pk=offered.pk), reader)
    return offered


def test_a_share_stopped_between_asking_and_making(addresses: Addresses) -> None:
    port = trial.free_port()
    with (
        trial.brokered() as broker,
        trial.served(site(broker.url), trial.granian(port), port),
        visitors(port, "marisol", "osei") as [owner, reader],
    ):
        given = share(owner.person, reader.person)
        assert reader.asks(owner.person)[0].status == 302
        with acting_as(owner.person.pk):
            Share.objects.filter(pk=given.pk).update(stopped_at=timezone.now())
        [job] = Job.objects.open()
        with trial.running(workshop(addresses, broker.url), trial.worker(1)):
            until(lambda: not Job.objects.open().exists())
        page = reader.window.get(f"/jobs/{job.pk}/")
    assert page.status == 200
    assert b"It was not made, because you can no longer read what it is made of." in page.body
    assert files_each([job]) == {0: 1}
    assert Job.objects.get(pk=job.pk).attempts == 1
