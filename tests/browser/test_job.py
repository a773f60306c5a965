"""A page waits for what is being made: with script it changes by itself and says so, without it loads anew."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from django.contrib.sessions.models import Session
from playwright.sync_api import Page, Request, expect

from accounts.models import User
from plans.models import Plan
from records import outbox
from records.acting import acting_as
from records.outbox import Job
from tests.browser import walks
from tests.browser.looks import judge
from tests.jobs import ask_for, make_due

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def marisol() -> User:
    return User.objects.create_user("marisol")


def asked(person: User, work: str = "make") -> Job:
    with acting_as(person.pk):
        return ask_for(person, Plan.objects.visible_to(person).get(), work)


def waiting(page: Page, base: str, person: User, job: Job) -> None:
    walks.be(page, base, person)
    page.goto(f"{base}/jobs/{job.pk}/")
    expect(page.get_by_text("This takes a few seconds.")).to_be_visible()


def count_asks(page: Page) -> list[str]:
    asks: list[str] = []

    def hear(request: Request) -> None:
        if "shown=" in request.url:
            asks.append(request.url)

    page.on("request", hear)
    return asks


def test_it_works(page: Page, live_server: Any, marisol: User) -> None:
    """It is put into the region that is spoken, once, and then nothing asks any more."""
    job, asks = asked(marisol), count_asks(page)
    waiting(page, live_server.url, marisol, job)
    page.evaluate(
        "window.spoken = 0; new MutationObserver(() => window.spoken++)"
        ".observe(document.getElementById('job'), { childList: true })"
    )
    page.wait_for_timeout(2500)
    assert len(asks) >= 2
    assert page.evaluate("window.spoken") == 0, "the same words would be read aloud each second"
    outbox.do(job.pk)
    expect(page.locator("#job").get_by_role("link", name="Download")).to_be_visible()
    assert page.evaluate("window.spoken") == 1
    so_far = len(asks)
    page.wait_for_timeout(2500)
    assert len(asks) == so_far


def test_without_script_the_page_loads_anew(somebody: Callable[..., Page], live_server: Any, marisol: User) -> None:
    job, page = asked(marisol), somebody(script=False)
    waiting(page, live_server.url, marisol, job)
    outbox.do(job.pk)
    expect(page.get_by_role("link", name="Download")).to_be_visible(timeout=8000)


def test_without_script_one_can_look_again(somebody: Callable[..., Page], live_server: Any, marisol: User) -> None:
    job, page = asked(marisol), somebody(script=False)
    waiting(page, live_server.url, marisol, job)
    outbox.do(job.pk)
    page.get_by_role("link", name="Look again").click()
    expect(page.get_by_role("link", name="Download")).to_be_visible(timeout=2000)


def test_after_an_error_it_asks_again(page: Page, live_server: Any, marisol: User, complaints: list[str]) -> None:
    job = asked(marisol)
    waiting(page, live_server.url, marisol, job)
    page.route(re.compile("shown="), lambda route: route.abort())
    page.wait_for_timeout(2500)
    page.unroute(re.compile("shown="))
    page.route(re.compile("shown="), lambda route: route.fulfill(status=503, body="away"), times=1)
    outbox.do(job.pk)
    expect(page.get_by_role("link", name="Download")).to_be_visible(timeout=20000)
    assert all(complaint.startswith("htmx:") for complaint in complaints)
    complaints.clear()


def test_who_is_signed_out_is_told_once(page: Page, live_server: Any, marisol: User) -> None:
    waiting(page, live_server.url, marisol, asked(marisol))
    Session.objects.all().delete()
    expect(page.get_by_text("Sign in again.")).to_have_count(1)
    page.wait_for_timeout(3000)
    expect(page.get_by_text("Sign in again.")).to_have_count(1)


@pytest.mark.parametrize("state", ["making", "ready", "gone", "given_up", "hidden", "slow"])
def test_each_state_looks_right(page: Page, live_server: Any, marisol: User, state: str) -> None:
    job = asked(marisol, "break_down" if state in ("given_up", "slow") else "make")
    tries = {"making": 0, "given_up": outbox.MOST_TRIES, "slow": 2}.get(state, 1)
    if state == "hidden":
        Job.objects.filter(pk=job.pk).update(given_up_at=job.asked_at, was_hidden=True)
    for _ in range(tries):
        outbox.do(job.pk)
        make_due(job.pk)
    if state == "gone":
        Job.objects.filter(pk=job.pk).update(file=None)
    walks.be(page, live_server.url, marisol)
    page.goto(f"{live_server.url}/jobs/{job.pk}/")
    judge(page)


def test_it_is_tried_again(page: Page, live_server: Any, marisol: User) -> None:
    job = asked(marisol, "break_down")
    for _ in range(outbox.MOST_TRIES):
        outbox.do(job.pk)
        make_due(job.pk)
    walks.be(page, live_server.url, marisol)
    page.goto(f"{live_server.url}/jobs/{job.pk}/")
    page.get_by_role("button", name="Try again").click()
    expect(page.get_by_text("This takes a few seconds.")).to_be_visible()
