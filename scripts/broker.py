"""Which broker `make run` uses: the one named in the environment, otherwise one of our own."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from recovery_portal.broker import Broker
from recovery_portal.bundled import AlreadyRunning
from recovery_portal.postgresql import Missing


@contextmanager
def opened(data: Path) -> Iterator[str]:
    """Its address for as long as the site runs; "" where there is none, which costs speed and no document."""
    if given := os.environ.get("BROKER_URL"):
        yield given
        return
    broker = Broker(data / "broker")
    try:
        broker.start()
    except AlreadyRunning as running:
        raise SystemExit(f"{running} Stop that one with Ctrl-C first.") from running
    except Missing as missing:
        broker.stop()
        print(
            f"{missing} Documents are made all the same, one at a time and within ten seconds. "
            "For more, set BROKER_URL to a Redis or Valkey server you have.",
            flush=True,
        )
        yield ""
        return
    try:
        yield broker.url
    finally:
        broker.stop()
