"""`kill -9` of a worker in the middle of a document: it is made all the same, once, by whoever comes next."""

import os
import signal
import subprocess
import time
from collections.abc import Iterator

import psycopg
import pytest

from records.outbox import Job
from recovery_portal.broker import Broker
from recovery_portal.roles import Addresses
from scripts import trial
from tests.drills.job_site import asked, at_work, content_of, files_each, finished, send, until, workshop

# Entries enough for some seconds of laying out.
LONG = 80
INTO_IT_SECONDS = 1.0

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def broker() -> Iterator[Broker]:
    with trial.brokered() as broker:
        yield broker


@pytest.fixture
def job(broker: Broker) -> Job:
    job = asked("marisol", LONG)
    send(broker.url, job.pk)
    return job


def in_the_middle(admin: psycopg.Connection, job: Job) -> None:
    until(lambda: at_work(admin))
    time.sleep(INTO_IT_SECONDS)
    assert at_work(admin), "the document was made too quickly: this drill shows nothing"
    assert not finished(job)


def ends_well(admin: psycopg.Connection, job: Job) -> float:
    """It is tried once more and made; gives the seconds since now."""
    seconds = until(lambda: finished(job))
    assert Job.objects.get(pk=job.pk).attempts == 2
    assert files_each([job]) == {1: 1}
    assert content_of(job).startswith(b"%PDF")
    return seconds


def children(pid: int) -> list[int]:
    listed = subprocess.run(["ps", "-o", "pid=", "--ppid", str(pid)], capture_output=True, text=True, check=True)
    return [int(child) for child in listed.stdout.split()]


def test_all_of_a_worker_killed(addresses: Addresses, admin: psycopg.Connection, broker: Broker, job: Job) -> None:
    environment = workshop(addresses, broker.url)
    with trial.running(environment, trial.beat()):
        with trial.running(environment, trial.worker(1)) as worker:
            in_the_middle(admin, job)
            os.killpg(worker.pid, signal.SIGKILL)
            worker.wait()
        until(lambda: not at_work(admin), within=5)
        assert files_each([job]) == {0: 1}
        with trial.running(environment, trial.worker(1)):
            seconds = ends_well(admin, job)
    print(
        f"\nwhole worker killed in the middle: lost 0, doubled 0; made {seconds:.1f} s after the next one was started"
    )


def test_only_its_child_killed(addresses: Addresses, admin: psycopg.Connection, broker: Broker, job: Job) -> None:
    environment = workshop(addresses, broker.url)
    with trial.running(environment, trial.beat()), trial.running(environment, trial.worker(1)) as worker:
        in_the_middle(admin, job)
        for child in children(worker.pid):
            os.kill(child, signal.SIGKILL)
        until(lambda: not at_work(admin), within=5)
        seconds = ends_well(admin, job)
        assert worker.poll() is None
    print(f"\nchild killed in the middle: lost 0, doubled 0; made {seconds:.1f} s later")


def test_the_same_job_sent_five_times_to_two_workers(
    addresses: Addresses, admin: psycopg.Connection, broker: Broker, job: Job
) -> None:
    environment = workshop(addresses, broker.url)
    send(broker.url, job.pk, times=4)
    with trial.running(environment, trial.worker(2)), trial.running(environment, trial.worker(2)):
        seconds = until(lambda: finished(job))
        # All five are gone through, and none of them began anew.
        time.sleep(1)
    assert Job.objects.get(pk=job.pk).attempts == 1
    assert files_each([job]) == {1: 1}
    print(f"\nsent 5 times to 2 workers of 2: begun once, 1 file, {seconds:.1f} s")
