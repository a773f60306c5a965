"""The database that tests use, and the guard that keeps them from talking to the outside.

One throw-away server a run; every pytest process has a database of its own, copied from a migrated
template. Tests are logged in as the web role: they meet the same privileges and policies as the site.
"""

import os
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

from recovery_portal.embedded import Cluster
from recovery_portal.roles import Addresses
from tests import guard, testbed

HANDED_DOWN = "TEST_CLUSTER"
STARTED = pytest.StashKey[Cluster]()
ADDRESSES = pytest.StashKey[Addresses]()


def pytest_configure(config: pytest.Config) -> None:
    """Before Django's settings load: start the server, or join the one that the first process started."""
    if config.option.help or config.option.version:
        return
    guard.keep_inside()
    worker = getattr(config, "workerinput", {}).get("workerid", "")
    if not worker:
        cluster = config.stash[STARTED] = testbed.start()
        os.environ[HANDED_DOWN] = str(cluster.folder)
    config.stash[ADDRESSES] = testbed.enter(joined(), worker or "main")


def pytest_unconfigure(config: pytest.Config) -> None:
    """The process that started the server stops it and deletes its data, also after Ctrl-C."""
    if started := config.stash.get(STARTED, None):
        started.remove()


def joined() -> Cluster:
    """The run's server, as seen from any of its processes."""
    return Cluster(Path(os.environ[HANDED_DOWN]), durable=False)


@pytest.fixture(scope="session")
def django_db_setup() -> None:
    """Nothing to do: `pytest_configure` made the database, not pytest-django."""


@pytest.fixture(scope="session")
def cluster() -> Cluster:
    """The run's database server. It is shared: kill and stop servers of your own."""
    return joined()


@pytest.fixture(scope="session")
def addresses(pytestconfig: pytest.Config) -> Addresses:
    """This process's database, as each role reaches it."""
    return pytestconfig.stash[ADDRESSES]


@pytest.fixture
def admin(addresses: Addresses) -> Iterator[psycopg.Connection]:
    """A superuser's connection: sees past row-level security, commits at once."""
    with psycopg.connect(addresses.admin, autocommit=True) as connection:
        yield connection
