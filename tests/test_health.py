"""The health page: what it asks, what it shows, and what it says when a server is gone."""

import http.client
import os
import secrets
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import LiteralString

import psycopg
import pytest
from django.db import connection
from django.test import Client, override_settings
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from recovery_portal.embedded import Cluster
from recovery_portal.roles import at
from scripts import trial
from tests.compose import HOST, SERVICES, surroundings
from tests.test_hosting import make_secrets
from tests.watching import comes_true

ROOT = Path(__file__).resolve().parent.parent
ROLES: tuple[LiteralString, ...] = (
    "SELECT rolname, rolsuper, rolbypassrls, rolcreaterole, rolcreatedb, rolreplication, rolcanlogin, rolconfig,"
    " ARRAY(SELECT roleid::regrole::text FROM pg_auth_members WHERE member = r.oid)"
    " FROM pg_roles r WHERE rolname LIKE 'recovery_%' AND NOT rolsuper ORDER BY rolname",
    "SELECT grantee::regrole::text, privilege_type FROM pg_database, aclexplode(datacl)"
    " WHERE datname = current_database() ORDER BY 1, 2",
    "SELECT grantee::regrole::text, privilege_type FROM pg_namespace, aclexplode(nspacl)"
    " WHERE nspname = 'public' ORDER BY 1, 2",
    "SELECT datname, grantee::regrole::text, privilege_type FROM pg_database, aclexplode(datacl)"
    " WHERE datname IN ('postgres', 'template1') ORDER BY 1, 2, 3",
)


@dataclass
class Hosted:
    """A web process with the environment of docker-compose.yml, over plain HTTP as the proxy reaches it."""

    cluster: Cluster
    port: int
    environment: dict[str, str]

    def get(self, path: str, **headers: str) -> tuple[int, http.client.HTTPMessage, bytes]:
        asking = http.client.HTTPConnection("127.0.0.1", self.port, timeout=20)
        try:
            asking.request("GET", path, headers={"Host": HOST, **headers})
            answer = asking.getresponse()
            return answer.status, answer.headers, answer.read()
        finally:
            asking.close()

    @property
    def status(self) -> int:
        return self.get("/health/")[0]

    def probe(self) -> int:
        """What the container's own check says."""
        return subprocess.run([sys.executable, "-m", "scripts.probe"], cwd=ROOT, env=self.environment).returncode


@pytest.fixture
def hosted(tmp_path: Path) -> Iterator[Hosted]:
    """Made as a host makes it, on a server of its own. Nobody listens where the broker should be."""
    make_secrets(tmp_path / "secrets")
    cluster = Cluster(ROOT / ".data" / "test" / f"health-{secrets.token_hex(4)}")
    try:
        cluster.start()
        first_start(cluster, tmp_path / "secrets")
        port = trial.free_port()
        environment = as_web(cluster, tmp_path / "secrets", port)
        with trial.served(environment, ["sh", "deploy/process.sh", "web"], port, tmp_path / "log"):
            yield Hosted(cluster, port, environment)
    finally:
        cluster.remove()
    assert "words-of-an-invitation" not in (tmp_path / "log").read_text()


def first_start(cluster: Cluster, folder: Path) -> None:
    """What the database container does with the files in deploy/."""
    scripts = [f"--file={ROOT / 'deploy' / name}" for name in ("roles.sql", "database.sql")]
    command = [str(cluster.programs / "psql"), "--set=ON_ERROR_STOP=1", "--quiet", "--no-psqlrc", *scripts]
    named = {**os.environ, "SECRETS": str(folder)}
    subprocess.run([*command, cluster.admin_url], env=named, check=True, capture_output=True)


def as_web(cluster: Cluster, folder: Path, port: int) -> dict[str, str]:
    """The environment of the web service, on this machine."""
    instead = {
        "DATABASE_URL": SERVICES["web"]["environment"]["DATABASE_URL"].replace(
            "postgres:5432", f"127.0.0.1:{cluster.port}"
        ),
        "BROKER_URL": "redis://127.0.0.1:1/0",
        "HOST": "127.0.0.1",
        "PORT": str(port),
        # Names of static files need files gathered beforehand.
        "DJANGO_SETTINGS_MODULE": "tests.drills.settings",
        "PATH": f"{Path(sys.executable).parent}:{os.environ['PATH']}",
    }
    return surroundings("web", folder, **instead)


@pytest.mark.django_db
def test_it_works(client: Client) -> None:
    """200 and two letters, for one question to the database; nothing is remembered, by either side."""
    with CaptureQueriesContext(connection) as queries:
        answer = client.get("/health/")
    assert (answer.status_code, answer.content) == (200, b"ok")
    assert answer["Content-Type"] == "text/plain"
    assert answer["Cache-Control"] == "no-store"
    assert not answer.cookies
    assert [query["sql"] for query in queries if "SAVEPOINT" not in query["sql"]] == ["SELECT 1"]
    assert reverse("health") == "/health/"


@pytest.mark.django_db
def test_only_reading(client: Client) -> None:
    assert client.head("/health/").content == b""
    assert client.post("/health/").status_code == 405


@pytest.mark.django_db
@pytest.mark.parametrize("held", [None, "", "not a key", "ab" * 31])
def test_without_a_master_key_it_says_so(client: Client, tmp_path: Path, held: str | None) -> None:
    folder = tmp_path / secrets.token_hex(4)
    if held is not None:
        folder.mkdir()
        (folder / "1").write_text(held)
    with override_settings(VAULT_KEYS_DIR=folder):
        answer = client.get("/health/")
    assert answer.status_code == 503
    assert str(folder) not in answer.content.decode()
    assert answer["Cache-Control"] == "no-store"


def test_as_hosted(hosted: Hosted, admin: psycopg.Connection) -> None:
    """Over plain HTTP from inside, without a broker, through a kill of the database, and back."""
    same_roles_as_in_tests(hosted, admin)
    assert hosted.get("/health/")[2] == b"ok"
    assert hosted.probe() == 0
    only_the_proxy_is_believed(hosted)
    hosted.cluster.kill()
    assert comes_true(lambda: hosted.status == 503)
    status, headers, body = hosted.get("/health/")
    assert (status, headers["Cache-Control"], headers["Set-Cookie"]) == (503, "no-store", None)
    assert b"Traceback" not in body
    assert hosted.probe() == 1
    # A person meets the same calm page, and soon.
    began = time.monotonic()
    status, _headers, body = hosted.get("/invitation/words-of-an-invitation/", **{"X-Forwarded-Proto": "https"})
    assert status == 503
    assert b"We cannot save right now" in body
    assert time.monotonic() - began < 6
    hosted.cluster.start()
    assert comes_true(lambda: hosted.status == 200)


def same_roles_as_in_tests(hosted: Hosted, admin: psycopg.Connection) -> None:
    """What tests prove about privileges holds where roles were made by deploy/roles.sql."""
    with psycopg.connect(at(hosted.cluster.admin_url, database="recovery")) as server:
        for asked in ROLES:
            assert server.execute(asked).fetchall() == admin.execute(asked).fetchall()
            assert len(server.execute(asked).fetchall()) >= 4


def only_the_proxy_is_believed(hosted: Hosted) -> None:
    """Everything but this page is sent to HTTPS; what came by it is answered; another name is refused."""
    status, headers, _body = hosted.get("/help/")
    assert (status, headers["Location"]) == (301, f"https://{HOST}/help/")
    status, headers, _body = hosted.get("/help/", **{"X-Forwarded-Proto": "https"})
    assert status == 200
    assert headers["Strict-Transport-Security"].startswith("max-age=63072000")
    assert hosted.get("/help/", **{"X-Forwarded-Proto": "http"})[0] == 301
    assert hosted.get("/health/", Host="other.example.org")[0] == 400
    assert hosted.get("/health", **{"X-Forwarded-Proto": "https"})[1]["Location"] == "/health/"
