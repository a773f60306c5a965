"""A real browser for what a person does. It cannot reach the outside, and a page that complains is a broken test."""

import os
import re
import shutil
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.conf import settings
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Dialog, Page, Request, Route, ViewportSize

# Playwright's own loop runs in this thread; the tests still ask the database as usual.
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")

PHONE: ViewportSize = {"width": 390, "height": 844}
_CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
# Answers that say "look again" are part of how pages work, and Chromium logs each as an error.
_EXPECTED = re.compile(
    r"status of (401|403|404|409|422|500|503)|ERR_INTERNET_DISCONNECTED|ERR_FAILED|Response Status Error"
)
_HERE = re.compile(r"^(https?://(127\.0\.0\.1|localhost|\[::1\])(:\d+)?/|about:|data:)")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Without a browser these tests are skipped with a word on how to get one; in CI they break instead."""
    is_missing = not _CHROMIUM and not os.environ.get("CI")
    for item in items:
        if "tests/browser" not in item.path.as_posix():
            continue
        # pytest-base-url, which pytest-playwright brings, is behind pytest 9.
        item.add_marker(pytest.mark.filterwarnings("ignore:Session-scoped fixtures defined as instance methods"))
        if is_missing:
            item.add_marker(pytest.mark.skip(reason="no Chromium found: apt-get install chromium"))


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict[str, Any]) -> dict[str, Any]:
    quiet = ["--disable-background-networking", "--disable-component-update", "--no-first-run"]
    found = {"executable_path": _CHROMIUM} if _CHROMIUM else {}
    return {**browser_type_launch_args, **found, "args": quiet}


@pytest.fixture(scope="session")
def browser_context_args(browser_context_args: dict[str, Any]) -> dict[str, Any]:
    return {**browser_context_args, "viewport": PHONE, "reduced_motion": "reduce", "locale": "en-US"}


@pytest.fixture
def outside(context: BrowserContext) -> list[str]:
    """Addresses outside that pages asked for. The leave address gets a harmless page; all else is refused."""
    asked: list[str] = []
    _keep_inside(context, asked)
    return asked


def _keep_inside(context: BrowserContext, asked: list[str]) -> None:
    def answer(route: Route, request: Request) -> None:
        asked.append(request.url)
        if request.url.startswith(settings.LEAVE_ADDRESS):
            route.fulfill(body="<!doctype html><title>Weather</title>", content_type="text/html")
        else:
            route.abort()

    context.route(lambda address: not _HERE.match(address), answer)


@pytest.fixture
def complaints() -> list[str]:
    """What pages complained of. A test that provokes one takes it out."""
    return []


@pytest.fixture(autouse=True)
def quiet_page(request: pytest.FixtureRequest, outside: list[str], complaints: list[str]) -> Iterator[None]:
    """Fails a test whose page logged an error, broke the content policy, threw, or asked another site."""
    # Who uses only `somebody` needs no page besides.
    if "page" in request.fixturenames:
        _listen(request.getfixturevalue("page"), complaints)
    yield
    strangers = [address for address in outside if not address.startswith(settings.LEAVE_ADDRESS)]
    assert complaints == []
    assert strangers == []


def _listen(page: Page, complaints: list[str]) -> None:
    def hear(message: ConsoleMessage) -> None:
        if message.type == "error" and not _EXPECTED.search(message.text):
            complaints.append(message.text)

    page.on("console", hear)

    def refuse(dialog: Dialog) -> None:
        complaints.append(f"asked: {dialog.type}")
        dialog.accept()

    page.on("dialog", refuse)
    page.on("pageerror", lambda error: complaints.append(str(error)))


@pytest.fixture
def somebody(
    browser: Browser, live_server: Any, outside: list[str], complaints: list[str]
) -> Iterator[Callable[..., Page]]:
    """`somebody(script=False)`: the phone of another person, listened to like the first."""
    contexts = []

    def arrive(*, script: bool = True) -> Page:
        context = browser.new_context(
            viewport=PHONE,
            java_script_enabled=script,
            base_url=live_server.url,
            reduced_motion="reduce",
            locale="en-US",
        )
        contexts.append(context)
        _keep_inside(context, outside)
        page = context.new_page()
        _listen(page, complaints)
        return page

    yield arrive
    for context in contexts:
        context.close()
