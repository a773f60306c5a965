"""The outbox: asked for in the same breath, begun once at a time, done once, given up in the open."""

import json
import logging
import uuid

import pytest
from django.db import DatabaseError, transaction
from django.utils import timezone

from plans.models import Plan
from records import files, outbox
from records.acting import who_acts
from records.files import File
from records.outbox import MOST_TRIES, WAITS, Job
from recovery_portal.logs import WithoutContent
from tests import jobs
from tests.jobs import PART, again, ask_for, make_due
from tests.world import Cast, Person

pytestmark = pytest.mark.django_db


def files_of(person: Person) -> list[File]:
    with person.acting():
        return list(File.objects.filter(holder=person.pk))


def plan_of(person: Person) -> Plan:
    with person.acting():
        return person.plan()


def asked(person: Person, work: str = "make", of: Person | None = None) -> Job:
    with person.acting():
        plan = Plan.objects.visible_to(person.user).get(holder=(of or person).pk)
        return ask_for(person.user, plan, work)


def test_it_works(cast: Cast) -> None:
    job = asked(cast.ana)
    assert outbox.due() == [job.pk]
    assert outbox.do(job.pk)
    done = again(job)
    assert (done.attempts, done.given_up_at, done.address) == (1, None, f"/fetch/{done.file_id}/")
    assert done.finished_at
    assert done.asked_at <= done.finished_at <= timezone.now()
    assert outbox.due() == []
    with cast.ana.acting():
        kept = files.fetch(cast.ana.plan(), done.file_id)
        assert kept
        assert kept.content == jobs.CONTENT
    assert who_acts() is None


def test_what_is_rolled_back_was_not_asked(cast: Cast) -> None:
    with transaction.atomic():
        asked(cast.ana)
        transaction.set_rollback(True)
    assert not Job.objects.exists()


def test_asking_twice_before_it_begins_is_one_job(cast: Cast) -> None:
    assert asked(cast.ana).pk == asked(cast.ana).pk
    assert Job.objects.count() == 1


def test_asking_again_after_it_began_is_a_new_job_and_the_same_file(cast: Cast) -> None:
    first = asked(cast.ana)
    outbox.do(first.pk)
    second = asked(cast.ana)
    assert outbox.do(second.pk)
    assert first.pk != second.pk
    assert [file.pk for file in files_of(cast.ana)] == [again(first).file_id] == [again(second).file_id]


def test_what_is_done_is_not_done_again(cast: Cast) -> None:
    job = asked(cast.ana)
    assert [outbox.do(job.pk) for _ in range(5)] == [True, False, False, False, False]
    assert again(job).attempts == 1


def test_a_kind_that_nobody_registered_is_refused(cast: Cast) -> None:
    with pytest.raises(ValueError, match="nobody registered"):
        outbox.ask("test.other", holder_id=cast.ana.pk, subject_id=uuid.uuid4(), person_id=cast.ana.pk)


def test_a_kind_is_registered_once() -> None:
    with pytest.raises(ValueError, match="twice"):
        outbox.register_kind(jobs.KINDS["make"])


def test_a_job_that_does_not_exist_is_none() -> None:
    assert not outbox.do(uuid.uuid4())


def test_everybody_sees_the_jobs_they_asked_for(cast: Cast) -> None:
    cast.ana.shares(cast.ben, PART)
    hers, his = asked(cast.ana), asked(cast.ben, of=cast.ana)
    for person, job in ((cast.ana, hers), (cast.ben, his)):
        assert list(Job.objects.visible_to(person.user)) == [job]
    assert not Job.objects.visible_to(cast.cora.user).exists()


def test_an_error_leaves_no_file_and_waits_longer_each_time(cast: Cast) -> None:
    job, waits = asked(cast.ana, "break_down"), []
    for attempt in range(1, MOST_TRIES + 1):
        before = timezone.now()
        assert not outbox.do(job.pk)
        now = again(job)
        assert now.attempts == attempt
        waits.append(round((now.not_before - before).total_seconds()))
        assert outbox.due() == []
        make_due(job.pk)
    assert waits == [wait.total_seconds() for wait in WAITS] == sorted(waits)
    assert files_of(cast.ana) == []
    assert (again(job).given_up_at is not None, again(job).was_hidden) == (True, False)
    assert not outbox.do(job.pk)
    assert again(job).attempts == MOST_TRIES


def test_the_log_says_where_it_went_wrong_and_not_with_which_words(
    cast: Cast, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.ERROR):
        outbox.do(asked(cast.ana, "break_down").pk)
    [record] = caplog.records
    line = json.loads(WithoutContent().format(record))
    assert (line["what"], line["exception"]) == ("job not done", "ValueError")
    assert any("jobs.py" in frame for frame in line["frames"])
    assert "canary" not in json.dumps(line)


def test_before_its_time_it_does_not_begin(cast: Cast) -> None:
    job = asked(cast.ana, "break_down")
    outbox.do(job.pk)
    assert not outbox.do(job.pk)
    assert again(job).attempts == 1


def test_one_that_ends_its_worker_each_time_is_given_up(cast: Cast) -> None:
    """The try is counted before it begins, so nothing loops for ever."""
    job = asked(cast.ana, "die")
    for _ in range(MOST_TRIES):
        with pytest.raises(SystemExit):
            outbox.do(job.pk)
        make_due(job.pk)
    assert (again(job).attempts, again(job).given_up_at) == (MOST_TRIES, None)
    assert not outbox.do(job.pk)
    assert again(job).given_up_at
    assert files_of(cast.ana) == []


def test_a_stranger_gets_no_file_and_the_job_is_given_up_at_once(cast: Cast) -> None:
    plan = plan_of(cast.ana)
    job = ask_for(cast.cora.user, plan)
    assert not outbox.do(job.pk)
    assert (again(job).attempts, again(job).was_hidden, again(job).file_id) == (1, True, None)
    assert files_of(cast.ana) == files_of(cast.cora) == []


def test_a_reader_gets_the_file_while_the_share_is_live(cast: Cast) -> None:
    cast.ana.shares(cast.ben, PART)
    job = asked(cast.ben, of=cast.ana)
    assert outbox.do(job.pk)
    with cast.ben.acting():
        plan = Plan.objects.visible_to(cast.ben.user).get(holder=cast.ana.pk)
        kept = files.fetch(plan, again(job).file_id)
        assert kept
        assert kept.content == jobs.CONTENT


def test_a_share_that_was_stopped_meanwhile_makes_no_file(cast: Cast) -> None:
    share = cast.ana.shares(cast.ben, PART)
    job = asked(cast.ben, of=cast.ana)
    cast.ana.sets(share, stopped_at=timezone.now())
    assert not outbox.do(job.pk)
    assert again(job).was_hidden
    assert files_of(cast.ana) == []


def test_a_file_of_another_holder_is_not_taken(cast: Cast) -> None:
    cast.ana.shares(cast.ben, PART)
    job = asked(cast.ben, "make_of_another", of=cast.ana)
    assert not outbox.do(job.pk)
    assert again(job).file_id is None
    assert files_of(cast.ben) == []


@pytest.mark.django_db(transaction=True)
def test_a_job_shows_no_file_of_another_holder_even_to_raw_sql(cast: Cast) -> None:
    job = asked(cast.ana)
    outbox.do(job.pk)
    with pytest.raises(DatabaseError, match="same_holder"):
        Job.objects.create(
            kind="test.make",
            holder_id=cast.ben.pk,
            person_id=cast.ben.pk,
            subject_id=job.subject_id,
            file_id=again(job).file_id,
        )


@pytest.mark.parametrize("column", ["kind", "holder_id", "person_id", "subject_id", "asked_at"])
def test_what_was_asked_never_changes(cast: Cast, column: str) -> None:
    job = asked(cast.ana)
    with pytest.raises(DatabaseError, match="permission denied"):
        Job.objects.filter(pk=job.pk).update(**{column: getattr(job, column)})


def test_jobs_are_not_deleted_by_hand(cast: Cast) -> None:
    asked(cast.ana)
    with pytest.raises(DatabaseError, match="permission denied"):
        Job.objects.all().delete()
