"""The bundled PostgreSQL: what it keeps, whom it lets in, and what it survives."""

import secrets
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import LiteralString

import psycopg
import pytest
from psycopg import errors

from recovery_portal import postgresql, roles
from recovery_portal.bundled import AlreadyRunning
from recovery_portal.embedded import Cluster
from recovery_portal.roles import Addresses
from tests.watching import comes_true, runs

ROOT = Path(__file__).resolve().parent.parent
PASSWORDS = {role: f"secret-{role}" for role in (roles.WEB, roles.WORKER, roles.BACKUP)}


def new_cluster(durable: bool = True) -> Cluster:
    """A server of our own, in a place where every account may get to."""
    return Cluster(ROOT / ".data" / "test" / f"own-{secrets.token_hex(4)}", durable)


@pytest.fixture(scope="module")
def shared() -> Iterator[Cluster]:
    """A durable server for this file's tests: as `make run` starts it."""
    cluster = new_cluster()
    try:
        yield cluster
    finally:
        cluster.remove()


@pytest.fixture
def own(shared: Cluster) -> Cluster:
    """The same, running."""
    shared.start()
    return shared


@pytest.fixture
def database(own: Cluster) -> Addresses:
    """A database on that server."""
    return own.set_up("recovery")


@pytest.fixture
def rented() -> Iterator[Cluster]:
    """A server that stands for somebody else's: it has no role of ours."""
    cluster = new_cluster(durable=False)
    try:
        cluster.start()
        yield cluster
    finally:
        cluster.remove()


def value(address: str, query: LiteralString) -> object:
    with psycopg.connect(address, autocommit=True) as connection:
        row = connection.execute(query).fetchone()
        return row[0] if row else None


def run(address: str, *commands: LiteralString) -> None:
    with psycopg.connect(address, autocommit=True) as connection:
        for command in commands:
            connection.execute(command)


def postmaster(cluster: Cluster) -> int:
    return int((cluster.data / "postmaster.pid").read_text().split()[0])


def test_it_works(database: Addresses) -> None:
    for address in (database.owner, database.web, database.worker, database.backup):
        assert value(address, "SELECT 1") == 1


def test_set_up_can_be_repeated(own: Cluster, database: Addresses) -> None:
    assert own.set_up("recovery") == database


def test_acknowledged_rows_survive_a_kill(own: Cluster, database: Addresses) -> None:
    run(database.owner, "CREATE TABLE kept (number int)", "INSERT INTO kept SELECT generate_series(1, 100)")
    own.kill()
    own.start()
    assert value(own.set_up("recovery").owner, "SELECT count(*) FROM kept") == 100


def test_data_and_port_survive_a_restart(own: Cluster, database: Addresses) -> None:
    run(database.owner, "CREATE TABLE seven AS SELECT 7 AS number")
    port = own.port
    own.stop()
    own.start()
    assert own.port == port
    assert value(database.owner, "SELECT number FROM seven") == 7


def test_a_busy_port_is_avoided(own: Cluster) -> None:
    port = own.port
    own.stop()
    with socket.socket() as other:
        other.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        other.bind(("127.0.0.1", port))
        other.listen()
        own.start()
        assert own.port != port
    assert value(own.admin_url, "SELECT 1") == 1


def test_two_runs_do_not_share_a_folder(own: Cluster) -> None:
    with pytest.raises(AlreadyRunning, match="already in use"):
        Cluster(own.folder).start()


def test_it_stops_when_its_starter_is_killed(own: Cluster) -> None:
    own.stop()
    script = (
        "import os, pathlib, sys; from recovery_portal.embedded import Cluster;"
        "Cluster(pathlib.Path(sys.argv[1])).start(); print('started', flush=True); os.kill(os.getpid(), 9)"
    )
    command = [sys.executable, "-c", script, str(own.folder)]
    starter = subprocess.run(command, cwd=ROOT, stdout=subprocess.PIPE, text=True, check=False)
    assert (starter.stdout, starter.returncode) == ("started\n", -signal.SIGKILL)
    with socket.socket() as trial:
        assert comes_true(lambda: trial.connect_ex(("127.0.0.1", own.port)) != 0)


def test_nothing_is_left_after_remove() -> None:
    cluster = new_cluster(durable=False)
    cluster.start()
    server = postmaster(cluster)
    cluster.remove()
    assert not cluster.folder.exists()
    assert comes_true(lambda: not runs(server))


def test_a_half_made_folder_is_made_anew() -> None:
    cluster = new_cluster(durable=False)
    (cluster.folder / "data.new").mkdir(parents=True)
    (cluster.folder / "data.new" / "PG_VERSION").write_text("18\n")
    try:
        cluster.start()
        assert value(cluster.admin_url, "SELECT 1") == 1
    finally:
        cluster.remove()


def test_data_of_another_version_is_refused(own: Cluster, monkeypatch: pytest.MonkeyPatch) -> None:
    own.stop()
    monkeypatch.setattr(postgresql, "major", lambda folder, runner=None: 99)
    with pytest.raises(postgresql.Missing, match="PostgreSQL 99"):
        own.start()


@pytest.mark.parametrize(
    ("setting", "expected"),
    [
        ("log_error_verbosity", "terse"),
        ("log_min_error_statement", "panic"),
        ("log_parameter_max_length", "0"),
        ("log_parameter_max_length_on_error", "0"),
        ("log_statement", "none"),
        ("listen_addresses", "127.0.0.1"),
        ("unix_socket_directories", ""),
        ("data_checksums", "on"),
        ("timezone", "UTC"),
        ("fsync", "on"),
    ],
)
def test_server_settings(database: Addresses, setting: LiteralString, expected: str) -> None:
    assert value(database.admin, "SELECT current_setting('" + setting + "')") == expected


def test_a_wrong_password_is_refused(database: Addresses) -> None:
    with pytest.raises(psycopg.OperationalError, match="password"):
        psycopg.connect(roles.at(database.web, roles.WEB, "wrong"))


@pytest.mark.parametrize("role", ["web", "worker", "backup"])
def test_only_the_owner_makes_tables(addresses: Addresses, role: str) -> None:
    with pytest.raises(errors.InsufficientPrivilege):
        value(getattr(addresses, role), "CREATE TABLE mine (number int)")


@pytest.mark.parametrize("role", ["owner", "web", "worker", "backup"])
def test_roles_connect_to_their_database_alone(addresses: Addresses, role: str) -> None:
    with pytest.raises(psycopg.OperationalError, match="permission denied"):
        psycopg.connect(roles.at(getattr(addresses, role), database="postgres"))


def test_roles_have_no_power_beyond_their_own(admin: psycopg.Connection) -> None:
    rows = admin.execute(
        "SELECT rolname, rolsuper, rolcreaterole, rolcreatedb, rolbypassrls FROM pg_roles WHERE rolname = ANY(%s)",
        [[roles.OWNER, roles.WEB, roles.WORKER, roles.BACKUP]],
    ).fetchall()
    assert {row[0]: row[1:] for row in rows} == {
        roles.OWNER: (False, False, False, False),
        roles.WEB: (False, False, False, False),
        roles.WORKER: (False, False, False, False),
        roles.BACKUP: (False, False, False, True),
    }


def test_a_web_request_may_not_wait_for_ever(addresses: Addresses) -> None:
    settings = {name: value(addresses.web, "SHOW " + name) for name in roles.WEB_LIMITS}
    assert settings == roles.WEB_LIMITS


def test_passwords_are_readable_by_us_alone(cluster: Cluster) -> None:
    assert (cluster.folder / "passwords.json").stat().st_mode & 0o777 == 0o600


def test_somebody_elses_server(rented: Cluster) -> None:
    """Its owner's address makes the roles; a second start with the same passwords finds them."""
    run(
        rented.admin_url,
        "CREATE ROLE landlord LOGIN CREATEROLE PASSWORD 'key'",
        "CREATE DATABASE flat OWNER landlord",
    )
    owner = roles.at(rented.admin_url, "landlord", "key", "flat")
    for _ in range(2):
        made = roles.set_up_elsewhere(owner, PASSWORDS, known=())
        assert value(made.web, "SELECT current_user") == roles.WEB
        assert value(made.worker, "SELECT current_user") == roles.WORKER
    with pytest.raises(roles.CannotMakeRoles, match="password is not known"):
        roles.set_up_elsewhere(owner, {**PASSWORDS, roles.WEB: "other"}, known=())


def test_an_address_that_may_not_make_roles(rented: Cluster) -> None:
    run(rented.admin_url, "CREATE ROLE lodger LOGIN PASSWORD 'key'", "CREATE DATABASE flat OWNER lodger")
    owner = roles.at(rented.admin_url, "lodger", "key", "flat")
    with pytest.raises(roles.CannotMakeRoles, match="CREATEROLE"):
        roles.set_up_elsewhere(owner, PASSWORDS, known=())
    assert roles.set_up_elsewhere(owner, PASSWORDS, known=(roles.WEB, roles.WORKER)).owner == owner
