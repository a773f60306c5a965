"""The three walks: a person writes and shares, a clinician reads that and nothing else, a peer marks who came."""

from collections.abc import Callable
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Page, expect

from recovery_portal.demo import load_demo
from tests.browser import walks

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.mark.parametrize("script", [True, False], ids=["with script", "without script"])
def test_a_person_shares_and_a_clinician_reads(somebody: Callable[..., Page], script: bool) -> None:
    person = somebody(script=script)
    _name, passphrase = walks.make_account(person)
    walks.write(
        person, "Early signs", "Add a sign", {"What I notice": "I skip meals", "What I can do": "Set out bread"}
    )
    walks.write(person, "My tools", "Add a tool", {"What it is": "A walk by the river"})
    link = walks.share(person, who="Dr. Osei", me="Rosa", parts=["Early signs"], passphrase=passphrase)

    clinician = somebody(script=script)
    walks.make_account(clinician, at=f"/sign-up/?next={urlsplit(link).path}")
    clinician.goto(link)
    expect(clinician.get_by_text("Rosa")).to_be_visible()
    clinician.get_by_role("button", name="Yes, I will read it").click()
    expect(clinician.get_by_role("heading", level=1)).to_have_text("Rosa")
    expect(clinician.get_by_text("I skip meals")).to_be_visible()
    expect(clinician.get_by_text("A walk by the river")).to_have_count(0)
    expect(clinician.get_by_role("main").get_by_role("textbox")).to_have_count(0)

    person.goto("/sharing/looked/")
    expect(person.get_by_text("Dr. Osei opened what you share.")).to_be_visible()
    person.goto("/sharing/")
    person.get_by_role("button", name="Stop").click()
    expect(person.get_by_text("Stopped. They cannot read it any more.")).to_be_visible()
    clinician.reload()
    expect(clinician.get_by_text("I skip meals")).to_have_count(0)


@pytest.mark.parametrize("script", [True, False], ids=["with script", "without script"])
def test_an_entry_is_changed_moved_removed_and_brought_back(somebody: Callable[..., Page], script: bool) -> None:
    page = somebody(script=script)
    walks.make_account(page)
    for sign in ("I skip meals", "I talk fast"):
        walks.write(page, "Early signs", "Add a sign", {"What I notice": sign})
    cards = page.locator(".card-words")
    page.get_by_role("button", name="Up I talk fast").click()
    expect(cards.first).to_have_text("I talk fast")
    expect(page.get_by_role("status").filter(has_text="Now number 1 of 2.").first).to_be_attached()
    page.get_by_role("link", name="Edit I talk fast").click()
    page.get_by_label("What I notice").fill("I talk very fast")
    page.get_by_role("button", name="Save").click()
    expect(cards.first).to_have_text("I talk very fast")
    page.locator("summary", has_text="More I talk very fast").click()
    page.get_by_role("button", name="Remove I talk very fast").click()
    expect(cards).to_have_count(1)
    page.get_by_role("button", name="Undo").click()
    expect(cards).to_have_count(2)


@pytest.mark.parametrize("script", [True, False], ids=["with script", "without script"])
def test_words_that_are_said_open_plan_and_directive(somebody: Callable[..., Page], script: bool) -> None:
    """A person: account, plan, directive, share. A clinician: words, account, reading; the next day from Today."""
    person = somebody(script=script)
    _name, passphrase = walks.make_account(person)
    walks.write(person, "Early signs", "Add a sign", {"What I notice": "I skip meals"})
    walks.write(person, "My tools", "Add a tool", {"What it is": "A walk by the river"})
    walks.draft(person)
    parts = ["Early signs", "My directive (draft, not signed)"]
    walks.share(person, who="Dr. Osei", me="Rosa", parts=parts, passphrase=passphrase)
    words = person.locator("#words").inner_text()

    clinician = somebody(script=script)
    walks.take_words(clinician, words)
    clinician.get_by_role("button", name="Yes, I will read it").click()
    for shown in ("I skip meals", "Talk with one calm person"):
        expect(clinician.get_by_text(shown)).to_be_visible()
    expect(clinician.get_by_text("A walk by the river")).to_have_count(0)
    clinician.goto("/")
    expect(clinician.get_by_role("heading", level=2).first).to_have_text("People who share with me")
    clinician.get_by_role("link", name="Rosa").click()
    expect(clinician.get_by_text("I skip meals")).to_be_visible()

    person.goto("/sharing/looked/")
    expect(person.get_by_text("Dr. Osei opened what you share.").first).to_be_visible()


@pytest.mark.parametrize("script", [True, False], ids=["with script", "without script"])
def test_a_peer_opens_the_sheet_and_marks_who_came(somebody: Callable[..., Page], script: bool) -> None:
    """On the demo: sign in, Today, the sheet, a tap each, somebody who came along, and back to the group."""
    *_others, dana = load_demo()
    page = somebody(script=script)
    walks.sign_in(page, dana.username, dana.passphrase)
    expect(page.get_by_text("1 person asks to join.")).to_be_visible()
    page.get_by_role("button", name="Open the sheet").click()
    expect(page.get_by_text("Session 7")).to_be_visible()
    for name, mark in (("Ana", "Here"), ("Ben", "Late"), ("Wen", "Sent word")):
        walks.tap(page, name, mark)
    if script:
        expect(page.locator(".save")).to_contain_text("Saved at")
    page.get_by_label("First name").fill("Pat")
    page.get_by_role("button", name="Add a walk-in").click()
    expect(page.locator("#tally")).to_contain_text("2 here")

    page.get_by_role("link", name="The group").click()
    expect(page.get_by_role("heading", name="People in the group")).to_be_visible()
    page.get_by_role("link", name="Today").first.click()
    page.get_by_role("button", name="Open the sheet").click()
    for name, mark in (("Ana", "Here"), ("Ben", "Late"), ("Wen", "Sent word"), ("Pat", "Here")):
        expect(page.get_by_role("group", name=name).get_by_role("radio", name=mark, exact=True)).to_be_checked()
