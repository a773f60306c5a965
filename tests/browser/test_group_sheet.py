"""The sheet of a session, by a thumb in a hurry: one tap a person, no page loads, and nothing tapped is lost."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from peers import joining
from peers.models import Mark
from tests import group_people
from tests.browser import walks
from tests.browser.looks import judge
from tests.browser.sheet_room import NAMES, SAVED, Room, on_sheet, pk_of, tap
from tests.people import Person

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def room(live_server: Any) -> Room:
    return Room(live_server.url, NAMES)


def test_it_takes_twelve_taps(page: Page, room: Room) -> None:
    """Attendance of 12 people on a phone: 12 taps, and no page was loaded for it."""
    room.opens(page)
    loads: list[str] = []
    page.on("framenavigated", lambda frame: loads.append(frame.url))
    page.evaluate("() => { window.taps = 0; addEventListener('pointerdown', () => { window.taps += 1; }); }")
    for number, name in enumerate(NAMES):
        tap(page, name, ["Here", "Here", "Late", "Here", "Sent word", "Away"][number % 6])
    expect(page.locator("#tally")).to_have_text(re.compile(r"6\s+here\s+2\s+late\s+2\s+sent word\s+2\s+away\s*$"))
    expect(page.locator(".save")).to_have_text(SAVED)
    assert page.evaluate("window.taps") == 12
    assert loads == []
    marks = room.marks()
    assert list(marks) == NAMES
    assert list(marks.values()) == [[["here", "here", "late", "here", "sent word", "away"][n % 6]] for n in range(12)]


def test_a_correction_keeps_the_earlier_mark(page: Page, room: Room) -> None:
    room.opens(page)
    ben = on_sheet(page, "Ben")
    tap(page, "Ben", "Here")
    expect(page.locator(".save")).to_have_text(SAVED)
    tap(page, "Ben", "Late")
    expect(ben.locator("li")).to_have_count(2)
    ben.locator("summary").click()
    expect(ben.locator("li")).to_contain_text(
        [re.compile(r"^\s*Late, .*by Dana"), re.compile("Before:\\s+Here, .*by Dana")]
    )
    ben.get_by_label("Not marked").click()
    expect(page.locator("#tally")).to_have_text(re.compile(r"^\s*12\s+not marked\s*$"))
    expect(ben.get_by_label("Late")).not_to_be_checked()
    assert room.marks()["Ben"] == ["here", "late", "taken back"]


def test_a_walk_in_is_here_at_once(page: Page, room: Room) -> None:
    room.opens(page)
    tap(page, "Ana", "Late")
    page.get_by_label("First name").fill("Sam")
    page.get_by_role("button", name="Add a walk-in").click()
    sam = on_sheet(page, "Sam")
    expect(sam.get_by_label("Here")).to_be_checked()
    expect(page.locator("#said")).to_have_text(re.compile(r"^Sam is on the sheet\. Saved at \d\d:\d\d$"))
    expect(page.get_by_label("First name")).to_have_value("")
    expect(on_sheet(page, "Ana").get_by_label("Late")).to_be_checked()
    tap(page, "Sam", "Late")
    expect(sam.locator("li")).to_have_count(2)
    expect(page.locator("#said")).to_have_text(SAVED)
    page.get_by_label("First name").fill("Tess")
    page.get_by_label("First name").press("Enter")
    expect(on_sheet(page, "Tess")).to_be_visible()
    marks = room.marks()
    assert (marks["Ana"], marks["Sam"], marks["Tess"]) == (["late"], ["here", "late"], ["here"])


@pytest.mark.parametrize("script", [True, False], ids=["with script", "without script"])
def test_a_walk_in_without_a_name_is_asked_for_one(somebody: Callable[..., Page], room: Room, script: bool) -> None:
    """The error stands at the box, and the box has the focus, with and without script."""
    page = room.opens(somebody(script=script))
    tap(page, "Ana", "Here")
    page.get_by_role("button", name="Add a walk-in").click()
    box = page.get_by_label("First name")
    expect(box).to_be_focused()
    expect(box).to_have_accessible_description(re.compile(r"Write the first name\.$"))
    expect(page.get_by_text("Write the first name.")).to_have_count(1)
    expect(on_sheet(page, "Ana").get_by_label("Here")).to_be_checked()
    if script:
        judge(page)
    box.fill("Sam")
    page.get_by_role("button", name="Add a walk-in").click()
    expect(on_sheet(page, "Sam")).to_be_visible()
    expect(page.get_by_text("Write the first name.")).to_have_count(0)
    assert list(room.marks()) == [*NAMES, "Sam"]
    assert room.marks()["Ana"] == ["here"]


def test_without_network_taps_stay_and_are_sent_later(page: Page, room: Room, complaints: list[str]) -> None:
    room.opens(page)
    tap(page, "Ana", "Here")
    expect(page.locator(".save")).to_have_text(SAVED)
    page.context.set_offline(True)
    tap(page, "Ben", "Away")
    expect(page.locator(".save")).to_contain_text("Not saved yet. Your taps are still here.")
    tap(page, "Cora", "Late")
    page.context.set_offline(False)
    expect(page.locator(".save")).to_have_text(SAVED, timeout=10_000)
    expect(page.locator("#tally")).to_have_text(re.compile(r"1\s+here\s+1\s+late\s+1\s+away\s+9\s+not marked"))
    complaints.clear()  # htmx says that the network was away
    marks = room.marks()
    assert (marks["Ana"], marks["Ben"], marks["Cora"]) == (["here"], ["away"], ["late"])


def test_a_walk_in_pressed_without_network_is_pressed_again(page: Page, room: Room, complaints: list[str]) -> None:
    room.opens(page)
    page.context.set_offline(True)
    page.get_by_label("First name").fill("Sam")
    page.get_by_role("button", name="Add a walk-in").click()
    expect(page.locator(".save")).to_contain_text("Not saved yet.")
    page.context.set_offline(False)
    expect(on_sheet(page, "Sam").get_by_label("Here")).to_be_checked(timeout=10_000)
    complaints.clear()  # htmx says that the network was away
    assert room.marks()["Sam"] == ["here"]


def test_a_name_that_no_button_kept_is_asked_about(page: Page, room: Room, complaints: list[str]) -> None:
    room.opens(page)
    page.get_by_label("First name").fill("Sam")
    page.get_by_role("link", name="The group").click()
    expect(page).to_have_url(re.compile(r"/run/$"))
    assert complaints == ["asked: beforeunload"]
    complaints.clear()


def test_signed_out_meanwhile_no_tap_is_lost(page: Page, room: Room) -> None:
    room.opens(page)
    tap(page, "Ana", "Here")
    expect(page.locator(".save")).to_have_text(SAVED)
    page.context.clear_cookies()
    tap(page, "Ben", "Here")
    expect(page.get_by_role("alert")).to_contain_text("Sign in again.")
    walks.be(page, room.at, room.dana.user)
    group_people.marks(room.dana, room.session, **{pk_of(room, "Ana"): "away"})
    tap(page, "Cora", "Late")
    expect(page.locator(".save")).to_have_text(SAVED)
    marks = room.marks()
    assert (marks["Ana"], marks["Ben"], marks["Cora"]) == (["here", "away"], ["here"], ["late"])
    expect(on_sheet(page, "Ana").get_by_label("Away")).to_be_checked()


def test_two_facilitators_at_once(somebody: Callable[..., Page], room: Room) -> None:
    """Each sees the other's marks with their own next tap; of one person the last tap counts."""
    lou = Person("lou")
    group_people.helps(lou, room.group, room.dana)
    one, other = room.opens(somebody()), room.opens(somebody(), lou)
    tap(one, "Ana", "Here")
    expect(one.locator(".save")).to_have_text(SAVED)
    tap(other, "Ben", "Away")
    expect(other.locator(".save")).to_have_text(SAVED)
    expect(on_sheet(other, "Ana").get_by_label("Here")).to_be_checked()
    tap(other, "Ana", "Late")
    expect(on_sheet(other, "Ana").locator("li")).to_have_count(2)
    other.get_by_label("First name").fill("Sam")
    other.get_by_role("button", name="Add a walk-in").click()
    expect(on_sheet(other, "Sam")).to_be_visible()
    tap(one, "Cora", "Here")
    expect(on_sheet(one, "Sam")).to_be_visible()
    expect(on_sheet(one, "Ana").get_by_label("Late")).to_be_checked()
    marks = room.marks()
    assert (marks["Ana"], marks["Ben"], marks["Cora"]) == (["here", "late"], ["away"], ["here"])


@pytest.mark.parametrize("same_list", [True, False], ids=["one row anew", "the list anew"])
def test_a_tap_while_saving_is_not_undone(page: Page, room: Room, same_list: bool) -> None:
    """The answer brings a colleague's mark of the very person who was tapped while it was on its way."""
    lou = Person("lou")
    group_people.helps(lou, room.group, room.dana)
    room.opens(page)
    group_people.marks(lou, room.session, **{pk_of(room, "Ben"): "away", pk_of(room, "Cora"): "away"})
    if not same_list:
        with room.dana.acting():
            joining.add(group_people.of(room.dana, room.group), "Aaron")
    # Between sending and the answer, for certain: in the moment before the answer is looked at.
    page.evaluate(
        """(id) => document.addEventListener("htmx:beforeOnLoad", () => document.getElementById(id).click(),
            { once: true })""",
        f"late-{pk_of(room, 'Ben')}",
    )
    tap(page, "Ana", "Here")
    expect(page.locator("#tally")).to_have_text(re.compile(r"1\s+here\s+1\s+late\s+1\s+away"))
    expect(on_sheet(page, "Ben").get_by_label("Late")).to_be_checked()
    marks = room.marks()
    assert (marks["Ana"], marks["Ben"], marks["Cora"]) == (["here"], ["away", "late"], ["away"])


def test_without_script_one_button_saves_all(somebody: Callable[..., Page], room: Room) -> None:
    page = room.opens(somebody(script=False))
    for name in NAMES[:11]:
        tap(page, name, "Here")
    page.get_by_label("First name").fill("Sam")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_role("status").first).to_have_text("Saved.")
    tap(page, "Lena", "Away")
    page.get_by_label("First name").fill("Tess")
    page.get_by_role("button", name="Add a walk-in").click()
    expect(page.locator("#tally")).to_have_text(re.compile(r"13\s+here\s+1\s+away\s*$"))
    with room.dana.acting():
        assert Mark.objects.count() == 14


@pytest.mark.parametrize("names", [[], NAMES], ids=["nobody", "twelve"])
def test_it_is_judged(page: Page, live_server: Any, names: list[str]) -> None:
    room = Room(live_server.url, names)
    room.opens(page)
    judge(page)
    if not names:
        expect(page.get_by_text("Nobody is on this sheet yet.")).to_be_visible()
        page.get_by_label("First name").fill("Sam")
        page.get_by_role("button", name="Add a walk-in").click()
        expect(on_sheet(page, "Sam")).to_be_visible()
        expect(page.get_by_text("Nobody is on this sheet yet.")).to_be_hidden()
        return
    for name, mark in zip(NAMES, ["Here", "Late", "Sent word", "Away"], strict=False):
        tap(page, name, mark)
    expect(page.locator(".save")).to_have_text(SAVED)
    tap(page, "Ana", "Late")
    expect(on_sheet(page, "Ana").locator("li")).to_have_count(2)
    on_sheet(page, "Ana").locator("summary").click()
    judge(page)
