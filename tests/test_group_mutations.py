"""Each wall round groups is broken in turn: the tests notice, and the other wall still holds."""

from collections.abc import Callable, Iterator

import psycopg
import pytest
from django.db import DatabaseError, transaction
from django.db.models import CharField, IntegerField, QuerySet, Value
from psycopg import sql

from peers.models import FacilitatorQuerySet, GroupQuerySet, Membership, MembershipQuerySet
from records.models import HolderKey
from recovery_portal.roles import Addresses
from sharing import access
from sharing.policy import ALLOWED, Action, Relation
from tests.group_sql import ASK, END_HELP, HELP, does, here
from tests.matrix import laid_out
from tests.matrix_peers import GROUPS, RUN, RUNNING
from tests.matrix_visits import Ledger, deviations, visit, wall_down
from tests.world import World

Mutate = Callable[[pytest.MonkeyPatch], None]
DOORS = (
    ("peers:group_list", "GET"),
    ("peers:group_detail", "GET"),
    ("peers:group_name", "GET"),
    ("peers:group_run", "GET"),
    ("peers:member_take_off", "POST"),
    ("peers:paper_download", "GET"),
)
MATRIX = laid_out(GROUPS, RUN)
ROWS = {door: MATRIX[door] for door in DOORS}


@pytest.fixture(scope="module")
def ledger(world: World, addresses: Addresses) -> Iterator[Ledger]:
    ledger = Ledger(addresses.admin)
    yield ledger
    ledger.close()


def everybody_runs_everything(patch: pytest.MonkeyPatch) -> None:
    def visible_to(queryset: QuerySet, user: object) -> QuerySet:
        relation = Value(Relation.FACILITATOR, output_field=CharField())
        taken = Value(0, output_field=IntegerField())
        return queryset.annotate(relation=relation, places_taken=taken, wrapped_key=HolderKey.of())

    patch.setattr(GroupQuerySet, "visible_to", visible_to)


def members_may_run(patch: pytest.MonkeyPatch) -> None:
    patch.setitem(ALLOWED, Action.RUN, ALLOWED[Action.RUN] | {Relation.MEMBER})


def everything_allowed(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(access, "allows", lambda action, record: True)


def who_left_is_in_it(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(MembershipQuerySet, "open", lambda queryset: queryset.all())


def who_waits_has_a_place(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(Membership, "has_place", property(lambda membership: membership.ended_at is None))


def who_was_asked_runs_it(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(FacilitatorQuerySet, "running", lambda queryset: queryset.open())


MUTATIONS: tuple[Mutate, ...] = (
    everybody_runs_everything,
    members_may_run,
    everything_allowed,
    who_left_is_in_it,
    who_waits_has_a_place,
    who_was_asked_runs_it,
)
# What the second wall lets everybody read of a group on the list: rows and keys, not fields.
KNOWN = ("group.name", "group.about", "group.place", "group.facilitator")


def could_know(world: World, role: str) -> set[str]:
    if role not in world.people:
        return set()
    inside = ("group.for_members",) if role == "member" else ()
    return world.may_show(role, ("group",) if role in RUNNING else (*KNOWN, *inside, f"group.called.{role}"))


@pytest.mark.parametrize("mutate", MUTATIONS)
def test_it_works(
    world: World, ledger: Ledger, addresses: Addresses, monkeypatch: pytest.MonkeyPatch, mutate: Mutate
) -> None:
    """The matrix turns red."""
    mutate(monkeypatch)
    with wall_down(addresses.admin):
        red = next(deviations(world, ledger, ROWS), None)
    assert red, "nobody would notice that this filter is gone"


@pytest.mark.parametrize("mutate", MUTATIONS)
def test_the_second_wall_holds(world: World, ledger: Ledger, monkeypatch: pytest.MonkeyPatch, mutate: Mutate) -> None:
    mutate(monkeypatch)
    for (name, method), cells in ROWS.items():
        for role in cells:
            seen = visit(world, ledger, role, name, method)
            assert seen.shown <= could_know(world, role), (role, method, name)
            assert not seen.changed or role in RUNNING, (role, method, name)


def test_a_group_on_no_list_shows_nothing(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    """Even if everybody is taken for who runs everything."""
    everybody_runs_everything(monkeypatch)
    for role in ("stranger", "facilitator", "member"):
        page = world.people[role].get("peers:group_run", world.groups.unlisted.pk)
        assert page.status_code == 404
        assert world.canaries.found_in(page.content.decode()) == set()


def seats_itself(world: World) -> bool:
    person = world.people["stranger"].pk
    found = does(world, "stranger", ASK, **here(world, person=person))
    return isinstance(found, list) and found[0][2] is not None


def ends_who_asked(world: World) -> bool:
    first = "SELECT id FROM peers_facilitator WHERE person_id = %(person)s"
    found = does(world, "facilitator", first, person=world.people["facilitator"].pk)
    assert isinstance(found, list)
    return does(world, "co_facilitator", END_HELP, pk=found[0][0]) == 1


def takes_a_place_away(world: World) -> bool:
    lower = "UPDATE peers_group SET capacity = %(to)s WHERE id = %(group)s"
    does(world, "facilitator", lower, to=2, **here(world))
    return does(world, "facilitator", lower, to=1, **here(world)) == 1


def makes_itself_run_it(world: World) -> bool:
    values = here(world, person=world.people["member"].pk, asked_by=None, accepted="2026-01-01")
    return does(world, "member", HELP, **values) == 1


@pytest.mark.parametrize(
    ("breach", "mended", "attack"),
    [
        (
            "ALTER TABLE peers_membership DISABLE TRIGGER guard",
            "ALTER TABLE peers_membership ENABLE TRIGGER guard",
            seats_itself,
        ),
        (
            "ALTER TABLE peers_facilitator DISABLE TRIGGER guard",
            "ALTER TABLE peers_facilitator ENABLE TRIGGER guard",
            ends_who_asked,
        ),
        (
            "ALTER TABLE peers_group DISABLE TRIGGER keep_places",
            "ALTER TABLE peers_group ENABLE TRIGGER keep_places",
            takes_a_place_away,
        ),
        (
            "CREATE POLICY open ON peers_facilitator FOR INSERT TO recovery_web WITH CHECK (true)",
            "DROP POLICY open ON peers_facilitator",
            makes_itself_run_it,
        ),
    ],
)
def test_a_missing_guard_is_noticed(
    world: World, admin: psycopg.Connection, breach: str, mended: str, attack: Callable[[World], bool]
) -> None:
    """What `test_group_wall_writing` sees refused is done once the guard is gone, and by nothing else."""
    admin.execute(sql.SQL(breach))
    try:
        assert succeeds(world, attack)
    finally:
        admin.execute(sql.SQL(mended))
    assert not succeeds(world, attack)


def succeeds(world: World, attack: Callable[[World], bool]) -> bool:
    """Tried, and rolled back."""
    try:
        with transaction.atomic():
            done = attack(world)
            transaction.set_rollback(True)
    except DatabaseError:
        return False
    return done
