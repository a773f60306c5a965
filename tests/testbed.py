"""Makes the database server that tests run on, and settings that fit it."""

import contextlib
import os
import secrets
import subprocess
import sys
import time
from pathlib import Path

import psycopg
from psycopg import sql

from recovery_portal.bundled import AlreadyRunning
from recovery_portal.embedded import Cluster
from recovery_portal.postgresql import Missing
from recovery_portal.roles import Addresses
from scripts import hints, keys

ROOT = Path(__file__).resolve().parent.parent
FOLDER = ROOT / ".data" / "test"
TEMPLATE = "recovery_template"
# What migrations put there and no test takes away.
KEPT = ["django_migrations", "django_content_type", "auth_permission"]
LEFT_BEHIND_SECONDS = 60


def start() -> Cluster:
    """A new server with a migrated template database. Ends the run with one sentence when there is none."""
    sweep()
    for name in [name for name in os.environ if name.startswith(("PG", "DATABASE_", "BROKER_"))]:
        del os.environ[name]
    try:
        cluster = Cluster(FOLDER / secrets.token_hex(4), durable=False)
        cluster.start()
    except Missing as missing:
        raise hints.stop(str(missing), missing.need) from missing
    owner = cluster.set_up(TEMPLATE).owner
    migrate = [sys.executable, str(ROOT / "manage.py"), "migrate", "--no-input", "-v", "0"]
    if subprocess.run(migrate, env=os.environ | settings(cluster, owner), cwd=ROOT, check=False).returncode:
        cluster.remove()
        raise SystemExit("The test database could not be migrated: see above.")
    return cluster


def sweep() -> None:
    """Remove what runs left behind that were killed before they could clean up."""
    for folder in FOLDER.glob("*"):
        if time.time() - folder.stat().st_mtime > LEFT_BEHIND_SECONDS:
            with contextlib.suppress(AlreadyRunning):
                Cluster(folder, durable=False).remove()


def enter(cluster: Cluster, name: str) -> Addresses:
    """Make this process's own database and load Django's settings as its web role."""
    addresses = cluster.set_up(f"recovery_{name}", template=TEMPLATE)
    os.environ.update(settings(cluster, addresses.web))
    import django  # noqa: PLC0415 - the settings read the environment set above
    from django.conf import settings as loaded  # noqa: PLC0415
    from django.test import TransactionTestCase  # noqa: PLC0415

    if loaded.configured and loaded.DATABASES["default"]["NAME"] != f"recovery_{name}":
        raise SystemExit("Django's settings are loaded already, for another database: unset DJANGO_SETTINGS_MODULE.")

    # Hashed names need files gathered beforehand; tests serve them from where they are.
    plain = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    loaded.STORAGES = {**loaded.STORAGES, "staticfiles": plain}
    django.setup()
    # Processes that pytest starts would load the settings from this before they have a database of their own.
    del os.environ["DJANGO_SETTINGS_MODULE"]
    # Django's own flush needs TRUNCATE, which the web role lacks on purpose.
    TransactionTestCase._fixture_teardown = lambda test: empty(addresses.admin)  # type: ignore[attr-defined]
    return addresses


def settings(cluster: Cluster, address: str) -> dict[str, str]:
    """The environment for Django's settings."""
    static = cluster.folder / "static"
    static.mkdir(exist_ok=True)
    return {
        **keys.make(cluster.folder / "keys"),
        "DJANGO_SETTINGS_MODULE": "recovery_portal.settings",
        "DATABASE_URL": address,
        "STATIC_ROOT": str(static),
        "LOCAL_HTTP": "1",
    }


def empty(admin: str) -> None:
    """Delete every row that tests may have made, past append-only triggers and foreign keys."""
    with psycopg.connect(admin) as connection:
        connection.execute("SET session_replication_role = replica")
        # A thread that still holds a row must fail the test, not hang it.
        connection.execute("SET lock_timeout = '10s'")
        tables = connection.execute(
            "SELECT tablename FROM pg_tables WHERE schemaname = 'public' AND tablename <> ALL(%s)", [KEPT]
        ).fetchall()
        for (table,) in tables:
            connection.execute(sql.SQL("DELETE FROM {}").format(sql.Identifier(table)))
