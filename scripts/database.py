"""Which database `make run` uses: the one named in the environment, otherwise a server of our own."""

import json
import os
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

import psycopg

from recovery_portal import roles
from recovery_portal.bundled import AlreadyRunning, write_secret
from recovery_portal.embedded import Cluster
from recovery_portal.postgresql import Missing
from scripts import hints

NAME = "recovery"


@dataclass(frozen=True)
class Database:
    """The addresses, whether the data is our own, and whether it still waits for its demo content."""

    addresses: roles.Addresses
    bundled: bool
    wants_demo: bool


@contextmanager
def opened(data: Path) -> Iterator[Database]:
    """The database for as long as the site runs. Ends the program with one sentence when there is none."""
    if owner := os.environ.get("DATABASE_OWNER_URL") or os.environ.get("DATABASE_URL"):
        yield Database(elsewhere(owner, data), bundled=False, wants_demo=False)
        return
    try:
        cluster = Cluster(data / "postgresql")
        marker = data / "demo-wanted"
        # Before the data is made: a start that dies half-way must not cost the demo content.
        if not cluster.exists:
            marker.touch()
        cluster.start()
        if data not in cluster.data.parents:
            print(
                f"PostgreSQL cannot reach this folder as an ordinary account: its data is in {cluster.data}", flush=True
            )
    except Missing as missing:
        raise hints.stop(str(missing), missing.need) from missing
    except AlreadyRunning as running:
        raise SystemExit(f"{running} Stop that one with Ctrl-C first.") from running
    try:
        yield Database(cluster.set_up(NAME), bundled=True, wants_demo=marker.exists())
    finally:
        cluster.stop()


def elsewhere(owner: str, data: Path) -> roles.Addresses:
    """Addresses on somebody else's server; the roles that were not given are made there."""
    given = {"worker": os.environ.get("DATABASE_WORKER_URL", "")}
    if os.environ.get("DATABASE_OWNER_URL"):
        given["web"] = os.environ.get("DATABASE_URL", "")
    given = {role: address for role, address in given.items() if address}
    try:
        made = roles.set_up_elsewhere(owner, kept_passwords(data), known=[f"recovery_{role}" for role in given])
    except roles.CannotMakeRoles as error:
        raise SystemExit(str(error)) from error
    except psycopg.OperationalError as error:
        raise SystemExit(f"The database named in the environment does not let us in: {error}") from error
    return replace(made, **given)


def kept_passwords(data: Path) -> dict[str, str]:
    """Passwords of the roles we make on somebody else's server: made once, readable by us alone."""
    path = data / "database-passwords.json"
    if not path.exists():
        names = (roles.WEB, roles.WORKER, roles.BACKUP)
        write_secret(path, json.dumps({name: secrets.token_urlsafe(24) for name in names}))
    passwords: dict[str, str] = json.loads(path.read_text())
    return passwords
