"""What the bundled servers have in common: a folder that one run owns, a port of its own, files that hold secrets."""

import fcntl
import os
import socket
from io import TextIOWrapper
from pathlib import Path

from recovery_portal.postgresql import Missing


class AlreadyRunning(RuntimeError):
    """Another program has this folder's server in its care."""


def take_lock(folder: Path, server: str) -> TextIOWrapper:
    """Own the folder until the file that this gives is closed, or this process ends. Raises AlreadyRunning.

    `server`: what people call it, such as "database".
    """
    lock = (folder / "lock").open("w")
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError as error:
        lock.close()
        raise AlreadyRunning(f"The bundled {server} in {folder} is already in use by another run.") from error
    return lock


def free_port(folder: Path) -> int:
    """The port of the last time if nobody else has it now: who looked for the server there finds it again."""
    kept = folder / "port"
    for wanted in (int(kept.read_text()) if kept.exists() else 0, 0):
        with socket.socket() as trial:
            trial.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                trial.bind(("127.0.0.1", wanted))
            except OSError:
                continue
            return int(trial.getsockname()[1])
    raise Missing("No free port was found on 127.0.0.1.")


def write_secret(path: Path, text: str) -> None:
    """Write a file that only its owner can read, from its first byte on."""
    with open(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w") as file:
        file.write(text)
