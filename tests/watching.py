"""What tests of processes ask: is it alive, and does something come true soon."""

import os
import time
from collections.abc import Callable


def runs(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True


def comes_true(condition: Callable[[], bool]) -> bool:
    """Whether it does within ten seconds."""
    deadline = time.monotonic() + 10
    while not condition() and time.monotonic() < deadline:
        time.sleep(0.05)
    return condition()
