"""Stops the bundled server when the program that started it is gone, however it went.

Runs as a small process of its own: a program killed with -9 cannot clean up after itself.
"""

import os
import subprocess
import sys
import time
from pathlib import Path

from recovery_portal.postgresql import Account

LOOK_EVERY_SECONDS = 0.3


def start(runner: Account, *command: str | Path) -> subprocess.Popen[bytes]:
    """Keep watch: when the calling process is gone, run this command as this account."""
    who = f"{runner.uid}:{runner.gid}" if runner.uid is not None else ""
    return subprocess.Popen(
        [sys.executable, "-m", "recovery_portal.keeper", str(os.getpid()), who, *map(str, command)],
        cwd=Path(__file__).parent.parent,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        # Ctrl-C goes to a whole group of processes: the keeper must outlive it.
        start_new_session=True,
    )


def watch(parent: int, who: str, *command: str) -> None:
    """Wait until the parent is another process than at the start, then run the command."""
    while os.getppid() == parent:
        time.sleep(LOOK_EVERY_SECONDS)
    uid, _, gid = who.partition(":")
    (Account(int(uid), int(gid)) if uid else Account()).run(*command)


if __name__ == "__main__":
    watch(int(sys.argv[1]), sys.argv[2], *sys.argv[3:])
