"""Fixtures that the tests of several rooms share: the cast, and the world of the matrix.

Their classes are imported inside: this file is read before the root's conftest has settings to give.
"""

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from recovery_portal.broker import Broker
from recovery_portal.roles import Addresses

if TYPE_CHECKING:
    from tests.world import Cast, World


@pytest.fixture
def cast(db: None) -> "Cast":
    from tests.world import Cast  # noqa: PLC0415

    return Cast()


@pytest.fixture
def broker(tmp_path: Path) -> Iterator[Broker]:
    """A bundled broker of the test's own."""
    broker = Broker(tmp_path / "broker")
    try:
        broker.start()
        yield broker
    finally:
        broker.remove()


@pytest.fixture(scope="module")
def world(django_db_blocker: pytest.FixtureRequest, addresses: Addresses) -> Iterator["World"]:
    """Made once a file and really committed, so that the second wall can be switched off beside it."""
    from tests import testbed  # noqa: PLC0415
    from tests.world import World  # noqa: PLC0415

    with django_db_blocker.unblock():  # type: ignore[attr-defined]
        try:
            yield World()
        finally:
            testbed.empty(addresses.admin)
