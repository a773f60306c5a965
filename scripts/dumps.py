"""What a backup is made of: which tables go into which dump, how the files are named, and PostgreSQL's own programs.

Everything goes into the long-lived dump but what is named here. A new table of content is kept without anybody
having to remember it; a new table about who people are must be named, and a test looks for such tables.
"""

import os
import subprocess
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path

from recovery_portal import environment, postgresql

CONTENT, PEOPLE = "content", "people"
# SECURITY: in no dump. Whoever finds a live session key in one is signed in; counters name those who tried; papers of
# a group hold names of its people under a key that outlives them, and every paper can be made again.
NEVER = ("django_session", "usersessions_usersession", "accounts_counter", "records_file", "records_job")
# In the short-lived dump alone: without these, nobody can tell whose the rows of the other are, or read them.
KEYS_AND_NAMES = (
    "records_holderkey",
    "accounts_user",
    "accounts_user_groups",
    "accounts_user_user_permissions",
    "account_emailaddress",
    "account_emailconfirmation",
    # Names chosen in a group are sealed with the group's key, which erasing a person does not take away.
    "peers_facilitator",
    "peers_membership",
)
# In both, and the newer word counts: a share that was stopped, a kit that was used, a group that was taken off the
# list and a door code that was changed stay so after a restore.
NEWEST = ("records_holder", "records_pass", "sharing_share", "peers_group", "peers_inside")
STAMP = "%Y-%m-%dT%H%M%SZ"

Parameters = Mapping[str, str]


def file_name(kind: str, moment: datetime) -> str:
    """Such as content-2026-03-01T020000Z.dump: the names sort by time."""
    return f"{kind}-{moment.astimezone(UTC).strftime(STAMP)}.dump"


def moment_of(dump: Path) -> datetime:
    """When it was taken. Raises ValueError for a file that is no dump of ours."""
    return datetime.strptime(dump.stem.partition("-")[2], STAMP).replace(tzinfo=UTC)


def of_kind(kind: str, folder: Path) -> list[Path]:
    """All dumps of a kind, the oldest first."""
    return sorted(folder.glob(f"{kind}-*.dump"))


def newest(kind: str, folder: Path) -> Path:
    """Ends the program with one sentence when there is none."""
    if found := of_kind(kind, folder):
        return found[-1]
    raise SystemExit(f"There is no {kind} dump in {folder}.")


def parameters() -> Parameters:
    """The database of DATABASE_URL, in libpq's words."""
    named = environment.database("DATABASE_URL")
    words = {"host": "HOST", "port": "PORT", "user": "USER", "password": "PASSWORD", "dbname": "NAME"}
    options: Mapping[str, str] = named["OPTIONS"]  # type: ignore[assignment]
    return {word: str(named[name]) for word, name in words.items() if named[name]} | dict(options)


def run(program: str, *arguments: str | Path, to: Parameters) -> str:
    """What one of PostgreSQL's programs prints. Ends the program when it does not work: it has said why."""
    folder = postgresql.programs(postgresql.account())
    # SECURITY: in the environment of that one process, and not on its command line, which all can see.
    named = {"PGDATABASE" if word == "dbname" else f"PG{word.upper()}": value for word, value in to.items()}
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("PG", "DATABASE_"))}
    done = subprocess.run(
        [str(folder / program), *map(str, arguments)],
        env=kept | {"LC_ALL": "C"} | named,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        text=True,
        check=False,
    )
    if done.returncode:
        raise SystemExit(f"{program} did not work: see above.")
    return done.stdout
