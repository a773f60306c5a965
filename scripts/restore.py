"""`python -m scripts.restore FOLDER`: brings the newest content and the newest people into an empty database.

DATABASE_URL is the owner's. Older content may be named; it meets the newest people, so that whoever was erased
since then stays erased: their keys are not there, and the product's own erasing takes their rows away. Until all is
done the site cannot connect: a restore that dies half-way leaves nothing to be served.
"""

import argparse
import os
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path
from typing import LiteralString
from uuid import UUID

import psycopg
from psycopg import sql

from recovery_portal.roles import WEB, WORKER
from scripts import dumps
from scripts.dumps import CONTENT, NEWEST, PEOPLE

ROOT = Path(__file__).resolve().parent.parent
# Where rows wait during a restore, out of the product's way.
ASIDE = "restoring"


@dataclass(frozen=True)
class Outcome:
    """How many rows came, in how many tables; who was erased since, and how many rows went with them."""

    rows: int
    tables: int
    erased: int
    taken_away: int
    newcomers: int


def main(arguments: list[str] | None = None) -> None:
    """Restore, and say what came."""
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument("folder", type=Path)
    asked.add_argument("--content", type=Path, help="another content dump than the newest")
    asked.add_argument("--people", type=Path, help="another people's dump than the newest")
    given = asked.parse_args(arguments)
    content = given.content or dumps.newest(CONTENT, given.folder)
    people = given.people or dumps.newest(PEOPLE, given.folder)
    if dumps.moment_of(people) < dumps.moment_of(content):
        raise SystemExit("These people are older than the content: who came in between would be taken for erased.")
    print(f"content of {dumps.moment_of(content)}\npeople of  {dumps.moment_of(people)}", flush=True)
    began = time.monotonic()
    outcome = restore(content, people)
    print(f"{outcome.rows:,} rows in {outcome.tables} tables are back")
    print(f"{outcome.erased} erased since then, {outcome.taken_away:,} rows of theirs taken away")
    print(f"{outcome.newcomers} came since then and begin with empty pages")
    print(f"restored in {time.monotonic() - began:.1f} s", flush=True)


def restore(content: Path, people: Path) -> Outcome:
    """Tables, rows of both dumps, constraints and walls, erasing, and the migrations that came since."""
    reached = dumps.parameters()
    with psycopg.connect(**reached, autocommit=True) as server:  # type: ignore[arg-type]
        check_empty(server)
        keep_out(server)
        newcomers, erased = bring(content, people, server, reached)
        counts = rows_now(server)
        erase(server, erased)
        left = rows_now(server)
        server.execute(sql.SQL("DROP SCHEMA {} CASCADE").format(sql.Identifier(ASIDE)))
        inside(str(ROOT / "manage.py"), "migrate", "--no-input", "-v", "0")
        if newcomers:
            inside("-m", "scripts.restore_newcomers", *map(str, newcomers))
        let_in(server)
    taken_away = sum(counts.values()) - sum(left.values())
    return Outcome(sum(left.values()), len(left), len(erased), taken_away, len(newcomers))


def check_empty(server: psycopg.Connection) -> None:
    if server.execute("SELECT 1 FROM pg_tables WHERE schemaname = 'public'").fetchone():
        raise SystemExit("The database is not empty. Nothing was changed: restore into a fresh one.")


def keep_out(server: psycopg.Connection) -> None:
    """Nobody but the owner and the backup connects from now on."""
    # SECURITY: what was erased is there in between, and at first without any wall.
    _door(server, "REVOKE CONNECT ON DATABASE {} FROM PUBLIC, {}, {}")


def let_in(server: psycopg.Connection) -> None:
    _door(server, "GRANT CONNECT ON DATABASE {} TO {}, {}")


def _door(server: psycopg.Connection, words: LiteralString) -> None:
    server.execute(sql.SQL(words).format(*map(sql.Identifier, (server.info.dbname, WEB, WORKER))))


def bring(
    content: Path, people: Path, server: psycopg.Connection, reached: dumps.Parameters
) -> tuple[list[UUID], list[tuple[UUID, str]]]:
    """All rows of both dumps, behind their wall again. Gives who came since the older one, and who is to be erased."""
    load(content, "pre-data", reached)
    load(content, "data", reached)
    in_both = set_aside(server)
    load(people, "data", reached)
    newcomers = bring_back(server, in_both)
    erased = find_erased(server)
    forget_marks(server)
    # Foreign keys, triggers and policies come only now: what they would refuse has just been mended.
    load(content, "post-data", reached)
    count_on(server)
    return newcomers, erased


def load(dump: Path, section: str, reached: dumps.Parameters) -> None:
    """One section of a dump, whole or not at all."""
    how = ["--single-transaction", "--exit-on-error", "--no-password", f"--dbname={reached['dbname']}"]
    dumps.run("pg_restore", *how, f"--section={section}", dump, to=reached)


def set_aside(server: psycopg.Connection) -> list[str]:
    """Make room for the newer rows of tables that are in both dumps. Gives them: older releases had fewer."""
    in_both = [table for table in NEWEST if is_there(server, f"public.{table}")]
    server.execute(sql.SQL("CREATE SCHEMA {}").format(sql.Identifier(ASIDE)))
    for table in in_both:
        server.execute(
            sql.SQL("CREATE TABLE {} AS TABLE {}").format(sql.Identifier(ASIDE, table), sql.Identifier("public", table))
        )
        server.execute(sql.SQL("TRUNCATE {}").format(sql.Identifier("public", table)))
    return in_both


def is_there(server: psycopg.Connection, name: str) -> bool:
    """Whether the backup's release had this table or sequence."""
    return server.execute("SELECT 1 WHERE to_regclass(%s) IS NOT NULL", [name]).fetchone() is not None


def bring_back(server: psycopg.Connection, in_both: list[str]) -> list[UUID]:
    """Add the older rows that the newer dump lacks. Gives the people who were not there when the content was."""
    if not server.execute("SELECT 1 FROM public.accounts_user").fetchone():
        raise SystemExit("The people's dump holds nobody: everything would be taken for erased.")
    newcomers = server.execute(
        "SELECT id FROM public.accounts_user WHERE id NOT IN (SELECT id FROM restoring.records_holder)"
    ).fetchall()
    for table in in_both:
        server.execute(
            sql.SQL("INSERT INTO {now} SELECT * FROM {then} WHERE id NOT IN (SELECT id FROM {now})").format(
                now=sql.Identifier("public", table), then=sql.Identifier(ASIDE, table)
            )
        )
    return [newcomer for (newcomer,) in newcomers]


def find_erased(server: psycopg.Connection) -> list[tuple[UUID, str]]:
    """Holders without a key, as (id, kind). Persons get a row to be erased from: rows of others still name them."""
    erased = server.execute(
        "SELECT id, kind FROM public.records_holder"
        " WHERE id NOT IN (SELECT holder_id FROM public.records_holderkey) ORDER BY id"
    ).fetchall()
    server.execute(
        "INSERT INTO public.accounts_user SELECT gone.* FROM public.records_holder h,"
        " LATERAL (SELECT to_jsonb(u) AS pattern FROM public.accounts_user u LIMIT 1) one, LATERAL"
        " jsonb_populate_record(NULL::public.accounts_user, pattern || jsonb_build_object("
        "'id', h.id, 'username', 'erased-' || h.id, 'email', '', 'password', '!', 'is_active', false)) gone"
        " WHERE h.kind = 'person' AND h.id NOT IN (SELECT holder_id FROM public.records_holderkey)"
    )
    return erased


def forget_marks(server: psycopg.Connection) -> None:
    """Marks of erased groups hang on memberships, which the newer dump lacks: no foreign key could be made of them."""
    if is_there(server, "public.peers_mark"):
        server.execute(
            "DELETE FROM public.peers_mark WHERE holder_id NOT IN (SELECT holder_id FROM public.records_holderkey)"
        )


def erase(server: psycopg.Connection, erased: list[tuple[UUID, str]]) -> None:
    """Each by the product's own function: what it does to rows of others is done here too."""
    for holder, kind in erased:
        act = "SELECT sec.erase_person(%s)" if kind == "person" else "SELECT sec.erase_holder(%s)"
        with server.transaction():
            server.execute("SELECT set_config('app.person', %s, true)", [str(holder)])
            server.execute(act, [holder])


def count_on(server: psycopg.Connection) -> None:
    """Numbering goes on after the highest number there is: the older dump knew a lower one."""
    numbered = server.execute(
        "SELECT relname, attname FROM pg_attribute JOIN pg_class c ON c.oid = attrelid"
        " WHERE attidentity <> '' AND relnamespace = 'public'::regnamespace"
    ).fetchall()
    for table, column in numbered:
        server.execute(
            sql.SQL("SELECT setval(pg_get_serial_sequence(%s, %s), coalesce(max({}), 0) + 1, false) FROM {}").format(
                sql.Identifier(column), sql.Identifier("public", table)
            ),
            [f"public.{table}", column],
        )
    if is_there(server, "sec.line"):
        server.execute("SELECT setval('sec.line', coalesce(max(line), 0) + 1, false) FROM public.peers_membership")


def rows_now(server: psycopg.Connection) -> dict[str, int]:
    """How many rows each of the product's tables has."""
    names = server.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public'").fetchall()
    counts = {}
    for (table,) in names:
        row = server.execute(sql.SQL("SELECT count(*) FROM {}").format(sql.Identifier("public", table))).fetchone()
        counts[table] = row[0] if row else 0
    return counts


def inside(*command: str) -> None:
    """Part of the product, in a process of its own with this one's environment."""
    if subprocess.run([sys.executable, *command], cwd=ROOT, env=os.environ, check=False).returncode:
        raise SystemExit("The rows are back, but the site could not be prepared: see above.")


if __name__ == "__main__":
    main()
