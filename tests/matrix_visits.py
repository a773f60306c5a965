"""Makes the visits of the matrix and tells where they differ from it. Each is rolled back: the world stays."""

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

import psycopg
from django.db import connection, transaction
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from tests.matrix import Cell, arguments, form
from tests.world import World

# Tables a page may write to although it changes nothing of anybody's.
NOT_COMPARED = {
    "django_session": "a visit renews its session and keeps its notices there",
    "usersessions_usersession": "when a device was last seen",
    "accounts_counter": "how often something was tried",
    "sharing_accessevent": "compared line by line instead",
    "django_migrations": "nobody's",
}
ONLY_READS = re.compile(r"\s*(SELECT|SAVEPOINT|RELEASE|ROLLBACK)\b(?!.*\b(INSERT|UPDATE \w+ SET|DELETE FROM)\b)", re.S)


class Ledger:
    """Sees all rows past both walls, also from inside a visit's own transaction."""

    def __init__(self, admin: str) -> None:
        self.admin = admin
        with psycopg.connect(admin, autocommit=True) as server:
            # Whose a row is: its holder's, or in the tables of people and holders its own id's.
            rows = server.execute(
                "SELECT c.relname, coalesce((SELECT attname FROM pg_attribute WHERE attrelid = c.oid"
                " AND atttypid = 'uuid'::regtype AND attname IN ('holder_id', 'id') ORDER BY attname LIMIT 1), '')"
                " FROM pg_class c WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace"
            ).fetchall()
            digests = " UNION ALL ".join(
                f"SELECT '{table}', {whose or 'NULL::uuid'},"
                f" count(*) || ':' || coalesce(sum(hashtextextended(t::text, 0)), 0) FROM {table} t"
                + (f" GROUP BY {whose}" if whose else "")
                for table, whose in rows
                if table not in NOT_COMPARED
            )
            server.execute(
                "CREATE SCHEMA testing; GRANT USAGE ON SCHEMA testing TO recovery_web;"
                "CREATE FUNCTION testing.state() RETURNS TABLE (kept text, holder uuid, digest text)"
                f" LANGUAGE sql SECURITY DEFINER SET search_path = public AS $$ {digests} $$;"
                "CREATE FUNCTION testing.log() RETURNS TABLE (holder uuid, what text, parts text[])"
                " LANGUAGE sql SECURITY DEFINER SET search_path = public"
                " AS 'SELECT holder_id, what::text, parts::text[] FROM sharing_accessevent'"
            )
        self.before, self.lines_before = self.state(), self.lines()

    def close(self) -> None:
        with psycopg.connect(self.admin, autocommit=True) as server:
            server.execute("DROP SCHEMA testing CASCADE")

    def state(self) -> dict[tuple[str, Any], str]:
        return {(kept, holder): digest for kept, holder, digest in _rows("SELECT * FROM testing.state()")}

    def lines(self) -> Counter[tuple[Any, str, tuple[str, ...]]]:
        return Counter((holder, what, tuple(parts)) for holder, what, parts in _rows("SELECT * FROM testing.log()"))

    def changed(self) -> set[tuple[str, Any]]:
        """(table, holder) of all rows that differ now from before."""
        now = self.state()
        return {key for key in self.before.keys() | now.keys() if self.before.get(key) != now.get(key)}

    def new_lines(self) -> list[tuple[Any, str, tuple[str, ...]]]:
        return list((self.lines() - self.lines_before).elements())


@dataclass
class Visit:
    """One visit and what it left behind."""

    response: HttpResponse
    shown: set[str] = field(default_factory=set)
    changed: set[tuple[str, Any]] = field(default_factory=set)
    lines: list[tuple[Any, str, tuple[str, ...]]] = field(default_factory=list)
    begun: set[Any] = field(default_factory=set)


def visit(world: World, ledger: Ledger, role: str, name: str, method: str) -> Visit:
    """Request one address as one role, in a transaction that is rolled back."""
    client = Client(raise_request_exception=False)
    if role in world.people:
        client.cookies = world.people[role].client.cookies.copy()  # type: ignore[assignment]
    address = reverse(name, args=arguments(world, name, role))
    request: Callable[..., HttpResponse] = getattr(client, method.lower())
    options = {"data": form(world, name, role)} if method == "POST" else {}
    with transaction.atomic():
        with _watched() as writes:
            response = request(address, **options)
        seen = Visit(response, world.canaries.found_in(_text(response)))
        if writes:
            seen.changed, seen.lines = ledger.changed(), ledger.new_lines()
            seen.begun = {holder for _kept, holder in seen.changed} - {holder for _kept, holder in ledger.before}
        transaction.set_rollback(True)
    return seen


def deviations(
    world: World, ledger: Ledger, rows: dict[tuple[str, str], dict[str, Cell]], methods: Iterable[str] = ()
) -> Iterator[str]:
    """Every difference between what was decided and what happens, in words."""
    for person in world.people.values():
        # On a busy machine the world may be older than a passphrase that was just typed.
        person.confirms(seconds_ago=0)
    for (name, method), cells in rows.items():
        if methods and method not in methods:
            continue
        for role, cell in cells.items():
            seen = visit(world, ledger, role, name, method)
            yield from (f"{role} {method} {name}: {each}" for each in differences(world, role, method, cell, seen))


def differences(world: World, role: str, method: str, cell: Cell, seen: Visit) -> Iterator[str]:
    """In what the visit is not as the cell says."""
    response, headers = seen.response, seen.response.headers
    is_sent = cell.asks_to_sign_in and method in ("GET", "HEAD")
    status = 401 if cell.asks_to_sign_in and not is_sent else cell.status
    if response.status_code != status:
        yield f"status {response.status_code} instead of {status}"
    location = headers.get("Location", "/")
    if location.startswith(reverse("account_login") + "?next=") != is_sent or urlsplit(location).netloc:
        yield f"sent to {location}"
    expected = set() if method == "HEAD" else world.may_show(role, cell.shows)
    if seen.shown != expected:
        yield f"shows {sorted(seen.shown - expected)}, does not show {sorted(expected - seen.shown)}"
    owners = {
        "": [],
        "mine": [_holder(world, role)],
        "owner": [world.owner.pk],
        "group": [world.groups.group.pk],
        "new": seen.begun,
    }[cell.changes]
    if strange := sorted(kept for kept, holder in seen.changed if holder is None or holder not in owners):
        yield f"changes {strange}"
    lines = [f"{'mine' if holder == _holder(world, role) else 'owner'}: {what}" for holder, what, _parts in seen.lines]
    if lines != list(cell.logs):
        yield f"logs {lines} instead of {list(cell.logs)}"
    if "no-store" not in headers.get("Cache-Control", ""):
        yield "may be stored"
    if "default-src 'none'" not in headers.get("Content-Security-Policy", ""):
        yield "has no content policy"


def _holder(world: World, role: str) -> Any:
    return world.people[role].pk if role in world.people else None


def _text(response: HttpResponse) -> str:
    return response.content.decode() + " ".join(f"{name}: {value}" for name, value in response.headers.items())


@contextmanager
def _watched() -> Iterator[list[str]]:
    """The statements that may have written something. A visit that wrote nothing needs no comparison."""
    writes: list[str] = []

    def watch(execute: Callable[..., Any], sql: Any, params: Any, many: bool, context: Any) -> Any:
        if not ONLY_READS.match(str(sql)):
            writes.append(str(sql))
        return execute(sql, params, many, context)

    with connection.execute_wrapper(watch):
        yield writes


def _rows(query: str) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(query)
        return cursor.fetchall()


@contextmanager
def wall_down(admin: str) -> Iterator[None]:
    """Row-level security off on every table that has it: only the first wall stands."""
    with psycopg.connect(admin, autocommit=True) as server:
        found = server.execute(
            "SELECT oid::regclass::text FROM pg_class WHERE relrowsecurity AND relnamespace = 'public'::regnamespace"
        ).fetchall()
        tables = [table for (table,) in found]
        assert tables
        try:
            server.execute(";".join(f"ALTER TABLE {table} DISABLE ROW LEVEL SECURITY" for table in tables))
            yield
        finally:
            server.execute(";".join(f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY" for table in tables))
