"""The second wall round groups: what the database shows and tells to each role, with nothing filtered."""

import uuid
from collections.abc import Iterator
from typing import Any

import pytest
from django.db import transaction

from peers.models import Facilitator, Group, Inside, Mark, Membership, Session, WalkIn
from records.files import File
from records.models import HolderKey
from tests.group_sql import does
from tests.matrix import IN_GROUPS
from tests.world import NOT_SIGNED_IN, ROLES, World

OUTSIDE = tuple(role for role in ROLES if role not in (*NOT_SIGNED_IN, *IN_GROUPS))
RUNNING = ("facilitator", "co_facilitator")


@pytest.fixture(autouse=True)
def _rolled_back(world: World) -> Iterator[None]:
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def named(world: World) -> dict[Any, str]:
    """All rows of both groups by a word for them."""
    groups = world.groups
    return {
        groups.group.pk: "group",
        groups.unlisted.pk: "unlisted",
        groups.helping.pk: "co",
        groups.asked.pk: "asked",
        groups.other_helper.pk: "other",
        groups.session.pk: "session",
        groups.walk_in: "walk-in",
        groups.paper.file_id or groups.paper.pk: "paper",
        **{membership.pk: role for role, membership in groups.memberships.items()},
    }


def seen(world: World, role: str) -> dict[str, set[str]]:
    """What the database shows of groups, nothing filtered."""
    words = named(world)

    def known(found: Any) -> set[str]:
        return {words.get(pk, "first") for pk in found}

    with world.people[role].acting():
        return {
            "groups": known(Group.objects.values_list("pk", flat=True)),
            "keys": known(HolderKey.objects.exclude(holder__kind="person").values_list("holder", flat=True)),
            "keys of groups": known(
                HolderKey.objects.filter(holder__in=[world.groups.group.pk, world.groups.unlisted.pk]).values_list(
                    "holder", flat=True
                )
            ),
            "inside": known(Inside.objects.values_list("group", flat=True)),
            "facilitators": known(Facilitator.objects.values_list("pk", flat=True)),
            "memberships": known(Membership.objects.values_list("pk", flat=True)),
            "sessions": known(Session.objects.values_list("pk", flat=True)),
            "walk-ins": known(WalkIn.objects.values_list("pk", flat=True)),
            "marks of": {words[each.whose] for each in Mark.objects.all()},
            "papers": {"paper" for _ in File.objects.filter(holder=world.groups.group.pk)},
        }


FOUND: dict[str, set[str]] = {
    "groups": {"group"},
    "keys": set(),
    "keys of groups": {"group"},
    "inside": set(),
    "facilitators": {"first", "co"},
    "memberships": set(),
    "sessions": set(),
    "walk-ins": set(),
    "marks of": set(),
    "papers": set(),
}
ALL = FOUND | {
    "inside": {"group"},
    "facilitators": {"first", "co", "asked"},
    "memberships": {"left", "member", "waiting", "added", "asking"},
    "sessions": {"session"},
    "walk-ins": {"walk-in"},
    "marks of": {"left", "member", "walk-in"},
    "papers": {"paper"},
}
SHOWN = {
    "facilitator": ALL,
    "co_facilitator": ALL,
    "asked_to_help": FOUND | {"facilitators": {"first", "co", "asked"}},
    "member": FOUND | {"inside": {"group"}, "memberships": {"member"}, "sessions": {"session"}, "marks of": {"member"}},
    "waiting": FOUND | {"memberships": {"waiting"}},
    "asking": FOUND | {"memberships": {"asking"}},
    "left": FOUND | {"memberships": {"left"}, "marks of": {"left"}},
}


@pytest.mark.parametrize("role", [*SHOWN, *OUTSIDE])
def test_it_works(world: World, role: str) -> None:
    """Nobody sees a name but their own who does not run the group; nobody sees anything of the unlisted one."""
    assert seen(world, role) == SHOWN.get(role, FOUND)


def test_nobody_acting_sees_no_group(world: World) -> None:
    for model in (Group, Inside, Facilitator, Membership, Session, WalkIn, Mark):
        assert model._default_manager.count() == 0, model


def place_of(world: World, role: str, whose: str) -> object:
    pk = world.groups.memberships[whose].pk
    found = does(world, role, "SELECT sec.place_in_line(%(pk)s)", pk=pk)
    assert isinstance(found, list)
    return found[0][0]


def test_numbers_are_told_to_those_they_concern(world: World) -> None:
    assert [place_of(world, role, "waiting") for role in ("waiting", *RUNNING)] == [1, 1, 1]
    assert [place_of(world, role, "added") for role in ("facilitator", "waiting", "member")] == [2, None, None]
    for role in ("stranger", "member", "asking", "asked_to_help", "left"):
        assert place_of(world, role, "waiting") is None, role
    assert [place_of(world, role, role) for role in ("member", "asking", "left")] == [None, None, None]


def test_an_unlisted_group_tells_not_even_a_count(world: World) -> None:
    taken = "SELECT sec.places_taken(%(pk)s), sec.knows_group(%(pk)s), sec.group_is_listed(%(pk)s)"
    for role in ("stranger", "facilitator", "member"):
        assert does(world, role, taken, pk=world.groups.unlisted.pk) == [(0, False, False)], role
        assert does(world, role, taken, pk=uuid.uuid4()) == [(0, False, False)], role
    assert does(world, "elsewhere", taken, pk=world.groups.unlisted.pk) == [(1, True, False)]
