"""Erasing a person: the key is destroyed, every row of theirs goes, and what belongs to others stays."""

import uuid

import psycopg
import pytest
from allauth.usersessions.models import UserSession
from django.apps import apps
from django.contrib.sessions.models import Session
from django.core.cache import cache
from django.db import DatabaseError, connection, transaction
from django.test import Client
from psycopg import errors

from accounts.models import User
from plans.models import Plan, Wording
from records.acting import acting_as
from records.models import Held, Holder, HolderKey
from records.vault import open_key
from records.writing import Edit, Spot, add, remove
from recovery_portal.roles import Addresses
from sharing import giving
from sharing.access import own_key
from sharing.models import AccessEvent, Share

HELD = sorted(model._meta.db_table for model in apps.get_models() if issubclass(model, Held))

pytestmark = pytest.mark.django_db(transaction=True)


def person(name: str) -> User:
    """Somebody with a plan, an entry with a step below it, a removed entry, an invitation, and a session."""
    user = User.objects.create_user(name, f"{name}@example.org")
    with acting_as(user.pk):
        plan = Plan.objects.visible_to(user).get()
        goal = add(plan, Spot("goals", "goals"), entry_id=uuid.uuid4(), edit=Edit({"text": f"goal of {name}"}))
        add(plan, Spot("goals", "steps", goal.entry_id), entry_id=uuid.uuid4(), edit=Edit({"text": "step"}))
        gone = add(plan, Spot("tools", "tools"), entry_id=uuid.uuid4(), edit=Edit({"text": "old"}))
        remove(gone.entry)
        share_with(user, None, "nobody yet")
    return user


def share_with(owner: User, reader: User | None, label: str) -> Share:
    share, _words = giving.give(own_key(owner), giving.Terms(label, owner.username, ["plan.goals"]), recipient=reader)
    return share


def shared(owner: User, reader: User, label: str) -> Share:
    """A live share whose reader has opened it once."""
    with acting_as(owner.pk):
        share = share_with(owner, reader, label)
    with acting_as(reader.pk):
        given = Share.objects.visible_to(reader).get(pk=share.pk)
        giving.accept_offer(given, reader)
        given.new(AccessEvent, what=AccessEvent.What.OPENED, actor_id=reader.pk, share_id=given.pk).save()
    return share


def erase(user: User, as_whom: User | None = None) -> None:
    with acting_as((as_whom or user).pk), connection.cursor() as cursor:
        cursor.execute("SELECT sec.erase_person(%s)", [user.pk])


def rows_of(admin: psycopg.Connection, user: User) -> dict[str, int]:
    """How many rows of this holder each table has, as the superuser sees it."""
    return {
        table: len(admin.execute(f'SELECT FROM "{table}" WHERE holder_id = %s', [user.pk]).fetchall())
        for table in [*HELD, "records_holderkey"]
    }


@pytest.fixture
def marisol() -> User:
    return person("marisol")


@pytest.fixture
def osei() -> User:
    return person("osei")


def test_it_works(marisol: User, admin: psycopg.Connection) -> None:
    before = rows_of(admin, marisol)
    assert all(before[table] for table in ("plans_plan", "plans_entry", "plans_wording", "records_pass"))
    erase(marisol)
    assert set(rows_of(admin, marisol).values()) == {0}
    assert not admin.execute("SELECT FROM records_holder WHERE id = %s", [marisol.pk]).fetchall()
    assert not admin.execute("SELECT FROM accounts_user WHERE id = %s", [marisol.pk]).fetchall()


def test_no_table_anywhere_names_her_any_more(marisol: User, osei: User, admin: psycopg.Connection) -> None:
    shared(marisol, osei, "Dr. Osei")
    shared(osei, marisol, "my sister")
    erase(marisol)
    for table in connection.introspection.table_names():
        found = admin.execute(f'SELECT t::text FROM "{table}" t WHERE t::text LIKE %s', [f"%{marisol.pk}%"]).fetchall()
        # Her act stays in the log of the person whose records she read: it is theirs.
        assert not found or table == "sharing_accessevent", table
        assert not admin.execute(f"SELECT FROM \"{table}\" t WHERE t::text LIKE '%%marisol%%'").fetchall(), table


def test_the_key_is_destroyed_so_a_copy_of_the_rows_stays_closed(marisol: User, admin: psycopg.Connection) -> None:
    with acting_as(marisol.pk):
        key = open_key(marisol.pk, bytes(HolderKey.objects.get().wrapped))
        copied = Wording.objects.earliest("written_at")
        sealed = copied.__dict__["words"]
    assert "goal of marisol" in key.open(bytes(sealed), field="plans_wording.words", row=copied.pk)
    erase(marisol)
    assert not admin.execute("SELECT FROM records_holderkey WHERE holder_id = %s", [marisol.pk]).fetchall()


def test_her_sessions_end(marisol: User) -> None:
    browser = Client()
    browser.force_login(marisol)
    _note_session(browser, marisol)
    assert browser.get("/plan/").status_code == 200
    erase(marisol)
    assert not Session.objects.exists()
    assert browser.get("/plan/").status_code == 302


def _note_session(browser: Client, user: User) -> None:
    """What allauth notes at a sign-in through its own pages, and `force_login` does not."""
    UserSession.objects.get_or_create(
        session_key=browser.session.session_key, defaults={"user": user, "ip": "127.0.0.1", "user_agent": ""}
    )


def test_what_others_shared_with_her_stops_and_keeps_the_name_they_gave(marisol: User, osei: User) -> None:
    share = shared(osei, marisol, "Marisol from work")
    erase(marisol)
    with acting_as(osei.pk):
        kept = Share.objects.visible_to(osei).get(pk=share.pk)
        assert (kept.label, kept.recipient_id, kept.accepted_at) == ("Marisol from work", None, None)
        assert kept.stopped_at is not None


def test_the_log_of_others_keeps_what_she_did(marisol: User, osei: User) -> None:
    share = shared(osei, marisol, "Marisol from work")
    erase(marisol)
    with acting_as(osei.pk):
        opened = AccessEvent.objects.get(what=AccessEvent.What.OPENED)
        assert (opened.actor_id, opened.share_id) == (marisol.pk, share.pk)


def test_what_she_shared_is_gone_for_its_reader(marisol: User, osei: User) -> None:
    share = shared(marisol, osei, "Dr. Osei")
    erase(marisol)
    with acting_as(osei.pk):
        assert not Share.objects.visible_to(osei).filter(pk=share.pk).exists()
        assert not Plan.objects.visible_to(osei).filter(holder=marisol.pk).exists()


def test_everybody_elses_rows_stay(marisol: User, osei: User, admin: psycopg.Connection) -> None:
    before = rows_of(admin, osei)
    erase(marisol)
    assert rows_of(admin, osei) == before


def test_another_person_cannot_erase_her(marisol: User, osei: User, admin: psycopg.Connection) -> None:
    shared(marisol, osei, "Dr. Osei")
    before = rows_of(admin, marisol)
    with pytest.raises(DatabaseError, match="only the person"):
        erase(marisol, as_whom=osei)
    assert rows_of(admin, marisol) == before


def test_nobody_cannot_erase_anybody(marisol: User) -> None:
    with pytest.raises(DatabaseError, match="only the person"), connection.cursor() as cursor:
        cursor.execute("SELECT sec.erase_person(%s)", [marisol.pk])


@pytest.mark.parametrize(
    ("role", "function"), [("worker", "erase_person"), ("web", "erase_holder"), ("worker", "erase_holder")]
)
def test_only_the_web_role_may_and_only_by_the_whole(
    addresses: Addresses, marisol: User, role: str, function: str
) -> None:
    with psycopg.connect(getattr(addresses, role)) as ours:
        ours.execute("SELECT set_config('app.person', %s, false)", [str(marisol.pk)])
        with pytest.raises(errors.InsufficientPrivilege, match="permission denied"):
            ours.execute(f"SELECT sec.{function}(%s)", [marisol.pk])


@pytest.mark.parametrize("table", [*HELD, "records_holder", "records_holderkey", "accounts_user"])
def test_the_web_role_cannot_delete(marisol: User, table: str) -> None:
    with acting_as(marisol.pk), connection.cursor() as cursor:
        # SECURITY: saying that one is erasing is not enough.
        cursor.execute("SELECT set_config('app.erasing', %s, true)", [str(marisol.pk)])
        with pytest.raises(DatabaseError, match="permission denied"), transaction.atomic():
            cursor.execute(f'DELETE FROM "{table}"')


def test_an_erasing_that_is_rolled_back_erased_nothing(marisol: User, admin: psycopg.Connection) -> None:
    before = rows_of(admin, marisol)
    with transaction.atomic():
        erase(marisol)
        transaction.set_rollback(True)
    assert rows_of(admin, marisol) == before


def test_afterwards_nothing_passes_as_erasing(marisol: User) -> None:
    with acting_as(marisol.pk), connection.cursor() as cursor:
        cursor.execute("SELECT sec.erase_person(%s), current_setting('app.erasing', true)", [marisol.pk])
        cursor.execute("SELECT current_setting('app.erasing', true)")
        assert cursor.fetchone() == ("",)


def test_the_same_name_can_begin_anew(marisol: User) -> None:
    erase(marisol)
    cache.clear()
    again = User.objects.create_user("marisol")
    with acting_as(again.pk):
        assert Plan.objects.visible_to(again).get().called is None
        assert Holder.objects.get().pk == again.pk != marisol.pk
