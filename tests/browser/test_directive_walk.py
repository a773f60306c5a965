"""From an empty account to a directive on paper, walked as a person would, with and without script."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from accounts.models import User
from records import outbox
from records.outbox import Job
from tests.browser import walks
from tests.documents import Paper

pytestmark = pytest.mark.django_db(transaction=True)


def download(page: Page) -> Paper:
    """Have it made, as a worker would, and fetch it."""
    expect(page.get_by_text("This takes a few seconds.")).to_be_visible()
    assert outbox.do(Job.objects.open().get().pk)
    ready = page.get_by_role("link", name="Download")
    expect(ready).to_be_visible(timeout=8000)
    with page.expect_download() as waited:
        ready.click()
    assert waited.value.suggested_filename == "helm.pdf"
    return Paper(Path(waited.value.path()).read_bytes())


def open_topic(page: Page, title: str) -> None:
    page.get_by_role("link", name="My directive", exact=True).first.click()
    page.locator(".task", has_text=title).click()


def choose_state(page: Page, name: str) -> None:
    open_topic(page, "My state")
    page.get_by_label("My state").select_option(label=name)
    page.get_by_role("button", name="Save my state").click()
    expect(page.get_by_role("link", name="My state")).to_contain_text(name)


def write_agent(page: Page) -> None:
    page.get_by_role("link", name="Begin with who speaks for me").click()
    page.get_by_label("Name").fill("Lee Park")
    page.get_by_label("Phone", exact=True).fill("919 555 0163")
    page.get_by_label("Why").fill("He listens first")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_text("Saved at").first).to_be_visible()
    expect(page.get_by_label("Name")).to_have_value("Lee Park")


def rank(page: Page) -> None:
    """Two common answers by one press each, and the second is put first."""
    open_topic(page, "What calms me")
    page.get_by_role("button", name="Talk with one calm person").click()
    page.get_by_role("button", name="Walk with me").click()
    page.get_by_role("button", name="Up Walk with me").click()
    expect(page.locator(".card-words").first).to_have_text("1. Walk with me")


def go_by_the_warning(page: Page) -> None:
    """Into one hard page, and round the other."""
    open_topic(page, "If force is used")
    expect(page.get_by_text("The next page asks about force")).to_be_visible()
    page.get_by_role("link", name="Open the page").click()
    page.get_by_label("What must never be done").fill("Do not hold me face down")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_text("Saved at").first).to_be_visible()
    open_topic(page, "What hurt me before")
    page.get_by_role("button", name="Not now").click()
    expect(page.locator(".task", has_text="What hurt me before")).to_contain_text("skipped")


def test_words_in_open_forms_outlast_a_move(page: Page, live_server: Any) -> None:
    walks.be(page, live_server.url, User.objects.create_user("fresh-start-123"))
    address = f"{live_server.url}/directive/emergency-measures/"
    page.goto(address)
    page.get_by_role("button", name="An injection").click()
    page.get_by_role("button", name="A medicine I swallow").click()
    page.goto(f"{address}?add=measures#add")
    never, what = (
        page.get_by_label("What must never be done"),
        page.locator("#add").get_by_label("What is least bad", exact=True),
    )
    never.fill("Do not hold me face down")
    what.fill("Being alone")
    page.get_by_role("button", name="Up A medicine I swallow").click()
    expect(page.locator(".card-words").first).to_have_text("1. A medicine I swallow")
    expect(never).to_have_value("Do not hold me face down")
    expect(what).to_have_value("Being alone")
    expect(page.locator(".save-words", has_text="Saved at")).to_have_count(2)


@pytest.mark.parametrize("script", [True, False], ids=["with script", "without script"])
def test_it_works(somebody: Callable[..., Page], script: bool) -> None:
    page = somebody(script=script)
    walks.make_account(page)
    choose_state(page, "Washington")
    write_agent(page)
    rank(page)
    go_by_the_warning(page)

    page.get_by_role("link", name="Read it through").click()
    for words in ("Lee Park", "He listens first", "Walk with me", "Do not hold me face down"):
        expect(page.get_by_role("main")).to_contain_text(words)
    page.get_by_role("button", name="Make my PDF").click()
    paper = download(page)
    assert "919 555 0163" in paper.pages()[0]
    assert all("Draft. Not signed." in each for each in paper.pages())
    assert "Do not hold me face down" in paper.text()

    page.goto("/directive/whole/")
    page.get_by_role("button", name="Make my wallet card").click()
    assert "Lee Park" in download(page).text()
