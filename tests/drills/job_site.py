"""What the drills of jobs share: the processes that do jobs on this run's own database, and how the jobs stand."""

import os
import socket
import time
import uuid
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import psycopg
from django.test import Client
from kombu import Connection

from accounts.models import User
from directives.kinds import DIRECTIVE
from directives.models import Directive
from records import outbox
from records.acting import acting_as
from records.files import File
from records.outbox import Job
from records.writing import Edit, Spot, add
from recovery_portal.celery import app
from recovery_portal.roles import Addresses

# One entry as long as an entry can be, nearly: a page and a half.
WORDS = "I know that a bad day is a day, and that it ends. " * 75
SETTINGS = "tests.drills.settings"


def site(broker_url: str) -> dict[str, str]:
    """The environment of a web process."""
    return {**os.environ, "BROKER_URL": broker_url, "DJANGO_SETTINGS_MODULE": SETTINGS}


def workshop(addresses: Addresses, broker_url: str) -> dict[str, str]:
    """The environment of workers and the beat: in the database they are the worker role."""
    return {**site(broker_url), "DATABASE_URL": addresses.worker}


@contextmanager
def deaf(listens: bool = True) -> Iterator[str]:
    """The address of a broker that accepts and never says a word; or of a port where nobody listens."""
    with socket.socket() as port:
        port.bind(("127.0.0.1", 0))
        if listens:
            port.listen(128)
        yield f"redis://:secret-word@127.0.0.1:{port.getsockname()[1]}/0"


def asked(name: str, entries: int = 0) -> Job:
    """Somebody new who wrote this much in their directive asks for its PDF."""
    person = User.objects.create_user(name)
    directive = directive_of(person)
    with acting_as(person.pk):
        for _ in range(entries):
            add(directive, Spot("signs", "signs"), entry_id=uuid.uuid4(), edit=Edit({"text": WORDS}))
        asking = {"holder_id": person.pk, "subject_id": directive.pk, "person_id": person.pk}
        return outbox.ask(DIRECTIVE.name, **asking)


def directive_of(person: User) -> Directive:
    with acting_as(person.pk):
        return Directive.objects.visible_to(person).get(holder=person.pk)


def send(broker_url: str, job_id: uuid.UUID, times: int = 1) -> None:
    """What a nudge sends."""
    with Connection(broker_url) as connection:
        for _ in range(times):
            app.send_task("records.tasks.do_job", [str(job_id)], connection=connection)


def session_of(person: User) -> str:
    browser = Client()
    browser.force_login(person)
    return browser.cookies["sessionid"].value


def until(condition: Callable[[], bool], within: float = 60) -> float:
    """Wait until it is so; gives the seconds. Fails when it does not come."""
    began = time.monotonic()
    while not condition():
        assert time.monotonic() - began < within, "it did not come about in time"
        time.sleep(0.05)
    return time.monotonic() - began


def finished(*jobs: Job) -> bool:
    return Job.objects.filter(pk__in=[job.pk for job in jobs], finished_at__isnull=False).count() == len(jobs)


def at_work(admin: psycopg.Connection) -> bool:
    """Whether a worker is in the middle of a job: it holds the lock that nobody else may have meanwhile."""
    row = admin.execute(
        "SELECT count(*) FROM pg_locks JOIN pg_stat_activity USING (pid) WHERE locktype = 'advisory' AND granted"
        " AND usename = 'recovery_worker' AND datname = current_database()"
    ).fetchone()
    return bool(row and row[0])


def files_each(jobs: list[Job]) -> Counter[int]:
    """How many jobs' records have how many files: {1: 20} is twenty with one each."""
    counted: Counter[int] = Counter()
    for job in jobs:
        with acting_as(job.holder_id):
            counted[File.objects.filter(subject_id=job.subject_id).count()] += 1
    return counted


def content_of(job: Job) -> bytes:
    """What was made, opened as its owner opens it."""
    person = User.objects.get(pk=job.person_id)
    with acting_as(person.pk):
        directive = Directive.objects.visible_to(person).get(pk=job.subject_id)
        [file] = directive.lend(File.objects.filter(pk=Job.objects.get(pk=job.pk).file_id))
        return file.content
