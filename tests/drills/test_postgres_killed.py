"""`kill -9` of PostgreSQL while people write: what was acknowledged is there, and the site comes back by itself."""

import http.client
import json
import subprocess
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from recovery_portal.demo import PERSON
from scripts import trial
from tests.drills.writers import Writer

WRITERS = 20
BEFORE_SECONDS, DOWN_SECONDS, AFTER_SECONDS = 4.0, 2.0, 3.0
RECOVERED_WITHIN_SECONDS = 10.0
CALM = b"We cannot save right now"


@dataclass
class Try:
    """One save: when it was answered, how, and how long that took."""

    at: float
    status: int
    seconds: float
    body: bytes = b""


@dataclass
class Site:
    """A durable database with a web server before it, which stays up all the time."""

    data: trial.Data
    port: int
    log: Path


@pytest.fixture
def site(tmp_path: Path) -> Iterator[Site]:
    with trial.filled() as data:
        port, log = trial.free_port(), tmp_path / "web.log"
        with trial.served(data.environment, trial.granian(port), port, log):
            yield Site(data, port, log)


@pytest.fixture
def windows(site: Site) -> Iterator[list[Writer]]:
    """Twenty windows, each on an entry of its own."""
    opened = [Writer(site.port, site.data.sessions[PERSON]) for _ in range(WRITERS)]
    for number, window in enumerate(opened):
        assert window.add(f"window {number} begins").status == 200
    yield opened
    for window in opened:
        window.close()


def keep_saving(number: int, window: Writer, tries: list[Try], over: threading.Event) -> None:
    """Save again and again; what is not acknowledged is tried once more, with new words."""
    for save in range(1_000_000):
        if over.is_set():
            return
        began = time.monotonic()
        try:
            answer = window.save(f"window {number} save {save}")
            status, body = answer.status, answer.body
        except (OSError, http.client.HTTPException) as error:
            status, body = 0, repr(error).encode()
        now = time.monotonic()
        tries.append(Try(now, status, now - began, b"" if status == 200 else body))
        time.sleep(0 if status == 200 else 0.2)


def drill(site: Site, windows: list[Writer]) -> tuple[list[Try], float, float]:
    """Writes, a kill, a restart, more writes. Gives all tries, and when it was killed and up again."""
    tries: list[Try] = []
    over = threading.Event()
    threads = [threading.Thread(target=keep_saving, args=(*pair, tries, over)) for pair in enumerate(windows)]
    for thread in threads:
        thread.start()
    try:
        time.sleep(BEFORE_SECONDS)
        site.data.cluster.kill()
        killed = time.monotonic()
        time.sleep(DOWN_SECONDS)
        site.data.cluster.start()
        up = time.monotonic()
        time.sleep(AFTER_SECONDS)
    finally:
        over.set()
        for thread in threads:
            thread.join()
    return tries, killed, up


def test_nothing_acknowledged_is_lost_and_the_site_recovers(site: Site, windows: list[Writer]) -> None:
    tries, killed, up = drill(site, windows)
    _refused_calmly(tries)
    seconds = _seconds_to_recover(tries, windows, up)
    kept = {tuple(pair) for pair in json.loads(trial.inside(site.data.environment, "tests.drills.kept_words"))}
    acknowledged = {(str(window.entry), text) for window in windows for text in window.acknowledged}
    assert acknowledged <= kept, f"lost: {sorted(acknowledged - kept)}"
    before = sum(each.status == 200 and each.at < killed for each in tries)
    assert before > 2 * WRITERS, "too few writes before the kill: this drill shows nothing"
    calm, slowest = [each for each in tries if each.status == 503], max(each.seconds for each in tries)
    _no_words_in_the_log(site.log)
    print(
        f"\n{len(acknowledged)} acknowledged ({before} before the kill), 0 lost; {len(calm)} calm 503s; slowest answer"
        f" {slowest:.1f} s; database away {up - killed:.1f} s; first save {seconds:.2f} s after it was up"
    )


def _refused_calmly(tries: list[Try]) -> None:
    """Every answer was a save that was kept, or the page that says that nothing was."""
    refused = [each for each in tries if each.status != 200]
    assert refused, "the kill was not noticed: this drill shows nothing"
    assert {each.status for each in refused} == {503}, [each for each in refused if each.status != 503]
    assert all(CALM in each.body and b"Traceback" not in each.body for each in refused)


def _seconds_to_recover(tries: list[Try], windows: list[Writer], up: float) -> float:
    first = min(each.at for each in tries if each.status == 200 and each.at > up) - up
    assert first < RECOVERED_WITHIN_SECONDS
    assert all(each.status == 200 for each in tries if each.at - each.seconds > up + RECOVERED_WITHIN_SECONDS)
    # Not one window only: each of them could save again.
    assert all(window.save("the last words").status == 200 for window in windows)
    return first


def _no_words_in_the_log(log: Path) -> None:
    written = log.read_text()
    assert "window" not in written
    assert "Traceback" not in written


def test_nothing_is_left_running() -> None:
    """Also when a drill ends in the middle."""

    class Interrupted(Exception):
        pass

    try:
        with trial.filled(durable=False) as data:
            port = trial.free_port()
            with trial.served(data.environment, trial.granian(port), port):
                folder = data.cluster.folder
                raise Interrupted
    except Interrupted:
        pass
    running = subprocess.run(["ps", "-ewwo", "args"], capture_output=True, text=True, check=True).stdout
    assert str(folder) not in running
    assert f"--port {port} " not in running
    assert not folder.exists()
