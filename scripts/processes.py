"""The process manager: starts what the Procfile names, and stops all when one ends or we are told to."""

import contextlib
import multiprocessing
import os
import signal
import sys
import threading
import time
from collections.abc import Collection, Mapping
from multiprocessing.queues import Queue
from pathlib import Path
from typing import Any

from honcho.environ import parse_procfile
from honcho.manager import Manager
from honcho.process import Process

STOP_WITHIN_SECONDS = 5


class Guarded(Process):
    """A process that does not outlive the manager, even when that one is killed with -9."""

    def run(self, events: "Queue[Any] | None" = None, ignore_signals: bool = False) -> None:
        """Run the command; called by the manager in a process of its own."""
        threading.Thread(target=self._end_with_manager, daemon=True).start()
        super().run(events, ignore_signals)

    def _end_with_manager(self) -> None:
        if manager := multiprocessing.parent_process():
            manager.join()
            for sign in (signal.SIGTERM, signal.SIGKILL):
                with contextlib.suppress(ProcessLookupError):
                    os.killpg(self._child.pid, sign)
                    time.sleep(STOP_WITHIN_SECONDS)


def run(
    procfile: Path,
    environment: Mapping[str, str],
    special: Mapping[str, Mapping[str, str]],
    without: Collection[str] = (),
) -> int:
    """Run all processes but `without` until one ends; `special` adds to the environment of those it names.

    Returns 0 after Ctrl-C, otherwise what the first process to end returned.
    """
    manager = Manager()
    manager._process_ctor = Guarded
    named = parse_procfile(procfile.read_text()).processes
    for name in [name for name in named if name not in without]:
        own = {**environment, **special.get(name, {})}
        manager.add_process(name, named[name], env=own, cwd=str(procfile.parent))
    # The terminal was closed.
    signal.signal(signal.SIGHUP, lambda number, frame: manager.terminate())
    try:
        manager.loop()
    except BaseException:
        manager.kill()
        raise
    sys.stdout.flush()
    return 0 if manager.returncode == 128 + signal.SIGINT else int(manager.returncode or 0)
