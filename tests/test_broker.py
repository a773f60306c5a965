"""The bundled broker: what it keeps, whom it lets in, and what it survives."""

import secrets
import signal
import socket
import subprocess
import sys
from pathlib import Path

import pytest
import redis

from recovery_portal import broker as module
from recovery_portal.broker import Broker
from recovery_portal.bundled import AlreadyRunning
from recovery_portal.postgresql import Missing
from tests.watching import comes_true, runs

ROOT = Path(__file__).resolve().parent.parent


def client(broker: Broker) -> redis.Redis:
    return redis.Redis.from_url(broker.url, socket_timeout=5, decode_responses=True)


def put(broker: Broker, count: int) -> None:
    with client(broker) as server:
        for number in range(count):
            server.rpush("waiting", number)


def waiting(broker: Broker) -> int:
    with client(broker) as server:
        return int(server.llen("waiting"))


def test_it_works(broker: Broker) -> None:
    put(broker, 3)
    assert waiting(broker) == 3


def test_messages_and_port_survive_a_kill(broker: Broker) -> None:
    put(broker, 100)
    port = broker.port
    broker.kill()
    broker.start()
    assert (waiting(broker), broker.port) == (100, port)


def test_without_persistence_a_kill_forgets_all(tmp_path: Path) -> None:
    broker = Broker(tmp_path / "broker", durable=False)
    try:
        broker.start()
        put(broker, 20)
        broker.kill()
        broker.start()
        assert waiting(broker) == 0
    finally:
        broker.remove()


def test_messages_that_cannot_be_read_do_not_keep_it_from_starting(broker: Broker) -> None:
    put(broker, 5)
    broker.stop()
    for file in (broker.folder / "messages").rglob("*"):
        if file.is_file():
            file.write_bytes(b"\x00 not ours")
    broker.start()
    assert waiting(broker) == 0


def test_nobody_gets_in_without_the_password(broker: Broker) -> None:
    for url in (f"redis://127.0.0.1:{broker.port}/0", f"redis://:wrong@127.0.0.1:{broker.port}/0"):
        with redis.Redis.from_url(url) as server, pytest.raises(redis.AuthenticationError):
            server.ping()


def test_the_password_is_readable_by_us_alone_and_on_no_command_line(broker: Broker) -> None:
    password = (broker.folder / "password").read_text()
    assert password in broker.url
    for name in ("password", "settings"):
        assert (broker.folder / name).stat().st_mode & 0o777 == 0o600
    listed = subprocess.run(["ps", "-ewwo", "args"], capture_output=True, text=True, check=True).stdout
    assert f"127.0.0.1:{broker.port}" in listed
    assert password not in listed


@pytest.mark.parametrize(
    ("setting", "value"),
    [("bind", "127.0.0.1"), ("maxmemory-policy", "noeviction"), ("appendonly", "yes"), ("appendfsync", "everysec")],
)
def test_server_settings(broker: Broker, setting: str, value: str) -> None:
    with client(broker) as server:
        assert server.config_get(setting) == {setting: value}


def test_a_busy_port_is_avoided(broker: Broker) -> None:
    port = broker.port
    broker.stop()
    with socket.socket() as other:
        other.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        other.bind(("127.0.0.1", port))
        other.listen()
        broker.start()
        assert broker.port != port
    put(broker, 1)


def test_two_runs_do_not_share_a_folder(broker: Broker) -> None:
    with pytest.raises(AlreadyRunning, match="already in use"):
        Broker(broker.folder).start()


def started_and_killed(folder: Path, *also: str) -> int:
    """Starts a broker in a process of its own and kills that with -9, perhaps its keeper first. Gives the server."""
    script = (
        "import os, pathlib, sys; from recovery_portal.broker import Broker;"
        "broker = Broker(pathlib.Path(sys.argv[1])); broker.start(); print(broker._server.pid, flush=True);"
        "'keeper' in sys.argv and broker._keeper.kill(); os.kill(os.getpid(), 9)"
    )
    command = [sys.executable, "-c", script, str(folder), *also]
    starter = subprocess.run(command, cwd=ROOT, stdout=subprocess.PIPE, text=True, check=False)
    assert starter.returncode == -signal.SIGKILL
    return int(starter.stdout)


def test_it_stops_when_its_starter_is_killed(tmp_path: Path) -> None:
    server = started_and_killed(tmp_path / "broker")
    assert comes_true(lambda: not runs(server))


def test_one_that_was_left_behind_is_ended_by_the_next(tmp_path: Path) -> None:
    server = started_and_killed(tmp_path / "broker", "keeper")
    assert runs(server)
    broker = Broker(tmp_path / "broker")
    try:
        broker.start()
        put(broker, 1)
        assert comes_true(lambda: not runs(server))
    finally:
        broker.remove()


def test_nothing_is_left_after_remove() -> None:
    broker = Broker(ROOT / ".data" / "test" / f"broker-{secrets.token_hex(4)}")
    broker.start()
    server = broker._server
    assert server
    broker.remove()
    assert not broker.folder.exists()
    assert server.poll() is not None


def test_where_the_program_does_not_run_it_says_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module.importlib, "import_module", lambda name: exec("raise ModuleNotFoundError"))
    with pytest.raises(Missing, match="does not run on this system"):
        Broker(tmp_path / "broker").start()
