"""For tests of backups: a backup taken and a database to restore into, by the scripts as a host runs them."""

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg
from psycopg import sql

from recovery_portal.embedded import Cluster
from recovery_portal.roles import Addresses
from scripts import dumps

ROOT = Path(__file__).resolve().parent.parent


@contextmanager
def fresh(cluster: Cluster, addresses: Addresses) -> Iterator[Addresses]:
    """An empty database with its roles, gone afterwards."""
    name = f"restored_{os.getpid()}"
    yield cluster.set_up(name)
    with psycopg.connect(addresses.admin, autocommit=True) as server:
        server.execute(sql.SQL("DROP DATABASE {} WITH (FORCE)").format(sql.Identifier(name)))


def run(module: str, address: str, *arguments: str | Path, **more: str) -> subprocess.CompletedProcess[str]:
    """One of the scripts, as a host runs it."""
    return subprocess.run(
        [sys.executable, "-m", f"scripts.{module}", *map(str, arguments)],
        cwd=ROOT, env={**os.environ, "DATABASE_URL": address, **more}, capture_output=True, text=True, check=False,
    )  # fmt: skip


def dumped(addresses: Addresses, folder: Path) -> tuple[Path, Path]:
    """A backup: its content and its people."""
    folder.mkdir()
    done = run("backup", addresses.backup, folder)
    assert done.returncode == 0, done.stderr
    return dumps.newest(dumps.CONTENT, folder), dumps.newest(dumps.PEOPLE, folder)


def restored(emptied: Addresses, content: Path, people: Path) -> str:
    """What a restore of these two says. Older content meets newer people here."""
    done = run("restore", emptied.owner, content.parent, "--content", content, "--people", people)
    assert done.returncode == 0, done.stderr
    return done.stdout


def as_text(dump: Path) -> str:
    """All that stands in a dump, as SQL."""
    return dumps.run("pg_restore", "--file=-", dump, to={})
