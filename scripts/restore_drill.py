"""`python -m scripts.restore_drill FOLDER`: brings a backup into a throw-away server and looks whether it is whole.

Touches nothing that is in use and leaves nothing behind. VAULT_KEYS_DIR names the master keys, as for the site.
"""

import argparse
import json
import os
import re
import secrets
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import unquote, urlsplit

import psycopg
from psycopg import errors, sql

from recovery_portal.embedded import Cluster
from recovery_portal.roles import Addresses
from scripts import dumps

ROOT = Path(__file__).resolve().parent.parent
OURS = ("PG", "DATABASE_", "DJANGO_", "BROKER_", "SECRET_KEY")
ENTRY = re.compile(r"^--\n-- Name: (.*); Type: (.*); Schema: (.*); Owner: .*\n--\n", re.MULTILINE)
# Said by the server that made the dump, or drawn by lot.
CHANGING = re.compile(r"^(SET|SELECT pg_catalog\.set_config|\\|--).*\n", re.MULTILINE)
# PostgreSQL spells a condition such as `kind IN ('person', 'group')` in another way once it was dumped and read again.
SPELLING = re.compile(r"::(text|character varying)(\[\])?|[()]")


def main(arguments: list[str] | None = None) -> int:
    """Restore and check. Returns 0 when all is well."""
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument("folder", type=Path)
    asked.add_argument("--place", type=Path, default=Path(tempfile.gettempdir()), help="where the server may lie")
    asked.add_argument("--content", type=Path, help="another content dump than the newest")
    asked.add_argument("--people", type=Path, help="another people's dump than the newest")
    given = asked.parse_args(arguments)
    chosen = [f"--{kind}={path.resolve()}" for kind in ("content", "people") if (path := getattr(given, kind))]
    began = time.monotonic()
    with server(given.place) as cluster:
        problems = drill(cluster, [str(given.folder.resolve()), *chosen])
    print("\n".join(problems) or "All is well.")
    print(f"Nothing was left behind. {time.monotonic() - began:.1f} s", flush=True)
    return 1 if problems else 0


@contextmanager
def server(place: Path) -> Iterator[Cluster]:
    """A PostgreSQL of our own, gone afterwards however the drill ends."""
    cluster = Cluster(place / f"restore-drill-{secrets.token_hex(4)}", durable=False)
    try:
        cluster.start()
        yield cluster
    finally:
        cluster.remove()


def drill(cluster: Cluster, restoring: list[str]) -> list[str]:
    """Restore beside a database made by the migrations alone, compare, and open. Gives what is not well."""
    fresh, restored = cluster.set_up("fresh"), cluster.set_up("restored")
    migrating = subprocess.Popen(
        [sys.executable, "manage.py", "migrate", "--no-input", "-v", "0"], cwd=ROOT, env=surroundings(fresh.owner)
    )
    back = subprocess.run(
        [sys.executable, "-m", "scripts.restore", *restoring], cwd=ROOT, env=surroundings(restored.owner), check=False
    )
    if migrating.wait() or back.returncode:
        return ["The backup could not be restored: see above."]
    checks = (check_strangers, check_erased, check_seals)
    return [*check_wall(fresh, restored), *(problem for check in checks for problem in check(restored))]


def surroundings(address: str) -> dict[str, str]:
    """The environment of a process of this drill: it knows no other database and no secret but the master keys."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(OURS)}
    return {**kept, "DATABASE_URL": address, "SECRET_KEY": secrets.token_urlsafe(48), "LOCAL_HTTP": "1"}


def check_wall(fresh: Addresses, restored: Addresses) -> list[str]:
    """Tables, grants, policies, triggers, functions and constraints are those that the migrations make."""
    wanted, found = structure(fresh.backup), structure(restored.backup)
    kinds = [kind for _name, kind, _schema in found]
    print(
        f"the wall: {kinds.count('ROW SECURITY')} tables row by row, {kinds.count('POLICY')} policies,"
        f" {kinds.count('TRIGGER')} triggers, {kinds.count('ACL')} grants"
    )
    differing = sorted({key for key in wanted.keys() | found.keys() if wanted.get(key) != found.get(key)})
    return [f"Not as the migrations make it: {kind} {name}" for name, kind, _schema in differing]


def structure(address: str) -> Mapping[tuple[str, str, str], str]:
    """(name, type, schema) → SQL of all that a database has beside rows."""
    text = dumps.run("pg_dump", "--schema-only", "--no-password", to=reached(address))
    _head, *parts = ENTRY.split(text)
    return {
        (parts[at], parts[at + 1], parts[at + 2]): SPELLING.sub("", CHANGING.sub("", parts[at + 3])).strip()
        for at in range(0, len(parts), 4)
    }


def check_strangers(restored: Addresses) -> list[str]:
    """The site's role, acting for nobody, sees no row of a table that has a wall."""
    with psycopg.connect(restored.backup) as all_seeing:
        walled = all_seeing.execute("SELECT relname FROM pg_class WHERE relrowsecurity ORDER BY relname").fetchall()
    with psycopg.connect(restored.web, autocommit=True) as stranger:
        seen = [table for (table,) in walled if sees(stranger, table)]
    print(f"seen by nobody: {len(walled) - len(seen)} of {len(walled)} tables")
    return [f"Rows can be seen by anybody: {table}" for table in seen] if walled else ["No table has a wall."]


def sees(stranger: psycopg.Connection, table: str) -> bool:
    try:
        return stranger.execute(sql.SQL("SELECT FROM {} LIMIT 1").format(sql.Identifier(table))).fetchone() is not None
    except errors.InsufficientPrivilege:
        return False


def check_erased(restored: Addresses) -> list[str]:
    """Nothing is left of anybody who has no key any more."""
    with psycopg.connect(restored.backup, autocommit=True) as server:
        held = server.execute(
            "SELECT table_name FROM information_schema.columns"
            " WHERE table_schema = 'public' AND column_name = 'holder_id' AND table_name <> 'records_holderkey'"
        ).fetchall()
        orphan = sql.SQL("SELECT 1 FROM {} WHERE holder_id NOT IN (SELECT holder_id FROM records_holderkey) LIMIT 1")
        left = [table for (table,) in held if server.execute(orphan.format(sql.Identifier(table))).fetchone()]
    print(f"nothing left of the erased: {len(held) - len(left)} of {len(held)} tables")
    return [f"Rows of somebody without a key: {table}" for table in left]


def check_seals(restored: Addresses) -> list[str]:
    """Every key and a sample of sealed texts open with the master keys."""
    command = [sys.executable, "-m", "scripts.restore_sample"]
    answer = subprocess.run(
        command, cwd=ROOT, env=surroundings(restored.backup), check=False, stdout=subprocess.PIPE, text=True
    )
    if answer.returncode:
        return ["What is sealed could not be looked at: see above."]
    problems = []
    for what, counted in json.loads(answer.stdout).items():
        print(f"{what} opened: {counted['opened']:,} of {counted['there']:,}")
        if not counted["there"]:
            problems.append(f"There are no {what} to open: this drill shows nothing.")
        elif counted["opened"] < counted["there"]:
            problems.append(f"Not all {what} open: are these the right master keys?")
    return problems


def reached(address: str) -> dict[str, str]:
    """An address of the throw-away server, in libpq's words."""
    parts = urlsplit(address)
    return {
        "host": str(parts.hostname),
        "port": str(parts.port),
        "user": unquote(parts.username or ""),
        "password": unquote(parts.password or ""),
        "dbname": parts.path.lstrip("/"),
    }


if __name__ == "__main__":
    sys.exit(main())
