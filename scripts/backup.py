"""`python -m scripts.backup FOLDER`: an end to dumps that are too old, and two new ones of one moment.

What people wrote, sealed, is kept long. Their keys and names are kept for days: once the last such dump from before
an erasing is gone, what that person wrote cannot be read from any backup again (docs/hosting.md).
"""

import argparse
import os
import time
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from pathlib import Path

import psycopg

from scripts import dumps
from scripts.dumps import CONTENT, KEYS_AND_NAMES, NEVER, NEWEST, PEOPLE

CONTENT_DAYS, PEOPLE_DAYS = 365, 14


def main(arguments: list[str] | None = None) -> None:
    """Forget, take both, and forget what only they made old."""
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument("folder", type=Path)
    asked.add_argument("--content-days", type=int, default=CONTENT_DAYS)
    asked.add_argument("--people-days", type=int, default=PEOPLE_DAYS)
    given = asked.parse_args(arguments)
    os.umask(0o077)
    began, days = time.monotonic(), {CONTENT: given.content_days, PEOPLE: given.people_days}
    # SECURITY: first, so that keys and names are not kept for longer because a dump does not succeed.
    gone = forget(given.folder, days)
    for dump in take(given.folder):
        print(f"{dump.name}  {dump.stat().st_size / 1024:,.0f} KB", flush=True)
    gone += forget(given.folder, days)
    print(f"{len(gone)} older ones removed. {time.monotonic() - began:.1f} s", flush=True)


def take(folder: Path) -> list[Path]:
    """Both dumps, of one and the same moment of the database; neither has its name before both are whole."""
    reached, moment = dumps.parameters(), datetime.now(UTC)
    with psycopg.connect(**reached) as server:  # type: ignore[arg-type]
        server.isolation_level = psycopg.IsolationLevel.REPEATABLE_READ
        row = server.execute("SELECT pg_export_snapshot()").fetchone()
        together = ["--format=custom", "--no-password", f"--snapshot={row[0] if row else ''}"]
        made = [(folder / dumps.file_name(kind, moment), choice) for kind, choice in choices().items()]
        for target, choice in made:
            dumps.run("pg_dump", *together, *choice, f"--file={_unfinished(target)}", to=reached)
    # The people's first: a restore can do with newer people, and refuses older ones.
    return [_unfinished(target).rename(target) for target, _choice in reversed(made)]


def _unfinished(target: Path) -> Path:
    return target.with_suffix(".unfinished")


def choices() -> dict[str, list[str]]:
    """What pg_dump is told to take: everything by rule, then the people's few tables by name."""
    return {
        CONTENT: [f"--exclude-table-data=public.{table}" for table in (*NEVER, *KEYS_AND_NAMES)],
        PEOPLE: ["--data-only", "--strict-names", *(f"--table=public.{table}" for table in (*KEYS_AND_NAMES, *NEWEST))],
    }


def forget(folder: Path, days: Mapping[str, int]) -> list[Path]:
    """Remove dumps that are older than so many days, by kind, and all that a broken backup left unfinished.

    The newest of each stays, however old it is: without it nothing could be restored.
    """
    gone = []
    for kind, kept in days.items():
        for dump in dumps.of_kind(kind, folder)[:-1]:
            if datetime.now(UTC) - dumps.moment_of(dump) > timedelta(days=kept):
                dump.unlink()
                gone.append(dump)
    for unfinished in folder.glob("*.unfinished"):
        unfinished.unlink()
    return gone


if __name__ == "__main__":
    main()
