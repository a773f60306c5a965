"""`manage.py sweep`: all that is due gets done without a broker, and what the beat sends are ids."""

import io
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import psycopg
import pytest
from django.conf import settings
from django.core.management import call_command

from records import outbox, tasks
from records.outbox import Job
from recovery_portal.celery import app
from recovery_portal.roles import Addresses
from tests.jobs import again, ask_for, make_due
from tests.world import Cast, Person

ROOT = Path(__file__).resolve().parent.parent

pytestmark = pytest.mark.django_db


def asked(person: Person, work: str = "make") -> Job:
    with person.acting():
        return ask_for(person.user, person.plan(), work)


def sweep() -> str:
    out = io.StringIO()
    call_command("sweep", stdout=out)
    return out.getvalue()


def test_it_works(cast: Cast) -> None:
    done, broken = [asked(cast.ana), asked(cast.ben)], asked(cast.ana, "break_down")
    assert sweep() == "2 jobs done, 1 left\n"
    assert all(again(job).finished_at for job in done)
    assert again(broken).attempts == 1


def test_what_is_not_due_waits(cast: Cast) -> None:
    job = asked(cast.ana, "break_down")
    assert [sweep(), sweep()] == ["0 jobs done, 1 left\n"] * 2
    assert again(job).attempts == 1
    make_due(job.pk)
    sweep()
    assert again(job).attempts == 2


def test_nothing_to_do_is_said(cast: Cast) -> None:
    assert sweep() == "0 jobs done, 0 left\n"


def test_the_longest_waiting_come_first(cast: Cast) -> None:
    first, second = asked(cast.ana), asked(cast.ben)
    assert outbox.due() == [first.pk, second.pk]
    make_due(second.pk)
    assert outbox.due(limit=1) == [second.pk]


@pytest.mark.django_db(transaction=True)
def test_old_files_go_where_nobody_else_clears(cast: Cast, admin: psycopg.Connection) -> None:
    job = asked(cast.ana)
    sweep()
    admin.execute("UPDATE records_file SET made_at = now() - interval '25 hours'")
    sweep()
    assert again(job).file_id is None


def test_the_beats_tasks_are_tasks() -> None:
    app.loader.import_default_modules()
    named = {str(entry["task"]) for entry in settings.CELERY_BEAT_SCHEDULE.values()}
    assert named <= set(app.tasks)
    assert "records.tasks.do_job" in app.tasks
    # What nobody fetched is of no use later: a beat that comes back does not do all it missed.
    schedule: dict[str, Any] = settings.CELERY_BEAT_SCHEDULE
    assert all(entry["options"]["expires"] <= entry["schedule"] for entry in schedule.values())


def test_a_task_does_the_job_it_is_given(cast: Cast) -> None:
    job = asked(cast.ana)
    tasks.do_job(str(job.pk))
    assert again(job).finished_at


@pytest.fixture
def sweeper(addresses: Addresses) -> Iterator["subprocess.Popen[str]"]:
    """`manage.py sweep` as the worker role, again and again."""
    environment = {**os.environ, "DATABASE_URL": addresses.worker}
    command = [sys.executable, "-c", SWEEPER]
    with subprocess.Popen(command, env=environment, cwd=ROOT, stdout=subprocess.PIPE, text=True) as process:
        yield process
        process.kill()


SWEEPER = """
import os, django
os.environ["DJANGO_SETTINGS_MODULE"] = "recovery_portal.settings"
django.setup()
from django.core.management import call_command
import tests.jobs
call_command("sweep", every=1, verbosity=2)
"""


@pytest.mark.django_db(transaction=True)
def test_it_goes_on_until_it_is_stopped_and_the_worker_role_suffices(
    cast: Cast, sweeper: "subprocess.Popen[str]"
) -> None:
    assert sweeper.stdout
    assert sweeper.stdout.readline() == "0 jobs done, 0 left\n"
    job = asked(cast.ana)
    deadline = time.monotonic() + 10
    while not again(job).finished_at and time.monotonic() < deadline:
        time.sleep(0.1)
    assert again(job).finished_at
    sweeper.send_signal(signal.SIGTERM)
    assert sweeper.wait(timeout=5) == -signal.SIGTERM
