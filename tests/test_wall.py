"""The second wall: what PostgreSQL itself refuses, and that nobody changes it without this file noticing."""

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import psycopg
import pytest
from django.apps import apps
from django.db import DatabaseError, connection, models, transaction
from psycopg import errors, sql

from directives import models as directives
from peers.models import Facilitator, Group, Inside, Mark, Membership, Session, WalkIn
from plans.models import Entry, Plan, Wording
from records.acting import acting_as, say_who_acts, who_acts
from records.files import File
from records.models import Held, Holder, HolderKey, Pass
from recovery_portal import roles
from recovery_portal.roles import Addresses
from sharing.models import AccessEvent, Share
from tests.wall_now import wall_now
from tests.world import NOT_SIGNED_IN, ROLES, World

EXPECTED = Path(__file__).with_name("wall_expected.txt")
OF_DIRECTIVES = (directives.Directive, directives.Entry, directives.Wording)
OF_GROUPS = (Group, Inside, Facilitator, Membership, Session, WalkIn, Mark)
CONTENT: tuple[type[models.Model], ...] = (
    Holder, HolderKey, Pass, File, Plan, Entry, Wording, *OF_DIRECTIVES, Share, AccessEvent, *OF_GROUPS
)  # fmt: skip
# Read before anybody acts, or nobody's: these have privileges only. None holds anything a person wrote.
WITHOUT_ROWS_SECURED = {
    "account_emailaddress",
    "account_emailconfirmation",
    "accounts_counter",
    "accounts_user",
    "accounts_user_groups",
    "accounts_user_user_permissions",
    "auth_group",
    "auth_group_permissions",
    "auth_permission",
    "django_content_type",
    "django_migrations",
    "django_session",
    "records_job",
    "usersessions_usersession",
}


@pytest.fixture
def web(addresses: Addresses) -> Iterator[psycopg.Connection]:
    """The web role with a hand of its own: raw SQL, no Django."""
    with psycopg.connect(addresses.web, autocommit=True) as server:
        yield server


def test_it_works(admin: psycopg.Connection) -> None:
    """Drift: roles, owners, grants, policies, triggers and functions are exactly those of the checked-in list."""
    now = wall_now(admin)
    if os.environ.get("WRITE_WALL") == "1":
        EXPECTED.write_text("\n".join(now) + "\n")
    assert now == EXPECTED.read_text().splitlines(), "changed on purpose? WRITE_WALL=1 pytest tests/test_wall.py"


@pytest.mark.parametrize(
    "breach",
    [
        "GRANT DELETE ON plans_entry TO recovery_web",
        "ALTER TABLE plans_plan DISABLE ROW LEVEL SECURITY",
        "CREATE POLICY open ON plans_entry FOR SELECT TO recovery_web USING (true)",
        "DROP TRIGGER plans_wording_rows ON plans_wording",
        "DROP TRIGGER guard ON peers_membership",
        "GRANT UPDATE (seated_at) ON peers_membership TO recovery_web",
        "GRANT EXECUTE ON FUNCTION sec.fill_places TO recovery_web",
        "ALTER TABLE plans_wording DISABLE TRIGGER plans_wording_rows",
        "ALTER ROLE recovery_web BYPASSRLS",
        "GRANT recovery_owner TO recovery_web",
        "GRANT UPDATE (secret_hash) ON records_pass TO recovery_web",
        "CREATE OR REPLACE FUNCTION sec.person() RETURNS uuid LANGUAGE sql AS 'SELECT NULL::uuid'",
        "CREATE TABLE stray (words text); GRANT SELECT ON stray TO recovery_web",
    ],
)
def test_drift_is_noticed(addresses: Addresses, breach: str) -> None:
    with psycopg.connect(addresses.admin) as server:
        before = wall_now(server)
        server.execute(sql.SQL(breach))
        assert wall_now(server) != before
        server.rollback()


def test_every_table_is_decided(admin: psycopg.Connection) -> None:
    """A new table has row-level security, or stands on the list of those without."""
    rows = admin.execute(
        "SELECT relname FROM pg_class WHERE relkind = 'r' AND NOT relrowsecurity"
        " AND relnamespace = 'public'::regnamespace"
    ).fetchall()
    assert {name for (name,) in rows} == WITHOUT_ROWS_SECURED


def test_everything_held_is_behind_the_wall() -> None:
    held = {model._meta.db_table for model in apps.get_models() if issubclass(model, Held)}
    assert held <= {model._meta.db_table for model in CONTENT}
    assert not held & WITHOUT_ROWS_SECURED


@pytest.mark.parametrize("role", [roles.WEB, roles.WORKER, roles.BACKUP])
def test_no_role_of_the_site_owns_anything(admin: psycopg.Connection, role: str) -> None:
    owned = admin.execute(
        "SELECT count(*) FROM pg_shdepend WHERE refobjid = %s::regrole AND deptype = 'o'", [role]
    ).fetchone()
    assert owned == (0,)


@pytest.mark.parametrize(
    "statement",
    [
        "CREATE TABLE t (n int)",
        "CREATE SCHEMA s",
        "CREATE FUNCTION f() RETURNS int LANGUAGE sql AS 'SELECT 1'",
        "CREATE FUNCTION sec.f() RETURNS int LANGUAGE sql AS 'SELECT 1'",
        "SET ROLE recovery_owner",
        "ALTER TABLE plans_plan DISABLE ROW LEVEL SECURITY",
        "SET session_replication_role = replica",
        "DROP POLICY mine ON plans_plan",
    ],
)
def test_web_role_cannot_reach_the_wall(web: psycopg.Connection, statement: str) -> None:
    with pytest.raises(errors.InsufficientPrivilege):
        web.execute(statement)


def test_nobody_acting_sees_nothing(world: World, web: psycopg.Connection) -> None:
    for model in CONTENT:
        found = web.execute(sql.SQL("SELECT count(*) FROM {}").format(sql.Identifier(model._meta.db_table))).fetchone()
        assert found == (0,), model


def test_a_pooled_connection_carries_nobody_over(world: World) -> None:
    with acting_as(world.owner.pk):
        assert who_acts() == world.owner.pk
    assert who_acts() is None


def test_who_acts_is_said_inside_a_transaction_only(world: World) -> None:
    with pytest.raises(transaction.TransactionManagementError):
        say_who_acts(world.owner.pk)


def visible(role: str, world: World) -> dict[str, set[Any]]:
    """What the database alone shows this role, people other than itself: table → sections or holders.

    Of groups, `test_group_wall` tells.
    """
    me, groups = world.people[role], [world.groups.group.pk, world.groups.unlisted.pk]
    with me.acting():
        return {
            "plans": set(Plan.objects.exclude(holder=me.pk).values_list("holder", flat=True)),
            "sections": set(Entry.objects.exclude(holder=me.pk).values_list("section", flat=True)),
            "wordings of": set(Wording.objects.exclude(holder=me.pk).values_list("entry__section", flat=True)),
            "keys": set(HolderKey.objects.exclude(holder__in=[me.pk, *groups]).values_list("holder", flat=True)),
            "shares": set(Share.objects.exclude(holder=me.pk).values_list("pk", flat=True)),
            "passes": set(Pass.objects.exclude(holder=me.pk)),
            "files": set(File.objects.exclude(holder__in=[me.pk, *groups]).values_list("holder", flat=True)),
            "log": set(AccessEvent.objects.exclude(holder=me.pk)),
        }


NOTHING: dict[str, set[Any]] = {
    "plans": set(),
    "sections": set(),
    "wordings of": set(),
    "keys": set(),
    "shares": set(),
    "passes": set(),
    "files": set(),
    "log": set(),
}


@pytest.mark.parametrize("role", [role for role in ROLES if role not in NOT_SIGNED_IN])
def test_the_database_shows_each_role_its_part(world: World, role: str) -> None:
    owner, own_share = world.owner.pk, {world.shares[role].pk} if role in world.shares else set()
    expected: dict[str, dict[str, set[Any]]] = {
        "reader": {
            "plans": {owner},
            "sections": {"strengths", "crisis", "goals"},
            "wordings of": {"strengths", "crisis", "goals"},
            "files": {owner},
            "keys": {owner},
            "shares": own_share,
        },
        "other_reader": {
            "plans": {owner},
            "sections": {"gains"},
            "wordings of": {"gains"},
            "keys": {owner},
            "shares": own_share,
        },
        # The name on the offer can be read before it is answered, and nothing else.
        "offered": {"keys": {owner}, "shares": own_share},
        "expired": {"shares": own_share},
        "stopped": {"shares": own_share},
    }
    assert visible(role, world) == NOTHING | expected.get(role, {})


@pytest.mark.parametrize("role", ["reader", "other_reader", "expired", "stopped", "offered", "stranger", "superuser"])
def test_first_wall_never_shows_more_than_the_second(world: World, role: str) -> None:
    me = world.people[role]
    with me.acting():
        for model in (Plan, Entry, Share):
            shown = set(model.objects.visible_to(me.user).values_list("pk", flat=True))
            assert shown <= set(model.objects.values_list("pk", flat=True))
        hidden_by_first = set(Entry.objects.all()) - set(Entry.objects.visible_to(me.user))
        assert all(entry.removed_at or (entry.parent and entry.parent.removed_at) for entry in hidden_by_first)


@pytest.mark.parametrize("role", ["stranger", "reader", "offered", "expired", "superuser"])
def test_nobody_writes_into_the_owners_rows(world: World, role: str) -> None:
    me, owner = world.people[role], world.owner
    attempts = {
        "name": lambda: Plan.objects.filter(holder=owner.pk).update(called=None),
        "move": lambda: Entry.objects.filter(holder=owner.pk).update(place=99),
        "steal": lambda: Entry.objects.filter(holder=owner.pk).update(holder=me.pk),
        "stop the words": lambda: Pass.objects.filter(holder=owner.pk).update(expires_at=None),
    }
    for name, attempt in attempts.items():
        with me.acting():
            assert attempt() == 0, name
    with pytest.raises(DatabaseError), me.acting():
        Entry.objects.create(
            holder_id=owner.pk, record_id=_plan_of(world), section="strengths", part="strengths", place=9
        )


@pytest.mark.parametrize("role", ["reader", "offered", "expired"])
@pytest.mark.parametrize("fields", [{"parts": ["plan.gains"]}, {"ends_at": None}, {"parts": []}])
def test_a_reader_does_not_widen_their_share(world: World, role: str, fields: dict[str, object]) -> None:
    share = world.shares[role]
    with world.owner.acting():
        unchanged = all(getattr(Share.objects.get(pk=share.pk), name) == value for name, value in fields.items())
    if unchanged:
        return
    with pytest.raises(DatabaseError, match="only the owner"), world.people[role].acting():
        Share.objects.filter(pk=share.pk).update(**fields)


def test_a_stopped_share_is_not_started_again_by_its_reader(world: World) -> None:
    with pytest.raises(DatabaseError, match="only the owner"), world.people["stopped"].acting():
        Share.objects.filter(pk=world.shares["stopped"].pk).update(stopped_at=None)


def _plan_of(world: World) -> object:
    with world.owner.acting(), connection.cursor() as cursor:
        cursor.execute("SELECT id FROM plans_plan WHERE holder_id = %s", [world.owner.pk])
        return cursor.fetchone()[0]
