"""Drills and measurements run what people run: each command of a trial is the Procfile's, with its defaults."""

import re
import sys

import pytest

from scripts import trial

PROCFILE = (trial.ROOT / "Procfile").read_text()


@pytest.mark.parametrize(
    ("name", "command"), [("web", trial.granian(8000)), ("worker", trial.worker()), ("beat", trial.beat())]
)
def test_it_works(name: str, command: list[str]) -> None:
    line = re.search(rf"^{name}: exec python (.*)$", PROCFILE, re.M)
    assert line
    with_defaults = re.sub(r"\$\{\w+:-([^}]*)\}", r"\1", line[1])
    assert [sys.executable, *sorted(with_defaults.split())] == [command[0], *sorted(command[1:])]
