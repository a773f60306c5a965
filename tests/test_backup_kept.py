"""Which dumps are in the folder: whole ones alone, and none for longer than was promised."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import psycopg
import pytest

from recovery_portal.roles import Addresses
from scripts import backup, dumps
from tests.backups import run

pytestmark = pytest.mark.django_db(transaction=True)


def test_it_works(tmp_path: Path) -> None:
    """Old dumps go, and the newest of each kind stays."""
    now = datetime.now(UTC)
    for kind, days in (("content", (400, 300, 1)), ("people", (30, 13, 2)), ("other", (900,))):
        for ago in days:
            (tmp_path / dumps.file_name(kind, now - timedelta(days=ago))).touch()
    (tmp_path / "content-x.unfinished").touch()
    assert len(backup.forget(tmp_path, {"content": 365, "people": 14})) == 2
    assert len(list(tmp_path.iterdir())) == 5
    backup.forget(tmp_path, {"content": 0, "people": 0})
    assert [len(dumps.of_kind(kind, tmp_path)) for kind in ("content", "people", "other")] == [1, 1, 1]


def test_a_backup_has_its_names_once_it_is_whole(
    addresses: Addresses, admin: psycopg.Connection, tmp_path: Path
) -> None:
    """The people's dump finds a table missing: the content, which was whole, is not taken for a backup."""
    admin.execute("ALTER TABLE account_emailaddress RENAME TO moved")
    try:
        done = run("backup", addresses.backup, tmp_path)
    finally:
        admin.execute("ALTER TABLE moved RENAME TO account_emailaddress")
    assert "no matching tables were found" in done.stderr
    assert {path.suffix for path in tmp_path.iterdir()} == {".unfinished"}


def test_without_a_database_nothing_is_made(tmp_path: Path) -> None:
    done = run("backup", "postgresql://nobody@127.0.0.1:1/none", tmp_path)
    assert done.returncode != 0
    assert list(tmp_path.iterdir()) == []


def test_keys_go_in_time_though_no_backup_succeeds(tmp_path: Path) -> None:
    names = [dumps.file_name("people", datetime.now(UTC) - timedelta(days=ago)) for ago in (30, 15, 13)]
    for name in (*names, "people-x.unfinished"):
        (tmp_path / name).touch()
    assert run("backup", "postgresql://nobody@127.0.0.1:1/none", tmp_path).returncode != 0
    assert [path.name for path in tmp_path.iterdir()] == names[2:]


def test_a_backup_after_a_long_time_without_takes_the_last_keys_away(addresses: Addresses, tmp_path: Path) -> None:
    lone = tmp_path / dumps.file_name("people", datetime.now(UTC) - timedelta(days=30))
    lone.touch()
    assert run("backup", addresses.backup, tmp_path).returncode == 0
    assert not lone.exists()
