"""Each filter of the first wall is taken away in turn: the matrix notices, and behind it the second wall still holds.

With the second wall down a mutation must make at least one cell of the matrix red: the filter is needed and the
matrix sees it. With the second wall up the same mutation must show nobody a word or a row of somebody else's.
"""

from collections.abc import Callable, Iterator
from contextlib import nullcontext
from typing import Any

import pytest
from django.contrib.postgres.fields import ArrayField
from django.db.models import CharField, QuerySet, Value

from directives import models as directives
from plans.models import Entry, EntryQuerySet, Plan, Wording
from records.models import HolderKey
from recovery_portal.roles import Addresses
from sharing import access
from sharing.policy import Relation
from sharing.querysets import RecordQuerySet, ShareQuerySet
from tests.matrix import IN_GROUPS, laid_out
from tests.matrix_directives import DIRECTIVES
from tests.matrix_plans import PLANS
from tests.matrix_roof import ROOF
from tests.matrix_sharing import INVITATIONS, OWNERS, READERS
from tests.matrix_visits import Ledger, deviations, visit, wall_down
from tests.world import World

Mutate = Callable[[pytest.MonkeyPatch], None]
DOORS = (
    ("home", "GET"),
    ("plans:plan_read", "GET"),
    ("plans:entry_edit", "GET"),
    ("plans:entry_edit", "POST"),
    ("plans:entry_bring_back", "POST"),
    ("directives:directive_read", "GET"),
    ("directives:entry_edit", "GET"),
    ("directives:entry_edit", "POST"),
    ("directives:entry_bring_back", "POST"),
    ("directives:document_download", "GET"),
    ("sharing:share_list", "GET"),
    ("sharing:share_read", "GET"),
    ("sharing:share_preview", "GET"),
    ("sharing:share_accept", "POST"),
    ("sharing:invitation_open", "GET"),
)
MATRIX = laid_out(ROOF, PLANS, DIRECTIVES, OWNERS, READERS, INVITATIONS)
ROWS = {door: MATRIX[door] for door in DOORS}
RELATED = ("reader", "other_reader", "expired", "stopped", "offered", "bearer", "anonymous_bearer")
WITH_NOTHING_TO_READ = (
    "stranger",
    "expired",
    "stopped",
    "offered",
    "bearer",
    "spent_bearer",
    "expired_bearer",
    "staff",
    "superuser",
    *IN_GROUPS,
)


@pytest.fixture(scope="module")
def ledger(world: World, addresses: Addresses) -> Iterator[Ledger]:
    ledger = Ledger(addresses.admin)
    yield ledger
    ledger.close()


def everything(queryset: QuerySet, user: object) -> QuerySet:
    """All rows, as if they were one's own."""
    return queryset.annotate(relation=Value(Relation.OWNER, output_field=CharField()), wrapped_key=HolderKey.of())


def everything_with_parts(queryset: QuerySet, user: object) -> QuerySet:
    return everything(queryset, user).annotate(parts=Value(None, output_field=ArrayField(CharField())))


def shares_of_everybody(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(ShareQuerySet, "visible_to", everything)


def records_of_everybody(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(RecordQuerySet, "visible_to", everything_with_parts)


def entries_of_every_section(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(EntryQuerySet, "visible_to", RecordQuerySet.visible_to)


def directives_of_any_share(patch: pytest.MonkeyPatch) -> None:
    """Whoever reads one part of somebody's plan is taken for a reader of the directive."""
    patch.setattr(directives.DirectiveQuerySet, "visible_to", RecordQuerySet.visible_to)
    patch.setattr(directives.EntryQuerySet, "visible_to", RecordQuerySet.visible_to)


def shares_never_over(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(ShareQuerySet, "open", lambda queryset: queryset.all())


def shares_live_unasked(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(ShareQuerySet, "live", lambda queryset: queryset.all())


def offers_to_anybody(patch: pytest.MonkeyPatch) -> None:
    """Any words open the oldest share there is."""

    def offered_by(queryset: QuerySet, found: object) -> QuerySet:
        return queryset.order_by("made_at").annotate(wrapped_key=HolderKey.of())

    patch.setattr("sharing.reader_views.bearing", lambda *args, **kwargs: nullcontext(object()))
    patch.setattr(ShareQuerySet, "offered_by", offered_by)


def everything_allowed(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(access, "allows", lambda action, record: True)


def any_holder_is_mine(patch: pytest.MonkeyPatch) -> None:
    """Relations are mixed up: whoever asks is told to be the consultant on everything."""

    def visible_to(queryset: QuerySet, user: object) -> QuerySet:
        return everything(queryset, user).annotate(relation=Value(Relation.CONSULTANT, output_field=CharField()))

    patch.setattr(ShareQuerySet, "visible_to", visible_to)


MUTATIONS: tuple[Mutate, ...] = (
    shares_of_everybody,
    any_holder_is_mine,
    records_of_everybody,
    entries_of_every_section,
    directives_of_any_share,
    shares_never_over,
    shares_live_unasked,
    offers_to_anybody,
    everything_allowed,
)


def could_know(world: World, role: str) -> set[str]:
    """What the second wall lets a role read; it knows rows and keys, not fields.

    A reader's own share is one row with one key: the name the owner gave them stands in it too. Of an entry in a
    shared section the earlier wordings can be read as well.
    """
    known = {
        "owner": ("owner", "label", "my_name"),
        "reader": (
            "owner.plan.strengths",
            "owner.plan.crisis",
            "owner.plan.goals",
            "owner.older",
            "owner.directive",
            "owner.document",
        ),
        "other_reader": ("owner.plan.gains",),
    }
    own_share = (f"label.{role}", f"my_name.{role}") if role in ("reader", "other_reader", "offered") else ()
    borne = ("label.bearer", "my_name.bearer") if role in ("bearer", "anonymous_bearer") else ()
    # The home page names one's groups; how their walls hold, `test_group_mutations` tells.
    of_groups = ("group.name",) if role in IN_GROUPS else ()
    return world.may_show(role, ("mine", *known.get(role, ()), *own_share, *borne, *of_groups))


def may_change(world: World, role: str, change: tuple[str, Any]) -> bool:
    """One's own rows; and of the owner's only the share that was given to them, which they answer."""
    table, holder = change
    is_own = role in world.people and holder == world.people[role].pk
    return is_own or (table == "sharing_share" and holder == world.owner.pk and role in RELATED)


def test_nothing_is_red_before(world: World, ledger: Ledger, addresses: Addresses) -> None:
    with wall_down(addresses.admin):
        assert not list(deviations(world, ledger, ROWS))


@pytest.mark.parametrize("mutate", MUTATIONS)
def test_the_matrix_turns_red(
    world: World, ledger: Ledger, addresses: Addresses, monkeypatch: pytest.MonkeyPatch, mutate: Mutate
) -> None:
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
            assert all(may_change(world, role, change) for change in seen.changed), (role, method, name)


@pytest.mark.parametrize("mutate", MUTATIONS)
@pytest.mark.parametrize("role", WITH_NOTHING_TO_READ)
def test_no_foreign_row_passes(world: World, monkeypatch: pytest.MonkeyPatch, mutate: Mutate, role: str) -> None:
    mutate(monkeypatch)
    me = world.people[role]
    with me.acting():
        for model in (Plan, Entry, Wording, directives.Directive, directives.Entry, directives.Wording):
            assert model.objects.exclude(holder=me.pk).count() == 0, model
        for shareable in (Plan, Entry, directives.Directive, directives.Entry):
            assert shareable.objects.visible_to(me.user).exclude(holder=me.pk).count() == 0, shareable
