"""Every page as it looks with content, with nothing yet, and with something to look at again: judged alike."""

from typing import Any

import pytest
from playwright.sync_api import Page

from accounts.models import User
from plans.models import Entry, Plan
from records.acting import acting_as
from recovery_portal.demo import load_demo
from sharing.models import Share
from tests.browser import walks
from tests.browser.looks import judge

pytestmark = pytest.mark.django_db(transaction=True)

FOR_ANYBODY = ("/", "/help/", "/sign-in/", "/sign-up/", "/account/kit/use/", "/invitation/", "/no-such-page/")
OF_THE_PERSON = (
    "/", "/plan/", "/plan/whole/", "/plan/removed/", "/plan/name/", "/more/", "/sharing/", "/sharing/add/",
    "/sharing/looked/", "/people/", "/account/", "/account/time-zone/", "/account/sessions/", "/account/kit/",
    "/account/passphrase/", "/plan/strengths/", "/plan/tools/?add=tools", "/plan/daily/", "/plan/early-signs/",
    "/plan/breaking-down/", "/plan/crisis/", "/plan/goals/", "/plan/gains/?add=gains", "/plan/lessons/", "/plan/voice/",
    "/plan/goals/read/",
)  # fmt: skip
OF_A_NEW_PERSON = ("/", "/plan/", "/plan/early-signs/", "/plan/crisis/", "/sharing/", "/people/", "/sharing/looked/")


@pytest.fixture
def at(page: Page, live_server: Any) -> str:
    load_demo()
    return live_server.url


def test_pages_for_anybody(page: Page, at: str) -> None:
    for path in FOR_ANYBODY:
        page.goto(at + path)
        judge(page)


def test_pages_of_a_person_with_a_plan(page: Page, at: str) -> None:
    walks.be(page, at, User.objects.get(username="marisol"))
    for path in OF_THE_PERSON:
        page.goto(at + path)
        judge(page)


def test_pages_about_one_thing(page: Page, at: str) -> None:
    marisol = User.objects.get(username="marisol")
    walks.be(page, at, marisol)
    with acting_as(marisol.pk):
        share = Share.objects.get(holder=marisol.pk)
        entry = Entry.objects.filter(record=Plan.objects.get(holder=marisol.pk), section="tools")[0]
    for path in (f"/plan/entry/{entry.pk}/", f"/sharing/{share.pk}/as-they-see/", f"/sharing/{share.pk}/change/"):
        page.goto(at + path)
        judge(page)


def test_pages_of_a_new_person(page: Page, at: str) -> None:
    new = User(username="fresh-start-123")
    new.save()
    walks.be(page, at, new)
    for path in OF_A_NEW_PERSON:
        page.goto(at + path)
        judge(page)


def test_pages_of_a_reader(page: Page, at: str) -> None:
    osei = User.objects.get(username="dr-osei")
    walks.be(page, at, osei)
    with acting_as(osei.pk):
        share = Share.objects.get(recipient=osei.pk)
    for path in ("/people/", f"/people/{share.pk}/"):
        page.goto(at + path)
        judge(page)


@pytest.mark.parametrize(
    ("path", "button"),
    [
        ("/sign-in/", "Sign in"),
        ("/invitation/", "Go on"),
        ("/sharing/add/", "Go on and check"),
        ("/plan/early-signs/?add=signs", "Save"),
    ],
)
def test_pages_with_something_to_look_at_again(page: Page, at: str, path: str, button: str) -> None:
    if path != "/sign-in/":
        walks.be(page, at, User.objects.get(username="marisol"))
    page.goto(at + path)
    page.get_by_role("main").get_by_role("button", name=button, exact=True).click()
    page.wait_for_load_state()
    judge(page)


def test_the_check_page_and_the_words(page: Page, at: str) -> None:
    walks.be(page, at, User.objects.get(username="marisol"))
    page.goto(at + "/sharing/add/")
    page.get_by_label("Who is it?").fill("Lee")
    page.get_by_label("Which name do they see").fill("Mari")
    page.get_by_label("Goals", exact=True).check()
    page.get_by_role("button", name="Go on and check").click()
    page.get_by_role("button", name="Share this now").wait_for()
    judge(page)
    page.get_by_role("button", name="Share this now").click()
    page.wait_for_load_state()
    judge(page)
