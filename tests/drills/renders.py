"""A worker's life in short: renders documents one after another and prints how much memory it took, as JSON."""

import json
import os
import re
import sys
import time
from datetime import UTC, datetime
from pathlib import Path

from records import pdf

MOMENT = datetime(2026, 3, 1, tzinfo=UTC)
PARAGRAPH = "When I start four projects at once I finish one, and I tell Rosa. Number {}: Ελληνικά, Кириллица, 😀. "


def document(number: int) -> str:
    """Two pages, no two alike."""
    rows = "".join(f"<tr><td>Rosa {number}</td><td>(919) 555-01{row:02}</td></tr>" for row in range(12))
    return (
        '<!doctype html><html lang="en"><head><title>Plan</title><link rel="stylesheet" href="asset:print.css"></head>'
        f"<body><h1>My plan</h1>{f'<p>{PARAGRAPH.format(number) * 4}</p>' * 7}<ul><li>One<li>Two</ul>"
        f"<h2>People</h2><table><tr><th>Who</th><th>Number</th></tr>{rows}</table><p><b>End</b> of <i>it</i></p></body>"
    )


def megabytes(name: str) -> int:
    """What the system says about this program: VmRSS is its memory now, VmHWM the most it ever was.

    `resource.getrusage` would count the program that started this one as well.
    """
    status = Path("/proc/self/status").read_text()
    return int(re.findall(rf"^{name}:\s+(\d+) kB", status, flags=re.MULTILINE)[0]) // 1024


def main() -> None:
    """`python -m tests.drills.renders 1 100 300`: the memory after so many documents."""
    stops, measured = [int(argument) for argument in sys.argv[1:]], {}
    began = time.perf_counter()
    for number in range(1, max(stops) + 1):
        made = pdf.render(document(number), moment=MOMENT, identifier=f"document {number:09}".encode())
        if number in stops:
            measured[number] = {
                "now": megabytes("VmRSS"),
                "at most": megabytes("VmHWM"),
                "seconds": round(time.perf_counter() - began, 1),
                "bytes": len(made),
                "open files": len(os.listdir("/proc/self/fd")),
            }
    print(json.dumps(measured))


if __name__ == "__main__":
    main()
