"""`make bench`: how fast the pages and documents are that people wait for, beside others in the same run.

One browser, one request at a time: what is measured is the wait, not how many can wait at once.
"""

import http.client
import json
import re
import subprocess
import sys
import time
from collections.abc import Mapping
from dataclasses import dataclass
from statistics import median, quantiles

from scripts import trial

REQUESTS, WARM = 300, 15
# The whole is run in turns: what else the machine does meanwhile falls on all alike.
TURNS = 3
SECTION = "/plan/tools/"
BARE = "scripts.bench_bare:application"


@dataclass(frozen=True)
class Page:
    """A page to measure: what it is called, where it is, and whose session asks for it."""

    title: str
    port: int
    address: str
    session: str = ""


def main() -> int:
    """Print the tables. Returns 0 unless a measure is beyond its limit."""
    with trial.filled() as data:
        person, clinician, *_others = data.sessions
        ports = [trial.free_port() for _ in range(3)]
        bare = {**data.environment, "DJANGO_SETTINGS_MODULE": "scripts.bench_bare"}
        with (
            trial.served(data.environment, trial.granian(ports[0]), ports[0]),
            trial.served(bare, trial.granian(ports[1], BARE), ports[1]),
            trial.served(data.environment, trial.gunicorn(ports[2]), ports[2]),
        ):
            shared = find_shared(ports[0], data.sessions[clinician])
            pages = [
                Page("bare view, 20 rows", ports[1], "/"),
                Page("owner's section page", ports[0], SECTION, data.sessions[person]),
                Page("clinician's shared page", ports[0], shared, data.sessions[clinician]),
                Page("owner's section page, gunicorn", ports[2], SECTION, data.sessions[person]),
            ]
            took = in_turns(pages)
        inside = trial.inside(data.environment, "scripts.bench_inside", f"{person}={SECTION}", f"{clinician}={shared}")
    report(pages, took, json.loads(inside))
    # In a process of its own, as workers are: this one never loads what sets type.
    return subprocess.run([sys.executable, "-m", "scripts.bench_pdf"], check=False).returncode


def find_shared(port: int, session: str) -> str:
    """The address of the one plan that the clinician may read."""
    found = re.search(r"/people/[0-9a-f-]{36}/", fetch(connect(port), "/people/", session).decode())
    if not found:
        raise SystemExit("The clinician of the demo sees no share: there is nothing to measure.")
    return found[0]


def in_turns(pages: list[Page]) -> Mapping[Page, list[float]]:
    """Milliseconds of each request to each page."""
    took: dict[Page, list[float]] = {page: [] for page in pages}
    for _ in range(TURNS):
        for page in pages:
            took[page] += measure(page, REQUESTS // TURNS)
    return took


def measure(page: Page, times: int) -> list[float]:
    """Milliseconds of each of so many requests on one connection, after a few that do not count."""
    connection, took = connect(page.port), []
    for _ in range(WARM + times):
        began = time.perf_counter()
        fetch(connection, page.address, page.session)
        took.append((time.perf_counter() - began) * 1000)
    connection.close()
    return took[WARM:]


def connect(port: int) -> http.client.HTTPConnection:
    return http.client.HTTPConnection("127.0.0.1", port, timeout=20)


def fetch(connection: http.client.HTTPConnection, address: str, session: str) -> bytes:
    """The page's body. Ends the program for any answer but 200."""
    connection.request("GET", address, headers={"Cookie": f"sessionid={session}"} if session else {})
    answer = connection.getresponse()
    body = answer.read()
    if answer.status != 200:
        raise SystemExit(f"{address} answered {answer.status}: there is nothing to measure.")
    return body


def report(pages: list[Page], took: Mapping[Page, list[float]], inside: dict[str, dict[str, object]]) -> None:
    """Two tables for people."""
    queries: dict[str, list[str]] = inside["queries"]  # type: ignore[assignment]
    print(f"{'page':<32}{'p50 ms':>8}{'p95 ms':>8}{'SQL':>6}   ({REQUESTS} requests, one at a time)")
    for page in pages:
        counted = len(queries[page.address]) if page.address in queries else 1
        times = took[page]
        print(f"{page.title:<32}{median(times):>8.1f}{quantiles(times, n=20)[-1]:>8.1f}{counted:>6}")
    print(f"\n{'sealing':<32}{'ms':>8}")
    for title, cost in inside["sealing"].items():
        print(f"{title:<32}{cost:>8.4f}")
    if "--sql" in sys.argv:
        for address, statements in queries.items():
            print(f"\n{address}", *statements, sep="\n  ")


if __name__ == "__main__":
    sys.exit(main())
