"""The main job, walked: a person writes a plan and shares parts; a clinician reads those and nothing else."""

from collections.abc import Callable
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Page, expect

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
