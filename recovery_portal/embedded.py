"""The bundled PostgreSQL: a server of our own for `make run` and `make test`, without root or a system service.

Needs no Django. Only the programs of the package are used; starting, stopping and roles are ours.
"""

import json
import os
import secrets
import shlex
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Mapping
from io import TextIOWrapper
from pathlib import Path
from typing import Final

from recovery_portal import keeper, postgresql, roles
from recovery_portal.bundled import free_port, take_lock, write_secret
from recovery_portal.postgresql import Missing

SUPERUSER = "recovery_admin"
# The processes of a killed server hold its shared memory for some seconds more.
START_WITHIN_SECONDS: Final = 20.0

SETTINGS: Mapping[str, str | int] = {
    "listen_addresses": "127.0.0.1",
    "unix_socket_directories": "",
    "max_connections": 60,
    "timezone": "UTC",
    "log_timezone": "UTC",
    # SECURITY: what people write must not reach the server's log by way of an error message.
    "log_error_verbosity": "terse",
    "log_min_error_statement": "panic",
    "log_min_duration_statement": -1,
    "log_parameter_max_length": 0,
    "log_parameter_max_length_on_error": 0,
    "log_statement": "none",
    "log_checkpoints": "off",
}
# For tests: data that nobody will miss, so nothing waits for the disk.
CARELESS: Mapping[str, str | int] = {
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "wal_level": "minimal",
    "max_wal_senders": 0,
}


class Cluster:
    """A PostgreSQL server whose data lives in a folder.

    As root it runs under an unprivileged account; when that account cannot reach the folder, the data
    lies in the shelter and the folder holds a pointer to it.
    """

    def __init__(self, folder: Path, durable: bool = True) -> None:
        self.folder = folder.resolve()
        self.durable = durable
        self._account = postgresql.account()
        self._lock: TextIOWrapper | None = None
        self._keeper: subprocess.Popen[bytes] | None = None

    @property
    def port(self) -> int:
        """The port of the last start."""
        return int((self.folder / "port").read_text())

    @property
    def admin_url(self) -> str:
        """The superuser's address. Whoever can read the folder's passwords has it."""
        return f"postgresql://{SUPERUSER}:{self._passwords()[SUPERUSER]}@127.0.0.1:{self.port}/postgres"

    @property
    def exists(self) -> bool:
        """Whether there is data from an earlier start."""
        return (self.data / "PG_VERSION").exists()

    def start(self) -> None:
        """Start the server, making it first if need be.

        Raises AlreadyRunning, or Missing with one sentence on what is not there.
        """
        self.folder.mkdir(parents=True, exist_ok=True, mode=0o711)
        self._take_lock()
        self.programs = postgresql.programs(self._account)
        if not self.exists:
            self._make()
        self._check_version()
        if self._control("status") == 0:  # left behind by a run whose keeper was killed too
            self._control("stop", "-m", "fast", "-w")
        self._launch()
        mode = "fast" if self.durable else "immediate"
        stop = (self.programs / "pg_ctl", "-D", self.data, "-m", mode, "-w", "stop")
        self._dismiss_keeper()
        self._keeper = keeper.start(self._account, *stop)

    def stop(self) -> None:
        """Stop the server and let go of the folder. Does nothing when it does not run."""
        if self._lock is None:
            return
        self._dismiss_keeper()
        self._control("stop", "-m", "fast" if self.durable else "immediate", "-w")
        self._lock.close()
        self._lock = None

    def kill(self) -> None:
        """Kill the server's first process, as a crash would. For drills."""
        os.kill(int((self.data / "postmaster.pid").read_text().split()[0]), signal.SIGKILL)

    def remove(self) -> None:
        """Stop the server and delete its data, wherever that lies.

        Raises AlreadyRunning when another program uses it.
        """
        if self.folder.exists():
            self._take_lock()
            self.programs = postgresql.programs(self._account)
            self._control("stop", "-m", "immediate", "-w")
            self.stop()
            for name in ("doors", "settings", "password"):
                self._beside(name).unlink(missing_ok=True)
            for path in (self.data, self._beside("new")):
                shutil.rmtree(path, ignore_errors=True)
            shutil.rmtree(self.folder)

    def set_up(self, database: str, template: str = "template0") -> roles.Addresses:
        """Make the roles, the database and who may connect. Can be repeated."""
        return roles.set_up(self.admin_url, database, self._passwords(), template)

    @property
    def data(self) -> Path:
        """Where the data lies: in the folder, or in the shelter."""
        pointer = self.folder / "data-is-in"
        return Path(pointer.read_text()) if pointer.exists() else self.folder / "data"

    def _take_lock(self) -> None:
        if self._lock is not None:
            return
        self._lock = take_lock(self.folder, "database")

    def _passwords(self) -> dict[str, str]:
        """Made once; kept in a file that only we can read."""
        path = self.folder / "passwords.json"
        if not path.exists():
            names = (SUPERUSER, roles.OWNER, roles.WEB, roles.WORKER, roles.BACKUP)
            write_secret(path, json.dumps({name: secrets.token_urlsafe(24) for name in names}))
        passwords: dict[str, str] = json.loads(path.read_text())
        return passwords

    def _make(self) -> None:
        """Make the data folder under another name first: a run that dies half-way leaves nothing behind."""
        self._choose_place()
        making, password = self._beside("new"), self._beside("password")
        shutil.rmtree(making, ignore_errors=True)
        making.mkdir(mode=0o700)
        self._account.give(making)
        write_secret(password, self._passwords()[SUPERUSER])
        self._account.give(password)
        flags = ("-A", "scram-sha-256", "-E", "UTF8", "--data-checksums", *self._locale())
        if not self.durable:
            flags += ("--no-sync",)
        made = self._account.run(
            self.programs / "initdb", "-D", making, "-U", SUPERUSER, f"--pwfile={password}", *flags, capture_output=True
        )
        password.unlink()
        if made.returncode != 0:
            raise Missing(f"The bundled database could not be made: {made.stderr.strip()}")
        making.rename(self.data)

    def _choose_place(self) -> None:
        """In our folder where PostgreSQL's account can write there, otherwise in the shelter."""
        trial = self.folder / "trial"
        trial.mkdir(mode=0o700, exist_ok=True)
        self._account.give(trial)
        reachable = self._account.may_write(trial)
        trial.rmdir()
        if not reachable:
            place = postgresql.make_shelter() / f"data-{secrets.token_hex(6)}"
            (self.folder / "data-is-in").write_text(str(place))

    def _locale(self) -> tuple[str, ...]:
        """The same order of text everywhere; libraries of the system would change it under an index."""
        if postgresql.major(self.programs) >= 17:
            return ("--locale=C", "--locale-provider=builtin", "--builtin-locale=C.UTF-8")
        return ("--locale=C",) if sys.platform == "darwin" else ("--locale=C.UTF-8",)

    def _check_version(self) -> None:
        made_by, ours = int((self.data / "PG_VERSION").read_text()), postgresql.major(self.programs)
        if made_by != ours:
            raise Missing(
                f"The data in {self.folder} was made by PostgreSQL {made_by}, but here is PostgreSQL {ours}: "
                "dump it with the old one, or remove the folder to start with empty data."
            )

    def _launch(self) -> None:
        deadline = time.monotonic() + START_WITHIN_SECONDS
        while True:
            self._write_settings()
            settings = shlex.quote(f"config_file={self._beside('settings')}")
            if self._control("start", "-w", "-l", str(self.data / "server.log"), "-o", f"-c {settings}") == 0:
                return
            if time.monotonic() > deadline:
                last = (self.data / "server.log").read_text().strip().splitlines()[-1:]
                raise Missing(f"The bundled database does not start: {' '.join(last)}")
            time.sleep(0.5)

    def _write_settings(self) -> None:
        port = free_port(self.folder)
        (self.folder / "port").write_text(str(port))
        doors = self._beside("doors")
        chosen = {**SETTINGS, "port": port, "hba_file": doors, **({} if self.durable else CARELESS)}
        doors.write_text("host all all 127.0.0.1/32 scram-sha-256\n")
        self._beside("settings").write_text("".join(f"{name} = '{value}'\n" for name, value in chosen.items()))
        for path in (doors, self._beside("settings")):
            path.chmod(0o644)

    def _beside(self, name: str) -> Path:
        """A file next to the data folder.

        SECURITY: root writes nothing inside the data folder, where PostgreSQL's account could lay a
        link that leads elsewhere.
        """
        return self.data.with_name(f"{self.data.name}.{name}")

    def _control(self, act: str, *more: str) -> int:
        quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL, "start_new_session": True}
        return self._account.run(self.programs / "pg_ctl", "-D", self.data, *more, act, **quiet).returncode

    def _dismiss_keeper(self) -> None:
        if self._keeper is not None:
            self._keeper.terminate()
            self._keeper.wait()
            self._keeper = None
