"""Made files: one row for one content, sealed for the holder, open to whoever may read the part, gone after a day."""

from datetime import timedelta
from uuid import UUID, uuid4

import psycopg
import pytest
from django.db import DatabaseError, connection, transaction
from django.utils import timezone

from plans.models import Plan
from records import files, outbox
from records.files import File
from records.models import NotLent
from records.outbox import Job
from recovery_portal.roles import Addresses
from tests.jobs import PART, again, ask_for
from tests.world import Cast, Person

CONTENT = b"%PDF-1.7 \x00\x01\x80\xff canary"

pytestmark = pytest.mark.django_db


def plan_of(owner: Person, reader: Person | None = None) -> Plan:
    return Plan.objects.visible_to((reader or owner).user).get(holder=owner.pk)


def keep(plan: Plan, content: bytes = CONTENT, part: str = PART) -> File:
    return files.keep(plan, kind="test", part=part, fingerprint=plan.key.fingerprint(content), content=content)


def age(admin: psycopg.Connection, table: str, column: str, pk: UUID, **ago: float) -> None:
    admin.execute(
        psycopg.sql.SQL("UPDATE {} SET {} = %s WHERE id = %s").format(
            psycopg.sql.Identifier(table), psycopg.sql.Identifier(column)
        ),
        [timezone.now() - timedelta(**ago), pk],
    )


def test_it_works(cast: Cast) -> None:
    with cast.ana.acting():
        kept = keep(plan_of(cast.ana))
        found = files.find(plan_of(cast.ana), kind="test", fingerprint=plan_of(cast.ana).key.fingerprint(CONTENT))
        assert found == kept == files.fetch(plan_of(cast.ana), kept.pk)
        assert found.content == CONTENT
        assert str(found) == f"file {kept.pk}"


@pytest.mark.parametrize("content", [b"", b"\x80", b"\x00" * 64, bytes(range(256)) * 4000])
def test_any_bytes_come_back(cast: Cast, content: bytes) -> None:
    with cast.ana.acting():
        assert keep(plan_of(cast.ana), content).content == content


def test_the_same_content_is_kept_once_and_another_beside_it(cast: Cast) -> None:
    with cast.ana.acting():
        plan = plan_of(cast.ana)
        assert keep(plan).pk == keep(plan).pk != keep(plan, b"other").pk
        assert File.objects.count() == 2


def test_the_table_holds_no_readable_byte_of_it(cast: Cast) -> None:
    with cast.ana.acting(), connection.cursor() as cursor:
        kept = keep(plan_of(cast.ana), b"canary " * 100)
        cursor.execute("SELECT content FROM records_file WHERE id = %s", [kept.pk])
        [raw] = cursor.fetchone()
        assert b"canary" not in bytes(raw)
        assert len(raw) % 64 == 29


def test_the_same_content_of_two_people_has_two_fingerprints(cast: Cast) -> None:
    prints = []
    for person in (cast.ana, cast.ben):
        with person.acting():
            prints.append(plan_of(person).key.fingerprint(CONTENT))
            assert keep(plan_of(person)).content == CONTENT
    assert len(set(prints)) == 2


def test_a_record_that_was_not_lent_keeps_and_finds_nothing(cast: Cast) -> None:
    with cast.ana.acting():
        kept, plan = keep(plan_of(cast.ana)), Plan.objects.get(holder=cast.ana.pk)
        for attempt in (
            lambda: files.fetch(plan, kept.pk),
            lambda: files.find(plan, kind="test", fingerprint=bytes(kept.fingerprint)),
            lambda: files.keep(plan, kind="test", part=PART, fingerprint=bytes(32), content=CONTENT),
        ):
            with pytest.raises(NotLent):
                attempt()


def test_a_file_of_another_record_is_not_fetched(cast: Cast) -> None:
    with cast.ana.acting():
        plan = plan_of(cast.ana)
        other = plan.new(File, subject_id=uuid4(), kind="test", part=PART, fingerprint=bytes(32), content=CONTENT)
        other.save()
        assert files.fetch(plan, other.pk) is None


def test_a_reader_of_the_part_reads_it(cast: Cast) -> None:
    cast.ana.shares(cast.ben, PART)
    with cast.ana.acting():
        kept = keep(plan_of(cast.ana))
    with cast.ben.acting():
        found = files.fetch(plan_of(cast.ana, cast.ben), kept.pk)
        assert found
        assert found.content == CONTENT


def test_a_reader_of_another_part_does_neither_read_nor_make_it(cast: Cast) -> None:
    cast.ana.shares(cast.ben, "plan.gains")
    with cast.ana.acting():
        kept = keep(plan_of(cast.ana))
    with cast.ben.acting():
        plan = plan_of(cast.ana, cast.ben)
        assert files.fetch(plan, kept.pk) is None
        assert files.find(plan, kind="test", fingerprint=bytes(kept.fingerprint)) is None
        with pytest.raises(PermissionError):
            keep(plan)


def test_the_second_wall_hides_it_too(cast: Cast) -> None:
    cast.ana.shares(cast.ben, "plan.gains")
    with cast.ana.acting():
        keep(plan_of(cast.ana))
    for person in (cast.ben, cast.cora):
        with person.acting():
            assert not File.objects.exists()
    with cast.ben.acting():
        row = plan_of(cast.ana, cast.ben).new(
            File, subject_id=uuid4(), kind="test", part=PART, fingerprint=bytes(32), content=CONTENT
        )
        with pytest.raises(DatabaseError, match="row-level security"), transaction.atomic():
            row.save()


@pytest.mark.parametrize("statement", ["UPDATE records_file SET part = 'plan.gains'", "DELETE FROM records_file"])
def test_nobody_changes_or_deletes_one(cast: Cast, statement: str) -> None:
    with cast.ana.acting(), connection.cursor() as cursor:
        keep(plan_of(cast.ana))
        with pytest.raises(DatabaseError, match="permission denied"), transaction.atomic():
            cursor.execute(statement)


@pytest.mark.django_db(transaction=True)
def test_after_a_day_files_go_and_after_a_week_jobs(cast: Cast, admin: psycopg.Connection) -> None:
    with cast.ana.acting():
        job, kept = ask_for(cast.ana.user, plan_of(cast.ana)), keep(plan_of(cast.ana), b"newer")
    assert outbox.do(job.pk)
    made = again(job).file_id
    assert made
    age(admin, "records_file", "made_at", made, hours=24.1)
    age(admin, "records_file", "made_at", kept.pk, hours=23.9)
    assert (files.clear_old(), files.clear_old()) == (1, 0)
    assert again(job).file_id is None
    assert again(job).finished_at
    with cast.ana.acting():
        assert [file.pk for file in File.objects.all()] == [kept.pk]
    age(admin, "records_job", "asked_at", job.pk, days=7.1)
    files.clear_old()
    assert not Job.objects.exists()


@pytest.mark.parametrize("role", ["web", "worker"])
def test_both_roles_may_clear_and_neither_may_aim(addresses: Addresses, role: str) -> None:
    with psycopg.connect(getattr(addresses, role)) as server:
        assert server.execute("SELECT sec.clear_old_files()").fetchone() == (0,)
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            server.execute("DELETE FROM records_job")
