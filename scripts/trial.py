"""A whole site for a while: database, demo people, broker, workers, a web server. For drills and measurements.

Knows nothing of what is tried on it. Nothing of it is left afterwards, however the trial ends.
"""

import json
import os
import secrets
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from recovery_portal import keeper, roles
from recovery_portal.broker import Broker
from recovery_portal.embedded import Cluster
from recovery_portal.postgresql import Account
from scripts import keys

ROOT = Path(__file__).resolve().parent.parent
FOLDER = ROOT / ".data" / "test"
START_WITHIN_SECONDS = 20
# What would lead a trial to somebody else's database or broker.
OTHERS = ("PG", "DATABASE_", "DJANGO_", "BROKER_")
APPLICATION = "recovery_portal.wsgi:application"
CELERY = [sys.executable, "-m", "celery", "--quiet", "--app", "recovery_portal.celery"]


class NotStarted(RuntimeError):
    """The web server did not answer in time."""


@dataclass(frozen=True)
class Data:
    """A filled database: its server, the environment that a web process needs, and who can sign in.

    `sessions`: name → value of the session cookie of somebody who has just signed in; the person with a plan is
    the first, the clinician the second, the peer who runs a group the third.
    """

    cluster: Cluster
    addresses: roles.Addresses
    environment: Mapping[str, str]
    sessions: Mapping[str, str]


@contextmanager
def filled(durable: bool = True) -> Iterator[Data]:
    """A migrated database with the demo people in it."""
    cluster = Cluster(FOLDER / f"trial-{secrets.token_hex(4)}", durable)
    try:
        cluster.start()
        addresses = cluster.set_up("recovery")
        environment = surroundings(cluster, addresses.web)
        manage(environment | {"DATABASE_URL": addresses.owner}, "migrate", "--no-input", "-v", "0")
        manage(environment, "collectstatic", "--no-input", "-v", "0")
        people = subprocess.run(
            [sys.executable, "-m", "scripts.trial_people"],
            env=environment,
            cwd=ROOT,
            check=True,
            stdout=subprocess.PIPE,
        )
        yield Data(cluster, addresses, environment, json.loads(people.stdout))
    finally:
        cluster.remove()


def surroundings(cluster: Cluster, address: str) -> dict[str, str]:
    """The environment of a process of this trial and of no other."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(OTHERS)}
    return {
        **kept,
        **keys.make(cluster.folder / "keys"),
        "DATABASE_URL": address,
        "STATIC_ROOT": str(cluster.folder / "static"),
        "LOCAL_HTTP": "1",
    }


def manage(environment: Mapping[str, str], *arguments: str) -> None:
    """A Django command; raises CalledProcessError when it does not work."""
    subprocess.run([sys.executable, "manage.py", *arguments], env=environment, cwd=ROOT, check=True)


def inside(environment: Mapping[str, str], module: str, *arguments: str) -> str:
    """What a module of ours prints when it is run in this environment."""
    command = [sys.executable, "-m", module, *arguments]
    return subprocess.run(command, env=environment, cwd=ROOT, check=True, text=True, stdout=subprocess.PIPE).stdout


def granian(port: int, application: str = APPLICATION, workers: int = 2, threads: int = 2) -> list[str]:
    """The command of the Procfile, flag by flag."""
    size = ["--workers", str(workers), "--blocking-threads", str(threads)]
    respawn = ["--respawn-failed-workers", "--respawn-interval", "0.5", "--workers-kill-timeout", "10"]
    plain = ["--interface", "wsgi", *respawn, "--no-ws", "--http", "1", "--log-level", "warning"]
    return [sys.executable, "-m", "granian", "--host", "127.0.0.1", "--port", str(port), *plain, *size, application]


def gunicorn(port: int, application: str = APPLICATION, workers: int = 2, threads: int = 2) -> list[str]:
    """The other web server that is known to work."""
    size = ["--workers", str(workers), "--threads", str(threads), "--worker-class", "gthread"]
    return [sys.executable, "-m", "gunicorn", "--bind", f"127.0.0.1:{port}", *size, "--log-level", "error", application]


def worker(processes: int = 2) -> list[str]:
    """The command of the Procfile."""
    alone = ["--without-gossip", "--without-mingle", "--without-heartbeat", "--loglevel", "warning"]
    return [*CELERY, "worker", "--concurrency", str(processes), *alone]


def beat() -> list[str]:
    """The command of the Procfile."""
    return [*CELERY, "beat", "--scheduler", "celery.beat:Scheduler", "--pidfile=", "--loglevel", "warning"]


@contextmanager
def brokered(durable: bool = True) -> Iterator[Broker]:
    """A broker of its own."""
    broker = Broker(FOLDER / f"broker-{secrets.token_hex(4)}", durable)
    try:
        broker.start()
        yield broker
    finally:
        broker.remove()


@contextmanager
def served(environment: Mapping[str, str], command: list[str], port: int, log: Path | None = None) -> Iterator[None]:
    """A web server on this port for as long as the block lasts; its output goes to `log`, or nowhere."""
    with running(environment, command, log) as server:
        _wait_for(port, server)
        yield


@contextmanager
def running(
    environment: Mapping[str, str], command: list[str], log: Path | None = None
) -> Iterator["subprocess.Popen[bytes]"]:
    """A process for as long as the block lasts, at the head of a group of its own; its output goes to `log`."""
    with (log or Path(os.devnull)).open("ab") as output:
        # A session of its own: what it starts can be ended with it.
        process = subprocess.Popen(
            command, env=environment, cwd=ROOT, stdin=subprocess.DEVNULL, stdout=output, stderr=output,
            start_new_session=True,
        )  # fmt: skip
    # SECURITY: a trial that is killed with -9 must not leave a site with known sessions behind.
    watch = keeper.start(Account(), "/bin/kill", "-TERM", "--", f"-{process.pid}")
    try:
        yield process
    finally:
        watch.terminate()
        watch.wait()
        _end(process)


def free_port() -> int:
    """A port that nobody listened on a moment ago."""
    with socket.socket() as trial:
        trial.bind(("127.0.0.1", 0))
        return int(trial.getsockname()[1])


def _wait_for(port: int, server: "subprocess.Popen[bytes]") -> None:
    deadline = time.monotonic() + START_WITHIN_SECONDS
    while time.monotonic() < deadline and server.poll() is None:
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
            return
        except OSError:
            time.sleep(0.05)
    raise NotStarted(f"no answer on port {port}")


def _end(server: "subprocess.Popen[bytes]") -> None:
    server.terminate()
    try:
        server.wait(timeout=5)
    except subprocess.TimeoutExpired:
        os.killpg(server.pid, 9)
        server.wait()
