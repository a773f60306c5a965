"""Twenty windows of one person save at once: nothing that was acknowledged is lost, and the order stays whole."""

import os
import re
import threading
import time
from collections import Counter
from collections.abc import Iterator

import pytest
from django.test import Client

from accounts.models import User
from plans.models import Entry, Plan, Wording
from records.acting import acting_as
from scripts import trial
from tests.drills.writers import Writer

WRITERS, SAVES, SHARED_ENTRIES = 20, 50, 5
MOVE_EVERY = 10

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def marisol() -> User:
    return User.objects.create_user("marisol")


@pytest.fixture
def port() -> Iterator[int]:
    """The site as the Procfile serves it, on this test run's own database."""
    port = trial.free_port()
    with trial.served(os.environ, trial.granian(port), port):
        yield port


@pytest.fixture
def windows(port: int, marisol: User) -> Iterator[list[Writer]]:
    """Ten windows on five entries, two each; ten on an entry of their own. Every two share a session."""
    sessions = [session_of(marisol) for _ in range(WRITERS // 2)]
    made = [Writer(port, sessions[number // 2]) for number in range(WRITERS)]
    for number in range(SHARED_ENTRIES):
        made[SHARED_ENTRIES + number].entry = made[number].entry
    yield made
    for window in made:
        window.close()


def session_of(user: User) -> str:
    browser = Client()
    browser.force_login(user)
    return browser.cookies["sessionid"].value


def work(number: int, window: Writer, failed: list[BaseException]) -> None:
    """One window's afternoon."""
    try:
        for save in range(SAVES):
            window.save_until_kept(f"window {number} save {save}")
            if number % 2 and save % MOVE_EVERY == 0:
                assert window.move("up" if save % 20 else "down").status == 200
    except BaseException as error:
        failed.append(error)


def at_once(made: list[Writer]) -> float:
    """All windows work at the same time; gives the seconds it took."""
    failed: list[BaseException] = []
    threads = [threading.Thread(target=work, args=(*pair, failed)) for pair in enumerate(made)]
    began = time.monotonic()
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert not failed, failed
    return time.monotonic() - began


def test_nothing_acknowledged_is_lost(windows: list[Writer], marisol: User) -> None:
    for number, window in enumerate(windows):
        assert window.add(f"window {number} begins").status in {200, 409}
    seconds = at_once(windows)
    with acting_as(marisol.pk):
        plan = Plan.objects.visible_to(marisol).get()
        wordings = plan.lend(Wording.objects.order_by("entry", "number"))
        _all_kept_once(windows, wordings)
        _current_is_the_last(plan, wordings)
        _order_is_whole(plan, windows)
    _page_shows_each_once(windows)
    conflicts = sum(window.conflicts for window in windows)
    assert conflicts, "two windows on one entry never met: this drill shows nothing"
    print(f"\n{WRITERS} windows × {SAVES} saves: {seconds:.1f} s, {conflicts} conflicts shown, 0 lost")


def _all_kept_once(made: list[Writer], wordings: list[Wording]) -> None:
    kept = Counter((wording.entry_id, wording.words["text"]) for wording in wordings)
    for window in made:
        assert len([text for text in window.acknowledged if "save" in text]) == SAVES
        for text in window.acknowledged:
            assert kept[window.entry, text] == 1, text
    # What was refused with a 409 left nothing behind.
    assert sum(kept.values()) == sum(len(window.acknowledged) for window in made)


def _current_is_the_last(plan: Plan, wordings: list[Wording]) -> None:
    numbers: dict[object, list[int]] = {}
    for wording in wordings:
        numbers.setdefault(wording.entry_id, []).append(wording.number)
    assert all(found == list(range(1, len(found) + 1)) for found in numbers.values())
    assert {w.entry_id: w.number for w in plan.newest_wordings(["strengths"])} == {
        entry: found[-1] for entry, found in numbers.items()
    }


def _order_is_whole(plan: Plan, made: list[Writer]) -> None:
    entries = {window.entry for window in made}
    places = dict(Entry.objects.filter(record=plan).values_list("pk", "place"))
    assert set(places) == entries
    assert sorted(places.values()) == list(range(len(entries)))


def _page_shows_each_once(made: list[Writer]) -> None:
    page = made[0].post(f"/plan/entry/{made[0].entry}/up/").body.decode()
    shown = re.findall(r'<li class="card" id="entry-([0-9a-f-]+)"', page)
    assert sorted(shown) == sorted({str(window.entry) for window in made})
