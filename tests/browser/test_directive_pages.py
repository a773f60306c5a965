"""The directive's pages as they look with content and with nothing yet, judged like every page."""

from typing import Any

import pytest
from playwright.sync_api import Page

from accounts.models import User
from recovery_portal.demo import load_demo
from tests.browser import walks
from tests.browser.looks import judge

pytestmark = pytest.mark.django_db(transaction=True)

# One page of each shape: forms, lists, ranked lists, both on one page, rules of law, a word before a hard page.
WRITTEN = (
    "", "state/", "signing/", "whole/", "removed/", "agent/", "alternate/?add=people", "medicines-no/?add=medicines",
    "deescalation/", "emergency-measures/", "trauma/before/", "trauma/", "places/", "ect/", "about-me/",
)  # fmt: skip
EMPTY = ("", "signing/", "whole/", "medicine-form/", "other-papers/", "research/", "substances/", "release/")


@pytest.fixture
def at(page: Page, live_server: Any) -> str:
    load_demo()
    return f"{live_server.url}/directive/"


def test_it_works(page: Page, live_server: Any, at: str) -> None:
    walks.be(page, live_server.url, User.objects.get(username="marisol"))
    for path in WRITTEN:
        page.goto(at + path)
        judge(page)


def test_pages_of_a_new_person(page: Page, live_server: Any, at: str) -> None:
    new = User.objects.create_user("fresh-start-123")
    walks.be(page, live_server.url, new)
    for path in EMPTY:
        page.goto(at + path)
        judge(page)


def test_pages_with_something_to_look_at_again(page: Page, live_server: Any, at: str) -> None:
    walks.be(page, live_server.url, User.objects.get(username="marisol"))
    page.goto(at + "medicines-no/?add=medicines")
    page.get_by_role("main").get_by_role("button", name="Save", exact=True).click()
    page.wait_for_load_state()
    judge(page)
