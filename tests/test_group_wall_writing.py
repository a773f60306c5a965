"""The second wall round groups: what each role's own SQL cannot write, past everything Python says."""

from collections.abc import Iterator

import pytest
from django.db import transaction
from django.utils import timezone

from peers.models import Facilitator
from tests.group_sql import ASK, END, END_HELP, HELP, MARK, OPEN, does, here, mine, refused
from tests.world import World

RUNNING = ("facilitator", "co_facilitator")
NOT_RUNNING = ("stranger", "superuser", "left", "asking", "waiting", "member", "asked_to_help")


@pytest.fixture(autouse=True)
def _rolled_back(world: World) -> Iterator[None]:
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


@pytest.mark.parametrize("role", [*NOT_RUNNING, *RUNNING])
def test_it_works(world: World, role: str) -> None:
    """Nobody joins in the name of another."""
    refused(world, role, "row-level security", ASK, **here(world), **mine(world, "reader"))


@pytest.mark.parametrize("role", [*NOT_RUNNING, *RUNNING])
def test_nobody_asks_at_a_group_that_is_on_no_list(world: World, role: str) -> None:
    pk = world.groups.unlisted.pk
    refused(world, role, "row-level security", ASK, holder=pk, group=pk, **mine(world, role))
    refused(world, role, "row-level security", ASK, holder=pk, group=pk, person=None)


@pytest.mark.parametrize("role", ["stranger", "left", "superuser"])
def test_who_asks_gives_themselves_nothing(world: World, role: str) -> None:
    """Neither a yes, nor a number in line, nor a seat, nor an earlier day."""
    assert does(world, role, ASK, **here(world), **mine(world, role)) == [(None, None, None, True)]


@pytest.mark.parametrize("column", ["seated_at", "line", "made_at", "person_id", "holder_id", "group_id"])
@pytest.mark.parametrize("role", ["waiting", "facilitator"])
def test_no_right_to_write_what_the_database_gives(world: World, role: str, column: str) -> None:
    refused(world, role, "permission denied", f"UPDATE peers_membership SET {column} = {column}")


@pytest.mark.parametrize("role", ["asking", "waiting", "left", "member"])
def test_nobody_accepts_themselves(world: World, role: str) -> None:
    change = "UPDATE peers_membership SET accepted_at = now() WHERE person_id = %(person)s"
    refused(world, role, "accepted once", change, **mine(world, role))


@pytest.mark.parametrize("role", ["left", "facilitator"])
@pytest.mark.parametrize("change", ["ended_at = NULL, ended_how = ''", "called = NULL", "ended_how = 'declined'"])
def test_what_is_over_stays_over(world: World, role: str, change: str) -> None:
    pk = world.groups.memberships["left"].pk
    refused(world, role, "ends once", f"UPDATE peers_membership SET {change} WHERE id = %(pk)s", pk=pk)


@pytest.mark.parametrize("role", [role for role in NOT_RUNNING if role != "member"])
def test_nobody_ends_what_is_anothers(world: World, role: str) -> None:
    assert does(world, role, END, pk=world.groups.memberships["member"].pk, how="left") == 0


def test_leaving_and_being_taken_off_are_told_apart(world: World) -> None:
    pk = world.groups.memberships["member"].pk
    refused(world, "facilitator", "ends as it was", END, pk=pk, how="left")
    refused(world, "facilitator", "ends as it was", END, pk=pk, how="declined")
    refused(world, "member", "ends as it was", END, pk=pk, how="taken off")
    refused(world, "facilitator", "ends as it was", END, pk=world.groups.memberships["asking"].pk, how="taken off")


def test_nobody_writes_a_name_for_somebody_with_an_account(world: World) -> None:
    name = "UPDATE peers_membership SET called = NULL WHERE id = %(pk)s"
    refused(world, "facilitator", "choose their names", name, pk=world.groups.memberships["member"].pk)
    assert does(world, "facilitator", name, pk=world.groups.memberships["added"].pk) == 1
    helper = "UPDATE peers_facilitator SET called = NULL WHERE id = %(pk)s"
    refused(world, "facilitator", "only the person", helper, pk=world.groups.helping.pk)


@pytest.mark.parametrize("role", NOT_RUNNING)
def test_only_who_runs_it_marks_and_opens(world: World, role: str) -> None:
    by = world.groups.helping.pk
    marked = {"session": world.groups.session.pk, "membership": world.groups.memberships["member"].pk, "by": by}
    refused(world, role, "row-level security", MARK, **here(world, **marked))
    refused(world, role, "row-level security", OPEN, **here(world))
    assert does(world, role, "UPDATE peers_group SET capacity = 9") == 0
    assert does(world, role, "UPDATE peers_session SET changed_at = now()") == 0


def test_nobody_marks_in_the_name_of_another(world: World) -> None:
    marked = {"session": world.groups.session.pk, "membership": world.groups.memberships["member"].pk}
    refused(world, "facilitator", "row-level security", MARK, **here(world, by=world.groups.helping.pk, **marked))
    assert does(world, "co_facilitator", MARK, **here(world, by=world.groups.helping.pk, **marked)) == 1


@pytest.mark.parametrize("role", [*NOT_RUNNING, "elsewhere"])
def test_nobody_makes_themselves_run_a_group(world: World, role: str) -> None:
    person = world.groups.elsewhere.pk if role == "elsewhere" else world.people[role].pk
    for asked_by in (None, world.groups.helping.pk):
        for accepted in (None, timezone.now()):
            values = here(world, person=person, asked_by=asked_by, accepted=accepted)
            refused(world, role, "row-level security", HELP, **values)


def test_who_is_asked_says_yes_themselves(world: World) -> None:
    co, now, stranger = world.groups.helping.pk, timezone.now(), world.people["stranger"].pk
    refused(world, "co_facilitator", "row-level", HELP, **here(world, person=stranger, asked_by=co, accepted=now))
    yes = "UPDATE peers_facilitator SET accepted_at = now() WHERE id = %(pk)s"
    refused(world, "facilitator", "only the person", yes, pk=world.groups.asked.pk)
    assert does(world, "asked_to_help", yes, pk=world.groups.asked.pk) == 1


def test_who_helps_does_not_end_who_asked_them(world: World) -> None:
    """Nobody asked the first one: a comparison with nobody must not come to a yes."""
    with world.people["facilitator"].acting():
        first = Facilitator.objects.get(person=world.people["facilitator"].pk).pk
    refused(world, "co_facilitator", "only the person", END_HELP, pk=first)
    assert does(world, "facilitator", END_HELP, pk=world.groups.helping.pk) == 1


def test_who_stopped_does_not_begin_again(world: World) -> None:
    assert does(world, "co_facilitator", END_HELP, pk=world.groups.helping.pk) == 1
    again = "UPDATE peers_facilitator SET ended_at = NULL WHERE id = %(pk)s"
    for role in RUNNING:
        refused(world, role, "only the person", again, pk=world.groups.helping.pk)


def test_somebody_runs_the_group(world: World) -> None:
    refused(world, "elsewhere", "somebody must run", END_HELP, pk=world.groups.other_helper.pk)


def test_nobody_loses_a_place_they_have(world: World) -> None:
    lower = "UPDATE peers_group SET capacity = %(to)s WHERE id = %(group)s"
    assert does(world, "facilitator", lower, to=2, **here(world)) == 1
    refused(world, "facilitator", "nobody loses a place", lower, to=1, **here(world))


def test_who_runs_one_group_touches_no_other(world: World) -> None:
    groups = world.groups
    assert does(world, "elsewhere", END, pk=groups.memberships["added"].pk, how="taken off") == 0
    assert does(world, "elsewhere", END_HELP, pk=groups.helping.pk) == 0
    assert (
        does(world, "facilitator", "UPDATE peers_group SET capacity = 9 WHERE id = %(pk)s", pk=groups.unlisted.pk) == 0
    )
    refused(world, "elsewhere", "row-level security", OPEN, **here(world))
    refused(world, "elsewhere", "row-level security", ASK, **here(world, person=None))


def test_no_row_hangs_on_another_group(world: World) -> None:
    """What is written as one's own group's, with something of the other group in it."""
    own, other = world.groups.unlisted.pk, world.groups.group.pk
    refused(world, "elsewhere", "same_holder", ASK, holder=own, group=other, person=None)
    refused(world, "elsewhere", "same_holder", OPEN, holder=own, group=other)
    marked = {"holder": own, "by": world.groups.other_helper.pk}
    of_ours = {"session": world.groups.other_session.pk, "membership": world.groups.other_membership.pk}
    of_theirs = {"session": world.groups.session.pk, "membership": world.groups.memberships["member"].pk}
    refused(world, "elsewhere", "same_holder", MARK, **marked, **of_ours | {"session": of_theirs["session"]})
    refused(world, "elsewhere", "same_holder", MARK, **marked, **of_ours | {"membership": of_theirs["membership"]})
    assert does(world, "elsewhere", MARK, **marked, **of_ours) == 1


def test_a_group_is_never_a_person(world: World) -> None:
    """Else everybody who finds the group would have the key of that person's plan."""
    begin = """
        INSERT INTO peers_group (id, holder_id, words, weekday, at, minutes, time_zone, capacity, joining, is_listed,
                                 made_at, changed_at)
        SELECT %(person)s, %(person)s, words, 1, '10:00', 60, 'UTC', 3, 'open', true, now(), now()
        FROM peers_group LIMIT 1
    """
    refused(world, "stranger", "row-level security", begin, **mine(world, "stranger"))


@pytest.mark.parametrize("role", ["stranger", "waiting", "member", "facilitator", "elsewhere"])
def test_nobody_gives_places_by_hand(world: World, role: str) -> None:
    refused(world, role, "permission denied", "SELECT sec.fill_places(%(group)s)", **here(world))
    refused(world, role, "permission denied", "SELECT nextval('sec.line')")
