"""Every address, with every method, as every role: what happens is what was decided, and nothing else."""

from collections.abc import Iterator

import pytest
from django.test import Client
from django.urls import URLResolver, get_resolver, reverse

from records.checks import walk
from recovery_portal.roles import Addresses
from tests.matrix import METHODS, REFUSED, SIGNED_IN, Undecided, arguments, form, laid_out, ok
from tests.matrix_accounts import DOORS, SETTINGS
from tests.matrix_directives import DIRECTIVES
from tests.matrix_jobs import JOBS
from tests.matrix_peers import GROUPS, RUN
from tests.matrix_plans import PLANS
from tests.matrix_roof import ROOF
from tests.matrix_sharing import INVITATIONS, OWNERS, READERS
from tests.matrix_visits import Ledger, deviations, wall_down
from tests.world import ROLES, World

TABLES = {
    "roof": ROOF,
    "doors": DOORS,
    "settings": SETTINGS,
    "plans": PLANS,
    "directives": DIRECTIVES,
    "jobs": JOBS,
    "sharing, owners": OWNERS,
    "sharing, readers": READERS,
    "invitations": INVITATIONS,
    "groups": GROUPS,
    "groups, run": RUN,
}
MATRIX = laid_out(*TABLES.values())


@pytest.fixture(scope="module")
def ledger(world: World, addresses: Addresses) -> Iterator[Ledger]:
    ledger = Ledger(addresses.admin)
    yield ledger
    ledger.close()


@pytest.mark.parametrize("table", TABLES)
def test_it_works(world: World, ledger: Ledger, table: str) -> None:
    """Both walls up, every cell."""
    assert not list(deviations(world, ledger, laid_out(TABLES[table])))


@pytest.mark.parametrize("table", sorted(TABLES.keys() - {"doors", "settings"}))
def test_first_wall_holds_alone(world: World, ledger: Ledger, addresses: Addresses, table: str) -> None:
    with wall_down(addresses.admin):
        assert not list(deviations(world, ledger, laid_out(TABLES[table]), ("GET", "POST")))


def test_every_act_wants_a_token_of_ours(world: World, ledger: Ledger) -> None:
    """Another site that makes the browser post here is refused, whoever is signed in; and nothing is kept."""
    client = Client(enforce_csrf_checks=True)
    client.cookies = world.owner.client.cookies.copy()  # type: ignore[assignment]
    for name in {name for name, _method in MATRIX}:
        response = client.post(reverse(name, args=arguments(world, name, "owner")), form(world, name, "owner"))
        assert response.status_code in (403, 405), name
    assert ledger.changed() == set()


def test_every_address_has_its_rows_and_no_row_is_stale() -> None:
    named = list(_names(get_resolver()))
    assert set(named) == {name for name, _method in MATRIX}
    assert len(named) == len(set(named)), "two addresses share a name: one of them would go untested"
    assert len(named) == len(list(walk(get_resolver().url_patterns)))


def _names(resolver: URLResolver, room: str = "") -> Iterator[str]:
    """The names of all addresses, each with its room before it."""
    for pattern in resolver.url_patterns:
        if isinstance(pattern, URLResolver):
            yield from _names(pattern, f"{pattern.app_name}:" if pattern.app_name else room)
        else:
            yield f"{room}{pattern.name}"


def test_every_role_and_method_is_decided() -> None:
    assert {method for _name, method in MATRIX} == set(METHODS)
    assert all(set(cells) == set(ROLES) for cells in MATRIX.values())


def test_a_row_without_a_role_is_refused() -> None:
    with pytest.raises(Undecided, match="anonymous"):
        laid_out({("home", "GET"): {SIGNED_IN: ok()}})


def test_a_row_without_a_method_is_refused() -> None:
    with pytest.raises(Undecided, match="PATCH home"):
        laid_out({("home", "GET HEAD POST PUT DELETE OPTIONS"): REFUSED})


def test_a_row_decided_twice_is_refused() -> None:
    with pytest.raises(Undecided, match="twice"):
        laid_out({("home", "GET GET"): REFUSED})
