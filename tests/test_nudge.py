"""Nudges: they reach a broker that is there, and cost nothing where one is gone, hangs, or was never named."""

import base64
import json
import os
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
import redis

from records.nudge import MOST_THREADS
from recovery_portal.broker import Broker

ROOT = Path(__file__).resolve().parent.parent
# A thread is begun in well under a millisecond; the rest is room for a busy machine.
COSTS_NOTHING_SECONDS = 0.25


def nudging(url: str, count: int = 3, wait: float = 15) -> tuple[dict[str, Any], str]:
    """What a process of its own tells after so many nudges, and its log."""
    environment = {**os.environ, "BROKER_URL": url}
    command = [sys.executable, "-m", "tests.nudging", str(count), str(wait)]
    ended = subprocess.run(command, env=environment, cwd=ROOT, capture_output=True, text=True, check=True)
    return json.loads(ended.stdout), ended.stderr


@contextmanager
def listening(answers: bool) -> Iterator[str]:
    """The address of a port that accepts and never says a word, or of one where nobody listens."""
    with socket.socket() as deaf:
        deaf.bind(("127.0.0.1", 0))
        if answers:
            deaf.listen(64)
        yield f"redis://:secret-word@127.0.0.1:{deaf.getsockname()[1]}/0"


def test_it_works(broker: Broker) -> None:
    told, log = nudging(broker.url, count=1)
    assert (told["rests"], log) == (False, "")
    with redis.Redis.from_url(broker.url) as server:
        messages = [json.loads(message) for message in server.lrange("celery", 0, -1)]
    [message] = messages
    [positional, named, _more] = json.loads(base64.b64decode(message["body"]))
    assert (positional, named) == (told["ids"], {})
    assert message["headers"]["task"] == "records.tasks.do_job"


def test_a_web_process_never_loads_what_does_the_work(broker: Broker) -> None:
    told, _log = nudging(broker.url)
    assert told["loaded"] == []


def test_without_a_broker_nothing_is_begun() -> None:
    told, log = nudging("")
    assert (told["most_threads"], told["rests"], log) == (0, False, "")


@pytest.mark.parametrize("answers", [True, False])
def test_a_broker_that_hangs_or_is_gone_costs_nothing(answers: bool) -> None:
    with listening(answers) as url:
        told, log = nudging(url, count=20, wait=40)
    assert told["slowest"] < COSTS_NOTHING_SECONDS
    assert told["most_threads"] <= MOST_THREADS
    assert told["rests"], "the error was not noticed"
    assert told["left"] == 0, "it was tried again at once"
    lines = [json.loads(line) for line in log.splitlines()]
    assert [line["what"] for line in lines] == ["the broker takes no messages: jobs wait for the sweep"]
    assert "secret-word" not in log
