"""Rows that are added and never changed: Python refuses, the role has no right, and the trigger refuses even owners."""

import uuid
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import psycopg
import pytest
from asgiref.sync import async_to_sync
from django.apps import apps
from django.db import IntegrityError, ProgrammingError, connection, transaction
from django.utils import timezone
from psycopg import errors, sql

from accounts.models import User
from directives.models import Directive
from peers import attendance, running
from peers.models import Facilitator, Mark, WalkIn
from plans.models import Plan, Wording
from records.acting import acting_as
from records.append_only import AppendOnly, NeverChanged
from records.writing import Edit, Spot, add
from recovery_portal.roles import Addresses
from sharing.models import AccessEvent
from tests import group_people

TABLES = sorted(model._meta.db_table for model in apps.get_models() if issubclass(model, AppendOnly))
CHANGES = {
    "UPDATE": sql.SQL("UPDATE {} SET holder_id = holder_id"),
    "DELETE": sql.SQL("DELETE FROM {}"),
    "TRUNCATE": sql.SQL("TRUNCATE {} CASCADE"),
}

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def marisol() -> User:
    return User.objects.create_user("marisol")


@pytest.fixture
def acting(marisol: User) -> Iterator[Wording]:
    """She acts, and has written one thing and one line of the log."""
    with acting_as(marisol.pk):
        plan = Plan.objects.visible_to(marisol).get()
        wording = add(plan, Spot("tools", "tools"), entry_id=uuid.uuid4(), edit=Edit({"text": "walk"}))
        _answer(marisol)
        _run_group(marisol)
        AccessEvent(holder_id=marisol.pk, actor_id=marisol.pk, what=AccessEvent.What.SHARED).save()
        yield wording


@pytest.fixture
def kept(marisol: User) -> Wording:
    """The same, committed: for connections other than ours."""
    with acting_as(marisol.pk):
        plan = Plan.objects.visible_to(marisol).get()
        AccessEvent(holder_id=marisol.pk, actor_id=marisol.pk, what=AccessEvent.What.SHARED).save()
        _answer(marisol)
        _run_group(marisol)
        return add(plan, Spot("tools", "tools"), entry_id=uuid.uuid4(), edit=Edit({"text": "walk"}))


def _answer(marisol: User) -> None:
    directive = Directive.objects.visible_to(marisol).get()
    add(directive, Spot("signs", "signs"), entry_id=uuid.uuid4(), edit=Edit({"text": "I run"}))


def _run_group(marisol: User) -> None:
    """A group of hers, with a walk-in and so a mark."""
    group = running.begin(marisol, group_people.terms(), "Marisol")
    session = attendance.open_session(group, group.weekly.today(timezone.now()))
    by = Facilitator.objects.running().get(group=group)
    attendance.walk_in(session, by, "Sam", pk=uuid.uuid4())


def test_it_works(acting: Wording) -> None:
    assert Wording.objects.get() == acting
    assert AccessEvent.objects.newest_first().get().what == "shared"


def test_wordings_marks_and_the_log_are_such_tables() -> None:
    known = {"plans_wording", "directives_wording", "peers_mark", "peers_walkin", "sharing_accessevent"}
    assert known <= set(TABLES)


def test_a_row_is_not_saved_twice_nor_deleted(acting: Wording) -> None:
    with pytest.raises(NeverChanged):
        acting.save()
    with pytest.raises(NeverChanged):
        acting.delete()


@pytest.mark.parametrize("model", [Wording, AccessEvent, Mark, WalkIn])
@pytest.mark.parametrize("act", ["update", "delete", "bulk_update", "update_or_create", "aupdate", "adelete"])
def test_many_rows_are_not_changed_nor_deleted(acting: Wording, model: type[AppendOnly], act: str) -> None:
    method = getattr(model.objects.all(), act)
    # In a thread of its own: browser tests leave an event loop in this one.
    in_thread = ThreadPoolExecutor(1).submit(async_to_sync(method) if act.startswith("a") else method)
    with pytest.raises(NeverChanged):
        in_thread.result()


def test_a_known_id_adds_no_second_row(acting: Wording) -> None:
    again = acting.new(Wording, pk=acting.pk, entry=acting.entry, number=9, words={"text": "other"})
    with pytest.raises(IntegrityError), transaction.atomic():
        again.save()


def test_what_goes_round_our_querysets_meets_the_database(acting: Wording) -> None:
    with pytest.raises(ProgrammingError, match="permission denied"), transaction.atomic():
        Wording._base_manager.update(number=7)
    with pytest.raises(ProgrammingError, match="permission denied"), transaction.atomic():
        Wording.objects.bulk_create([acting], update_conflicts=True, unique_fields=["id"], update_fields=["number"])


@pytest.mark.parametrize("table", TABLES)
@pytest.mark.parametrize("change", CHANGES)
@pytest.mark.parametrize("role", ["web", "worker", "backup"])
def test_no_role_that_runs_has_the_right(
    addresses: Addresses, kept: Wording, table: str, change: str, role: str
) -> None:
    with psycopg.connect(getattr(addresses, role)) as ours:
        ours.execute("SELECT set_config('app.person', %s, false)", [str(kept.holder_id)])
        with pytest.raises(errors.InsufficientPrivilege, match="permission denied"):
            ours.execute(CHANGES[change].format(sql.Identifier(table)))


@pytest.mark.parametrize("table", TABLES)
@pytest.mark.parametrize("change", CHANGES)
@pytest.mark.parametrize("role", ["owner", "admin"])
def test_even_the_owner_and_a_superuser_are_refused(
    addresses: Addresses, kept: Wording, table: str, change: str, role: str
) -> None:
    with psycopg.connect(getattr(addresses, role)) as theirs:
        # SECURITY: who merely says that they are erasing is not believed, unless the erase function runs as owner.
        if role == "admin":
            theirs.execute("SELECT set_config('app.erasing', %s, false)", [str(kept.holder_id)])
        with pytest.raises(errors.InsufficientPrivilege, match="never changed or removed"):
            theirs.execute(CHANGES[change].format(sql.Identifier(table)))


@pytest.mark.parametrize("table", TABLES)
def test_the_web_role_cannot_switch_the_refusal_off(table: str) -> None:
    with transaction.atomic(), connection.cursor() as cursor:
        for trick in (
            sql.SQL("ALTER TABLE {} DISABLE TRIGGER ALL").format(sql.Identifier(table)),
            sql.SQL("SET session_replication_role = replica"),
            sql.SQL("SET ROLE recovery_owner"),
            sql.SQL("CREATE OR REPLACE FUNCTION sec.refuse_change() RETURNS trigger LANGUAGE sql AS 'SELECT 1'"),
        ):
            with pytest.raises(ProgrammingError), transaction.atomic():
                cursor.execute(trick)


@pytest.mark.parametrize("table", TABLES)
def test_every_such_table_has_both_triggers_always_on(admin: psycopg.Connection, table: str) -> None:
    rows = admin.execute(
        "SELECT tgname, tgenabled FROM pg_trigger WHERE tgrelid = %s::regclass AND NOT tgisinternal ORDER BY 1", [table]
    ).fetchall()
    assert rows == [(f"{table}_all", "O"), (f"{table}_rows", "O")]
