"""Backups that make erasing true: two dumps, a restore of older content with the newest people, and the drill."""

import subprocess
import uuid
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import psycopg
import pytest
from allauth.account.models import EmailAddress
from django.apps import apps
from django.db import connection
from django.test import Client
from psycopg import sql

from accounts.models import User
from plans.models import Plan
from records.acting import acting_as
from records.models import Held, HolderKey
from records.vault import open_key
from records.writing import Edit, Spot, add
from recovery_portal.demo import load_demo
from recovery_portal.embedded import Cluster
from recovery_portal.roles import Addresses
from scripts import dumps, restore_drill
from sharing import giving
from sharing.access import own_key
from sharing.models import Share
from tests.backups import as_text, dumped, fresh, restored, run
from tests.test_erasing import erase

CANARY = "the heron on the weir"

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def people() -> dict[str, User]:
    """Marisol, and Theo, who shares a line with her. Both wrote it."""
    marisol, theo = (User.objects.create_user(name, f"{name}@example.org") for name in ("marisol-12345", "theo-12345"))
    EmailAddress.objects.create(user=theo, email="theo-12345@example.org")
    for person in (marisol, theo):
        with acting_as(person.pk):
            plan = Plan.objects.visible_to(person).get()
            add(plan, Spot("tools", "tools"), entry_id=uuid.uuid4(), edit=Edit({"text": CANARY}))
    with acting_as(theo.pk):
        giving.give(own_key(theo), giving.Terms("Marisol", "Theo", ["plan.tools"]), recipient=marisol)
        giving.give(own_key(theo), giving.Terms("Nobody yet", "Theo", ["plan.tools"]), recipient=None)
    Client().force_login(marisol)
    return {"theo": theo, "marisol": marisol}


@pytest.fixture
def emptied(cluster: Cluster, addresses: Addresses) -> Iterator[Addresses]:
    """A database to restore into."""
    with fresh(cluster, addresses) as database:
        yield database


def test_it_works(addresses: Addresses, admin: psycopg.Connection, tmp_path: Path) -> None:
    """A backup, and a drill that finds it whole and leaves nothing."""
    load_demo()
    [[holders]] = admin.execute("SELECT count(*) FROM records_holder").fetchall()
    dumped(addresses, tmp_path / "backups")
    # The drill reaches no database but its own.
    nowhere_else, mark = "postgresql://nobody@127.0.0.1:1/none", uuid.uuid4().hex
    done = run("restore_drill", nowhere_else, tmp_path / "backups", "--place", tmp_path, MARK=mark)
    assert done.returncode == 0, done.stdout + done.stderr
    assert "All is well." in done.stdout
    assert "0 erased since then" in done.stdout
    assert f"keys opened: {holders} of {holders}" in done.stdout
    assert CANARY not in done.stdout + done.stderr
    assert [path.name for path in tmp_path.iterdir()] == ["backups"]
    # With their environments: whatever the drill started would have the mark in its own.
    assert mark not in subprocess.run(["ps", "axeww"], capture_output=True, text=True, check=True).stdout


def test_who_was_erased_stays_erased(
    addresses: Addresses, emptied: Addresses, people: dict[str, User], tmp_path: Path
) -> None:
    content, _people = dumped(addresses, tmp_path / "before")
    marisol, theo = people["marisol"], people["theo"]
    with acting_as(theo.pk):
        giving.stop(Share.objects.visible_to(theo).get(recipient=None))
    erase(marisol)
    newcomer = User.objects.create_user("newcomer-123", "new@example.org")
    EmailAddress.objects.create(user=newcomer, email="new@example.org")
    _content, newest = dumped(addresses, tmp_path / "after")

    said = restored(emptied, content, newest)
    assert "1 erased since then" in said
    assert "1 came since then" in said
    with psycopg.connect(emptied.admin, autocommit=True) as server:
        nowhere(server, marisol)
        still_readable(server, theo)
        shares_stay_stopped(server, theo)
        begins_anew(server, newcomer)
        numbers_go_on(server)
        assert not server.execute("SELECT FROM django_session").fetchall()
        wall_is_watched(server, addresses, emptied)


def nowhere(server: psycopg.Connection, erased: User) -> None:
    """No table holds a row of hers or names her, but for what others keep in their own log."""
    for table in connection.introspection.table_names():
        row = sql.SQL("SELECT t::text FROM {} t WHERE t::text LIKE %s").format(sql.Identifier(table))
        found = server.execute(row, [f"%{erased.pk}%"]).fetchall()
        assert not found or table == "sharing_accessevent", table
        assert not server.execute(row, [f"%{erased.username}%"]).fetchall(), table


def still_readable(server: psycopg.Connection, person: User) -> None:
    row = server.execute("SELECT wrapped FROM records_holderkey WHERE holder_id = %s", [person.pk]).fetchone()
    assert row
    key = open_key(person.pk, row[0])
    sealed = server.execute("SELECT id, words FROM plans_wording WHERE holder_id = %s", [person.pk]).fetchall()
    assert any(CANARY in key.open(words, field="plans_wording.words", row=pk) for pk, words in sealed)


def shares_stay_stopped(server: psycopg.Connection, owner: User) -> None:
    """The one with Marisol, because she is gone; the other, because its owner stopped it after that content."""
    shares = server.execute(
        "SELECT stopped_at IS NOT NULL, recipient_id FROM sharing_share WHERE holder_id = %s", [owner.pk]
    ).fetchall()
    assert shares == [(True, None), (True, None)]


def begins_anew(server: psycopg.Connection, newcomer: User) -> None:
    for table in ("plans_plan", "directives_directive"):
        counted = server.execute(
            sql.SQL("SELECT count(*) FROM {} WHERE holder_id = %s").format(sql.Identifier(table)), [newcomer.pk]
        )
        assert counted.fetchone() == (1,), table


def wall_is_watched(server: psycopg.Connection, addresses: Addresses, restored: Addresses) -> None:
    """The drill's eye: all is as it was, and one policy less is noticed."""
    assert restore_drill.check_wall(addresses, restored) == []
    assert restore_drill.check_strangers(restored) == []
    assert restore_drill.check_erased(restored) == []
    server.execute("DROP POLICY mine ON plans_plan")
    server.execute("ALTER TABLE plans_wording DISABLE ROW LEVEL SECURITY")
    assert restore_drill.check_wall(addresses, restored) == [
        "Not as the migrations make it: POLICY plans_plan mine",
        "Not as the migrations make it: ROW SECURITY plans_wording",
    ]
    server.execute("ALTER TABLE plans_wording ENABLE ROW LEVEL SECURITY")
    server.execute("CREATE POLICY open ON plans_wording USING (true)")
    assert restore_drill.check_strangers(restored) == ["Rows can be seen by anybody: plans_wording"]
    server.execute("DELETE FROM records_holderkey WHERE holder_id = (SELECT holder_id FROM sharing_share LIMIT 1)")
    assert "Rows of somebody without a key: plans_wording" in restore_drill.check_erased(restored)


def numbers_go_on(server: psycopg.Connection) -> None:
    """Older content knows a lower last number than the newest people have rows."""
    made = server.execute(
        'INSERT INTO account_emailaddress (email, verified, "primary", user_id)'
        " SELECT 'x@example.org', false, false, id FROM accounts_user LIMIT 1 RETURNING id"
    ).fetchone()
    assert made == server.execute("SELECT max(id) FROM account_emailaddress").fetchone()


def test_neither_dump_holds_words_or_sessions(addresses: Addresses, people: dict[str, User], tmp_path: Path) -> None:
    """Nor does the content say who people are, or hold a key."""
    people["theo"].set_password("a walnut in the slow tide")
    people["theo"].save()
    content, newest = (as_text(dump) for dump in dumped(addresses, tmp_path / "backups"))
    with connection.cursor() as cursor:
        cursor.execute("SELECT session_key FROM django_session")
        [session] = cursor.fetchone()
    for text in (content, newest):
        assert session not in text
        assert CANARY not in text
    wrapped = newest_key(people["theo"])
    for secret in ("theo-12345", "theo-12345@example.org", "argon2", wrapped):
        assert secret in newest
        assert secret not in content
    assert str(people["theo"].pk) in content


def newest_key(person: User) -> str:
    """As COPY writes it."""
    with acting_as(person.pk):
        return bytes(HolderKey.objects.get(holder=person.pk).wrapped).hex()


def test_both_are_readable_by_their_owner_alone(addresses: Addresses, tmp_path: Path) -> None:
    for dump in dumped(addresses, tmp_path / "backups"):
        assert dump.stat().st_mode & 0o777 == 0o600


def test_every_table_is_in_a_dump_but_those_that_must_not(addresses: Addresses, tmp_path: Path) -> None:
    listed = [
        {
            line.split()[6]
            for line in dumps.run("pg_restore", "--list", dump, to={}).splitlines()
            if "TABLE DATA" in line
        }
        for dump in dumped(addresses, tmp_path / "backups")
    ]
    every = set(connection.introspection.table_names())
    assert listed[0] == every - {*dumps.NEVER, *dumps.KEYS_AND_NAMES}
    assert listed[1] == {*dumps.KEYS_AND_NAMES, *dumps.NEWEST}


def test_what_names_people_is_kept_short(admin: psycopg.Connection) -> None:
    """A new table that hangs on a person holds content, or somebody must say in `dumps` where it belongs."""
    hanging = admin.execute(
        "SELECT DISTINCT conrelid::regclass::text FROM pg_constraint"
        " WHERE contype = 'f' AND confrelid = 'accounts_user'::regclass"
    ).fetchall()
    held = {model._meta.db_table for model in apps.get_models() if issubclass(model, Held)}
    assert {table for (table,) in hanging} <= held | {*dumps.NEVER, *dumps.KEYS_AND_NAMES}
    assert {*dumps.NEVER, *dumps.KEYS_AND_NAMES, *dumps.NEWEST} <= set(connection.introspection.table_names())


def test_a_database_in_use_is_never_restored_into(
    addresses: Addresses, people: dict[str, User], tmp_path: Path
) -> None:
    dumped(addresses, tmp_path / "backups")
    done = run("restore", addresses.owner, tmp_path / "backups")
    assert done.returncode == 1
    assert "The database is not empty. Nothing was changed" in done.stderr
    assert User.objects.count() == len(people)


def test_a_dump_that_was_cut_off_is_refused(addresses: Addresses, emptied: Addresses, tmp_path: Path) -> None:
    content, _people = dumped(addresses, tmp_path / "backups")
    content.write_bytes(content.read_bytes()[: content.stat().st_size * 2 // 3])
    done = run("restore", emptied.owner, tmp_path / "backups")
    assert done.returncode == 1
    assert "pg_restore did not work" in done.stderr


def test_people_of_nobody_are_refused(
    addresses: Addresses, emptied: Addresses, people: dict[str, User], tmp_path: Path
) -> None:
    """Everybody would be taken for erased."""
    content, _people = dumped(addresses, tmp_path / "before")
    for user in people.values():
        erase(user)
    _content, newest = dumped(addresses, tmp_path / "after")
    done = run("restore", emptied.owner, tmp_path, "--content", content, "--people", newest)
    assert done.returncode == 1
    assert "holds nobody" in done.stderr
    nobody_connects(emptied)


def nobody_connects(database: Addresses) -> None:
    for role in (database.web, database.worker):
        with pytest.raises(psycopg.OperationalError, match="permission denied for database"):
            psycopg.connect(role)


def test_a_restore_that_dies_leaves_a_shut_door(
    addresses: Addresses, emptied: Addresses, people: dict[str, User], tmp_path: Path
) -> None:
    """It dies as late as it can, with rows and walls there; what still shall be done is not done."""
    content, newest = dumped(addresses, tmp_path / "backups")
    with psycopg.connect(emptied.admin, autocommit=True) as server:
        server.execute(
            "CREATE FUNCTION dies() RETURNS event_trigger LANGUAGE plpgsql"
            " AS $$ BEGIN RAISE EXCEPTION 'the lights went out'; END $$"
        )
        server.execute(
            "CREATE EVENT TRIGGER dies ON ddl_command_start WHEN TAG IN ('DROP SCHEMA') EXECUTE FUNCTION dies()"
        )
        psycopg.connect(emptied.web).close()
        done = run("restore", emptied.owner, tmp_path, "--content", content, "--people", newest)
        assert "the lights went out" in done.stderr
        assert server.execute("SELECT count(*) FROM accounts_user").fetchone() == (len(people),)
    nobody_connects(emptied)


def test_people_older_than_the_content_are_refused(tmp_path: Path) -> None:
    """Newcomers in between would be taken for erased. No database is asked."""
    now = datetime.now(UTC)
    (tmp_path / dumps.file_name("content", now)).touch()
    (tmp_path / dumps.file_name("people", now - timedelta(seconds=1))).touch()
    done = run("restore", "postgresql://nobody@127.0.0.1:1/none", tmp_path)
    assert done.returncode == 1
    assert "These people are older than the content" in done.stderr


def test_other_master_keys_open_nothing(addresses: Addresses, people: dict[str, User], tmp_path: Path) -> None:
    (tmp_path / "1").write_text("ab" * 32)
    done = run("restore_sample", addresses.backup, VAULT_KEYS_DIR=str(tmp_path))
    assert '"keys": {"there": 2, "opened": 0}' in done.stdout
    assert '"opened": 0}}' in done.stdout
