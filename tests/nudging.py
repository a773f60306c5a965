"""Run beside a test: nudges as a web process does, and prints as JSON how that went.

Arguments: how many nudges, and how long to wait for their threads afterwards, in seconds.
"""

import json
import os
import sys
import threading
import time
import uuid

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "recovery_portal.settings")
django.setup()

from records import nudge  # noqa: E402
from recovery_portal.wsgi import application  # noqa: E402, F401  (all that a web process loads)

LOADED_BY_WORKERS_ONLY = {
    "weasyprint",
    "records.tasks",
    "records.pdf",
    "records.printing",
    "directives.tasks",
    "peers.tasks",
}


def threads() -> int:
    return sum(thread.name == "nudge" for thread in threading.enumerate())


def main(count: int, wait: float) -> dict[str, object]:
    ids, slowest, most = [uuid.uuid4() for _ in range(count)], 0.0, 0
    for job_id in ids:
        began = time.monotonic()
        nudge.nudge(job_id)
        slowest, most = max(slowest, time.monotonic() - began), max(most, threads())
    deadline = time.monotonic() + wait
    while threads() and time.monotonic() < deadline:
        time.sleep(0.02)
    rests = nudge._rests_until > time.monotonic()
    if rests:
        nudge.nudge(uuid.uuid4())
    return {
        "ids": [str(job_id) for job_id in ids],
        "slowest": slowest,
        "most_threads": most,
        "left": threads(),
        "rests": rests,
        "loaded": sorted(LOADED_BY_WORKERS_ONLY & set(sys.modules)),
    }


if __name__ == "__main__":
    print(json.dumps(main(int(sys.argv[1]), float(sys.argv[2]))))
