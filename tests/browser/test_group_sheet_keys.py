"""The sheet of a session by keyboard: an arrow passes marks by, and what it stops at is the only one that stays."""

from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests import group_people
from tests.browser.sheet_room import NAMES, SAVED, Room, on_sheet, pk_of, tap

pytestmark = pytest.mark.django_db(transaction=True)

# As long as a screen reader takes to say where the arrow is: longer than a tap waits to be sent.
SAYING = 900


@pytest.fixture
def room(live_server: Any) -> Room:
    return Room(live_server.url, NAMES)


def test_it_works(page: Page, room: Room) -> None:
    room.opens(page)
    ana, ben = (on_sheet(page, name) for name in ("Ana", "Ben"))
    ana.get_by_label("Here").focus()
    page.keyboard.press("Space")
    page.keyboard.press("ArrowRight")
    page.keyboard.press("ArrowRight")
    expect(page.locator("#tally")).to_contain_text("sent word")
    expect(ana.get_by_label("Sent word")).to_be_focused()
    page.keyboard.press("Tab")
    expect(ana.locator("summary")).to_be_focused()
    page.keyboard.press("Tab")
    expect(ben.get_by_label("Here")).to_be_focused()
    # What an arrow only passed on its way is no mark.
    assert room.marks()["Ana"] == ["sent word"]


def test_taken_back_by_keyboard_the_focus_stays(page: Page, room: Room) -> None:
    group_people.marks(room.dana, room.session, **{pk_of(room, "Ana"): "here"})
    room.opens(page)
    ana = on_sheet(page, "Ana")
    ana.locator("summary").press("Enter")
    ana.get_by_label("Not marked").focus()
    page.keyboard.press("Space")
    expect(ana.locator("li")).to_have_count(2)
    expect(ana.get_by_label("Not marked")).to_be_focused()
    expect(ana.get_by_label("Here")).not_to_be_checked()


def from_here_to_away(page: Page, room: Room) -> None:
    """Ana is here. Then somebody walks to Away by arrow, listening at each mark on the way."""
    room.opens(page)
    on_sheet(page, "Ana").get_by_label("Here").focus()
    page.keyboard.press("Space")
    expect(page.locator(".save")).to_have_text(SAVED)
    for _arrow in range(3):
        page.keyboard.press("ArrowRight")
        page.wait_for_timeout(SAYING)
    assert room.marks()["Ana"] == ["here"]


@pytest.mark.parametrize("way", ["Tab", "Space", "waiting", "a tap", "a link", "another address", "leaving"])
def test_what_an_arrow_passed_on_its_way_is_no_mark(page: Page, room: Room, complaints: list[str], way: str) -> None:
    from_here_to_away(page, room)
    if way in {"Tab", "Space"}:
        page.keyboard.press(way)
        page.keyboard.press(way)
    elif way == "a tap":
        tap(page, "Ben", "Late")
    elif way == "a link":
        page.get_by_role("link", name="My plan", exact=True).first.click()
    elif way == "another address":
        page.goto(f"{room.at}/groups/")
        complaints.clear()  # the browser asks whether to leave what is not saved yet
    elif way == "leaving":
        page.get_by_role("link", name="Leave this page").first.click()
    page.wait_for_timeout(2500 if way == "waiting" else 1000)
    assert room.marks()["Ana"] == ["here", "away"]


def test_a_tap_elsewhere_before_an_arrow_is_not_lost(page: Page, room: Room) -> None:
    """The tap still waits to be sent when the arrow comes: both go together, with what the arrow stopped at."""
    room.opens(page)
    tap(page, "Ben", "Here")
    on_sheet(page, "Ana").get_by_label("Here").focus()
    for _arrow in range(2):
        page.keyboard.press("ArrowRight")
        page.wait_for_timeout(SAYING)
    page.keyboard.press("Tab")
    expect(page.locator("#tally")).to_contain_text("sent word")
    marks = room.marks()
    assert (marks["Ana"], marks["Ben"]) == (["sent word"], ["here"])
