"""Jobs of several at once: nobody hears too early, nobody does what another is at, and erasing waits for nobody."""

import threading
import uuid
from collections.abc import Iterator

import psycopg
import pytest
from django.db import connection, transaction

from plans.models import Plan
from records import outbox
from records.acting import acting_as
from records.files import File
from records.outbox import Job
from tests import jobs
from tests.jobs import PART, again, ask_for, make_due
from tests.world import Cast, Person

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def meanwhile() -> Iterator[None]:
    """What one test wants done in the middle of the work, the next one does not."""
    yield
    jobs.MEANWHILE.clear()


def files_of(person: Person) -> list[File]:
    with person.acting():
        return list(File.objects.filter(holder=person.pk))


def asked(person: Person, of: Person | None = None) -> Job:
    with person.acting():
        return ask_for(person.user, Plan.objects.visible_to(person.user).get(holder=(of or person).pk))


class InTheMiddle:
    """A job that is being done by another thread, up to where its file is kept; `go_on` lets it finish."""

    def __init__(self, job: Job) -> None:
        self.reached, self.may_go_on, self.outcome = threading.Event(), threading.Event(), [False]
        jobs.MEANWHILE.append(self._wait)
        self.thread = threading.Thread(target=self._do, args=[job])
        self.thread.start()
        assert self.reached.wait(10)

    def _wait(self) -> None:
        self.reached.set()
        assert self.may_go_on.wait(20)

    def _do(self, job: Job) -> None:
        try:
            self.outcome = [outbox.do(job.pk)]
        finally:
            connection.close()

    def go_on(self) -> bool:
        self.may_go_on.set()
        self.thread.join()
        return self.outcome[0]


def test_it_works(cast: Cast) -> None:
    """While one is at it, nobody else begins."""
    job = asked(cast.ana)
    middle = InTheMiddle(job)
    make_due(job.pk)
    assert not outbox.do(job.pk)
    assert again(job).attempts == 1
    assert middle.go_on()
    assert len(files_of(cast.ana)) == 1


def test_a_worker_hears_of_it_only_once_it_is_kept(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    heard: list[uuid.UUID] = []
    monkeypatch.setattr(outbox, "nudge", heard.append)
    with transaction.atomic():
        asked(cast.ana)
        transaction.set_rollback(True)
    assert heard == []
    with transaction.atomic():
        job = asked(cast.ana)
        assert heard == []
    assert heard == [job.pk]


def test_asking_again_while_one_is_at_it_is_a_new_job(cast: Cast) -> None:
    job = asked(cast.ana)
    middle = InTheMiddle(job)
    other = asked(cast.ana)
    assert middle.go_on()
    jobs.MEANWHILE.clear()
    assert other.pk != job.pk
    assert outbox.do(other.pk)
    assert len(files_of(cast.ana)) == 1


def test_erasing_does_not_wait_for_a_document_that_is_being_made(cast: Cast, admin: psycopg.Connection) -> None:
    middle = InTheMiddle(asked(cast.ana))
    with acting_as(cast.ana.pk), connection.cursor() as cursor:
        cursor.execute("SET LOCAL lock_timeout = '1s'")
        cursor.execute("SELECT sec.erase_person(%s)", [cast.ana.pk])
    assert not middle.go_on()
    for table in ("records_job", "records_file", "records_holder"):
        found = admin.execute(f'SELECT FROM "{table}" t WHERE t::text LIKE %s', [f"%{cast.ana.pk}%"]).fetchall()
        assert found == [], table


def test_erasing_takes_along_what_was_asked_on_records_of_others(cast: Cast, admin: psycopg.Connection) -> None:
    cast.ana.shares(cast.ben, PART)
    his, hers = asked(cast.ben, of=cast.ana), asked(cast.ana)
    outbox.do(his.pk)
    outbox.do(hers.pk)
    with acting_as(cast.ben.pk), connection.cursor() as cursor:
        cursor.execute("SELECT sec.erase_person(%s)", [cast.ben.pk])
    assert [job.pk for job in Job.objects.all()] == [hers.pk]
    assert len(files_of(cast.ana)) == 1
    with acting_as(cast.ana.pk), connection.cursor() as cursor:
        cursor.execute("SELECT sec.erase_person(%s)", [cast.ana.pk])
    assert admin.execute("SELECT FROM records_file").fetchall() == []
