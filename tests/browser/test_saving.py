"""Words are saved as they are typed, the page says so, and nothing typed is lost."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.browser import walks

pytestmark = pytest.mark.django_db(transaction=True)

SAVED = re.compile(r"Saved at \d\d:\d\d")


@pytest.fixture
def person(somebody: Callable[..., Page]) -> Page:
    page = somebody()
    walks.make_account(page)
    page.goto("/plan/early-signs/?add=signs")
    return page


def test_it_saves_while_typing(person: Page) -> None:
    person.get_by_label("What I notice").press_sequentially("I skip meals", delay=20)
    expect(person.locator(".save")).to_have_text(SAVED)
    person.goto("/plan/early-signs/")
    expect(person.locator(".card-words")).to_have_text(["I skip meals"])


def test_typing_on_after_a_save_makes_one_entry(person: Page) -> None:
    box = person.get_by_label("What I notice")
    box.press_sequentially("I skip", delay=20)
    expect(person.locator(".save")).to_have_text(SAVED)
    box.press_sequentially(" meals", delay=20)
    person.get_by_role("button", name="Save").click()
    expect(person.locator(".card-words")).to_have_text(["I skip meals"])


def test_without_network_the_words_stay_and_are_saved_later(person: Page, complaints: list[str]) -> None:
    box = person.get_by_label("What I notice")
    box.press_sequentially("I skip", delay=20)
    expect(person.locator(".save")).to_have_text(SAVED)
    person.context.set_offline(True)
    box.press_sequentially(" meals", delay=20)
    expect(person.locator(".save")).to_contain_text("Not saved yet. Your words are still here.")
    person.context.set_offline(False)
    expect(person.locator(".save")).to_have_text(SAVED, timeout=10_000)
    person.goto("/plan/early-signs/")
    expect(person.locator(".card-words")).to_have_text(["I skip meals"])
    complaints.clear()  # htmx says that the network was away


@pytest.mark.parametrize("script", [True, False], ids=["with script", "without script"])
def test_two_windows_keep_both_wordings(somebody: Callable[..., Page], script: bool) -> None:
    one = somebody(script=script)
    walks.make_account(one)
    walks.write(one, "Early signs", "Add a sign", {"What I notice": "I skip meals"})
    edit = one.get_by_role("link", name="Edit I skip meals").get_attribute("href") or ""
    other = one.context.new_page()
    for page in (one, other):
        page.goto(edit)
    one.get_by_label("What I notice").fill("I skip breakfast")
    one.get_by_role("button", name="Save").click()
    expect(one.locator(".card-words")).to_have_text("I skip breakfast")
    other.get_by_label("What I notice").fill("I skip dinner")
    other.get_by_role("button", name="Save").click()
    expect(other.get_by_text("This was changed in another place.")).to_be_visible()
    expect(other.get_by_text("I skip breakfast")).to_be_visible()
    expect(other.get_by_label("What I notice")).to_have_value("I skip dinner")
    other.get_by_role("button", name="Save").click()
    expect(other.locator(".card-words")).to_have_text("I skip dinner")


@pytest.mark.parametrize("way", ["a tab", "Go back", "Leave this page", "Shift three times"])
def test_the_last_words_are_kept_however_one_leaves(person: Page, way: str) -> None:
    """Before the pause that saves by itself, and without being asked anything."""
    person.get_by_label("What I notice").press_sequentially("I skip meals")
    if way == "Shift three times":
        for _press in range(3):
            person.keyboard.press("Shift")
    else:
        name = "My directive" if way == "a tab" else way
        person.get_by_role("link", name=name, exact=True).first.click()
    person.wait_for_timeout(1500)
    person.goto("/plan/early-signs/")
    expect(person.locator(".card-words")).to_have_text(["I skip meals"])
