"""Several people do something at the same moment: each in a thread with a connection of its own."""

import threading
from collections.abc import Callable, Sequence

from django.db import connection

PATIENCE_SECONDS = 60


def at_once(acts: Sequence[Callable[[], object]]) -> list[object]:
    """What each act gave, or the exception it ended with, in the order of the acts. All begin together."""
    given: list[object] = [None] * len(acts)
    gate = threading.Barrier(len(acts))

    def run(number: int) -> None:
        try:
            gate.wait(PATIENCE_SECONDS)
            given[number] = acts[number]()
        except Exception as error:
            given[number] = error
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=[number]) for number in range(len(acts))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(PATIENCE_SECONDS)
    assert not any(thread.is_alive() for thread in threads), "somebody waits for ever"
    return given


def in_waves(acts: Sequence[Callable[[], object]], threads: int) -> list[object]:
    """The same for more acts than the server takes connections: each thread does its share, one after the other."""
    shares = [list(acts[first::threads]) for first in range(threads)]

    def work(share: list[Callable[[], object]]) -> Callable[[], object]:
        return lambda: [act() for act in share]

    given = at_once([work(share) for share in shares])
    for each in given:
        if isinstance(each, Exception):
            raise each
    return [result for results in given for result in results]  # type: ignore[attr-defined]
