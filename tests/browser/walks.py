"""What people do, step by step, in a browser: told once, walked with and without script."""

from django.conf import settings
from django.test import Client
from playwright.sync_api import Page, expect

from accounts.models import User


def make_account(page: Page, *, at: str = "/sign-up/") -> tuple[str, str]:
    """Sign up with what is offered. Gives the name and the passphrase."""
    page.goto(at)
    name = page.locator("[name=username]").input_value()
    passphrase = page.locator("[name=password1]").input_value()
    page.get_by_role("button", name="Make my account").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("recovery kit")
    return name, passphrase


def write(page: Page, section: str, add: str, answers: dict[str, str]) -> None:
    """Add an entry to a section, beginning at the plan."""
    page.goto("/plan/")
    page.get_by_role("link", name=section).click()
    if not page.get_by_label(next(iter(answers))).is_visible():
        page.get_by_role("link", name=add).click()
    for label, words in answers.items():
        page.get_by_label(label).fill(words)
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_role("listitem").filter(has_text=next(iter(answers.values()))).first).to_be_visible()


def draft(page: Page) -> None:
    """Begin a directive: what calms me, by one press."""
    page.get_by_role("link", name="My directive", exact=True).first.click()
    page.locator(".task", has_text="What calms me").click()
    page.get_by_role("button", name="Talk with one calm person").click()
    expect(page.locator(".card-words")).to_have_text(["1. Talk with one calm person"])


def share(page: Page, *, who: str, me: str, parts: list[str], passphrase: str) -> str:
    """Share some parts by words. Gives the link."""
    page.goto("/sharing/add/")
    page.get_by_label("Who is it?").fill(who)
    page.get_by_label("Which name do they see").fill(me)
    for part in parts:
        page.get_by_label(part, exact=True).check()
    page.get_by_role("button", name="Go on and check").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Check before you share")
    page.get_by_role("button", name="Share this now").click()
    confirm(page, passphrase)
    expect(page.get_by_role("heading", level=1)).to_have_text("Five words to share")
    return page.locator("#link").inner_text()


def take_words(page: Page, words: str) -> None:
    """Come with five words that were said, and make an account for them. Ends on the page that asks for a yes."""
    page.goto("/")
    page.get_by_role("link", name="Somebody gave me five words").click()
    page.get_by_role("main").get_by_role("textbox").fill(words)
    page.get_by_role("button", name="Go on").click()
    page.get_by_role("link", name="Make an account").click()
    page.get_by_role("button", name="Make my account").click()
    page.goto(f"/invitation/{words.replace(' ', '-')}/")


def sign_in(page: Page, name: str, passphrase: str) -> None:
    """By the form. Ends on Today."""
    page.goto("/sign-in/")
    page.locator("[name=login]").fill(name)
    page.locator("[name=password]").fill(passphrase)
    page.get_by_role("main").get_by_role("button", name="Sign in", exact=True).click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Hello")


def tap(page: Page, name: str, mark: str) -> None:
    """One tap on the sheet of a session."""
    page.get_by_role("group", name=name).get_by_role("radio", name=mark, exact=True).check()


def confirm(page: Page, passphrase: str) -> None:
    """Type the passphrase if the page asks for it."""
    box = page.get_by_label("passphrase")
    if box.count():
        box.first.fill(passphrase)
        box.first.press("Enter")


def be(page: Page, base: str, user: User) -> None:
    """Sign in without the form, for tests about something else."""
    client = Client()
    client.force_login(user)
    cookie = client.cookies[settings.SESSION_COOKIE_NAME]
    page.context.add_cookies([{"name": cookie.key, "value": cookie.value, "url": base}])
