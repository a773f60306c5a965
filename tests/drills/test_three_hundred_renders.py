"""A worker renders three hundred documents: its memory stays in bounds, and it leaves no file open."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent.parent
# Workers are replaced after a hundred documents or at 220 MB, whichever comes first: see docs/decisions/0010-pdf.md.
RECYCLED_AFTER, RENDERS, MEGABYTES = 100, 300, 250


def test_it_works(capsys: pytest.CaptureFixture[str]) -> None:
    """WeasyPrint keeps about 0.3 MB a document. Three lives' worth of them must not fill the machine."""
    stops = [1, RECYCLED_AFTER, 2 * RECYCLED_AFTER, RENDERS]
    program = [sys.executable, "-W", "error", "-m", "tests.drills.renders", *map(str, stops)]
    done = subprocess.run(program, cwd=ROOT, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")
    measured = json.loads(done.stdout)

    with capsys.disabled():
        for count, figures in measured.items():
            print(f"\n{count:>4} documents: {figures['at most']} MB at most, {figures['seconds']} s", end="")
    assert measured[str(RECYCLED_AFTER)]["at most"] <= MEGABYTES * 0.7
    assert measured[str(RENDERS)]["at most"] <= MEGABYTES
    # One file may not be left open a document: that ends at the system's limit.
    assert measured[str(RENDERS)]["open files"] <= measured["1"]["open files"]
