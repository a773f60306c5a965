"""Database roles and who may connect. What each role may do with a table is said in the migrations."""

from collections.abc import Collection, MutableMapping
from dataclasses import dataclass
from urllib.parse import quote, unquote, urlsplit, urlunsplit

import psycopg
from psycopg import errors, sql

OWNER, WEB, WORKER, BACKUP = "recovery_owner", "recovery_web", "recovery_worker", "recovery_backup"
ORDINARY = "LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE NOBYPASSRLS NOREPLICATION"
# A request that waits longer than this helps nobody and holds a lock that others wait for.
WEB_LIMITS = {"statement_timeout": "15s", "idle_in_transaction_session_timeout": "30s", "lock_timeout": "5s"}
THREE = "set DATABASE_OWNER_URL, DATABASE_URL and DATABASE_WORKER_URL to three addresses."
ONE_AT_A_TIME = 7_405_118

Passwords = MutableMapping[str, str]


class CannotMakeRoles(RuntimeError):
    """The address given may not create the roles that the product needs."""


@dataclass(frozen=True)
class Addresses:
    """One database, as each role reaches it. `admin` may do anything there."""

    owner: str
    web: str
    worker: str
    backup: str
    admin: str


def set_up(admin: str, database: str, passwords: Passwords, template: str = "template0") -> Addresses:
    """Make the roles, the database and its privileges on a server of our own. Can be repeated."""
    with psycopg.connect(admin, autocommit=True) as server:
        # Roles are shared by all databases: two runs changing one at a time fail each other.
        server.execute("SELECT pg_advisory_lock(%s)", [ONE_AT_A_TIME])
        for role in (OWNER, WEB, WORKER, BACKUP):
            _make_role(server, role, passwords[role])
        _limit(server)
        server.execute("REVOKE CONNECT ON DATABASE postgres, template1 FROM PUBLIC")
        _make_database(server, database, template)
    with psycopg.connect(at(admin, database=database), autocommit=True) as inside:
        _open_to_roles(inside, database, (WEB, WORKER, BACKUP))
    return Addresses(
        owner=at(admin, OWNER, passwords[OWNER], database),
        web=at(admin, WEB, passwords[WEB], database),
        worker=at(admin, WORKER, passwords[WORKER], database),
        backup=at(admin, BACKUP, passwords[BACKUP], database),
        admin=at(admin, database=database),
    )


def set_up_elsewhere(owner: str, passwords: Passwords, known: Collection[str]) -> Addresses:
    """Make the roles through the owner's address of somebody else's server, but not those in `known`.

    Raises CannotMakeRoles when the address may not, or when a role is there with a password we do not know.
    """
    missing = [role for role in (WEB, WORKER, BACKUP) if role not in known]
    try:
        with psycopg.connect(owner, autocommit=True) as server:
            # Who names both has set the server up: what is there is not ours to change.
            if missing != [BACKUP]:
                for role in missing:
                    _make_role_elsewhere(server, role, passwords[role])
                if WEB in missing:
                    _limit(server)
                _open_to_roles(server, unquote(urlsplit(owner).path.lstrip("/")), missing)
    except errors.InsufficientPrivilege as error:
        raise CannotMakeRoles(
            f"The database address may not create roles: give its role CREATEROLE, or {THREE}"
        ) from error
    return Addresses(
        owner=owner,
        web=at(owner, WEB, passwords[WEB]),
        worker=at(owner, WORKER, passwords[WORKER]),
        backup=at(owner, BACKUP, passwords[BACKUP]),
        admin=owner,
    )


def at(address: str, user: str = "", password: str = "", database: str = "") -> str:
    """The same server, with another role or another database."""
    parts = urlsplit(address)
    place = parts.netloc.rpartition("@")[2]
    who = f"{quote(user, safe='')}:{quote(password, safe='')}" if user else parts.netloc.rpartition("@")[0]
    path = f"/{quote(database, safe='')}" if database else parts.path
    return urlunsplit(parts._replace(netloc=f"{who}@{place}", path=path))


def _make_role(server: psycopg.Connection, role: str, password: str) -> None:
    verb = "ALTER" if _has_role(server, role) else "CREATE"
    rights = ORDINARY.replace("NOBYPASSRLS", "BYPASSRLS") if role == BACKUP else ORDINARY
    server.execute(
        sql.SQL("{} ROLE {} {} PASSWORD {}").format(
            sql.SQL(verb), sql.Identifier(role), sql.SQL(rights), sql.Literal(password)
        )
    )
    if role == BACKUP:
        server.execute(sql.SQL("GRANT pg_read_all_data TO {}").format(sql.Identifier(role)))


def _make_role_elsewhere(server: psycopg.Connection, role: str, password: str) -> None:
    if _has_role(server, role):
        _must_know(server, role, password)
        return
    try:
        _make_role(server, role, password)
    except errors.InsufficientPrivilege:
        if role != BACKUP or not _has_role(server, WEB):
            raise
        # A backup role that cannot pass row-level security fails loudly in pg_dump: no silent holes.
        if not _has_role(server, role):
            server.execute(
                sql.SQL("CREATE ROLE {} LOGIN PASSWORD {}").format(sql.Identifier(role), sql.Literal(password))
            )


def _must_know(server: psycopg.Connection, role: str, password: str) -> None:
    """Roles belong to the whole server: taking a new password would lock another installation out."""
    parameters = server.info.get_parameters() | {"user": role, "password": password}
    try:
        psycopg.connect(**parameters).close()  # type: ignore[arg-type]
    except psycopg.OperationalError as error:
        raise CannotMakeRoles(
            f"The role {role} is already there and its password is not known here: {THREE}"
        ) from error


def _has_role(server: psycopg.Connection, role: str) -> bool:
    return server.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", [role]).fetchone() is not None


def _limit(server: psycopg.Connection) -> None:
    for setting, value in WEB_LIMITS.items():
        server.execute(
            sql.SQL("ALTER ROLE {} SET {} = {}").format(
                sql.Identifier(WEB), sql.Identifier(setting), sql.Literal(value)
            )
        )


def _make_database(server: psycopg.Connection, database: str, template: str) -> None:
    if server.execute("SELECT 1 FROM pg_database WHERE datname = %s", [database]).fetchone():
        return
    server.execute(
        sql.SQL("CREATE DATABASE {} OWNER {} TEMPLATE {}").format(
            sql.Identifier(database), sql.Identifier(OWNER), sql.Identifier(template)
        )
    )


def _open_to_roles(inside: psycopg.Connection, database: str, allowed: Collection[str]) -> None:
    """Only our roles connect, and none but the owner may make anything."""
    name, roles = sql.Identifier(database), sql.SQL(", ").join(map(sql.Identifier, allowed))
    inside.execute(sql.SQL("REVOKE ALL ON DATABASE {} FROM PUBLIC").format(name))
    inside.execute("REVOKE ALL ON SCHEMA public FROM PUBLIC")
    inside.execute(sql.SQL("GRANT CONNECT ON DATABASE {} TO {}").format(name, roles))
    inside.execute(sql.SQL("GRANT USAGE ON SCHEMA public TO {}").format(roles))
