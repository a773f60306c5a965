"""The frame of every page, in a real browser: the ways out, the looks, and life without script."""

import pytest
from playwright.sync_api import Browser, Page, expect
from pytest_django.live_server_helper import LiveServer

from tests.browser.looks import judge

pytestmark = pytest.mark.django_db(transaction=True)
PUBLIC = ["/help/", "/there-is-no-such-page/"]


@pytest.mark.parametrize("path", PUBLIC)
@pytest.mark.parametrize("width", [390, 1280])
def test_looks(live_server: LiveServer, page: Page, path: str, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 900})
    page.goto(live_server.url + path)
    for summary in page.locator("summary").all():
        summary.click()
    judge(page)


@pytest.mark.parametrize("path", PUBLIC)
def test_leave_goes_at_once_and_back_does_not_return(live_server: LiveServer, page: Page, path: str) -> None:
    page.goto(live_server.url + path)
    page.get_by_role("link", name="Leave this page").click()
    page.wait_for_url("https://**")
    assert page.title() == "Weather"
    page.go_back()
    assert page.url == "about:blank"


def test_shift_three_times_leaves(live_server: LiveServer, page: Page) -> None:
    page.goto(live_server.url + "/help/")
    for _ in range(3):
        page.keyboard.press("Shift")
    page.wait_for_url("https://**")


def test_capitals_do_not_leave(live_server: LiveServer, page: Page) -> None:
    page.goto(live_server.url + "/help/")
    for _ in range(4):
        page.keyboard.press("Shift+A")
    expect(page.get_by_role("heading", level=1)).to_have_text("Need help now")


def test_first_keys_lead_to_the_main_part_and_out(live_server: LiveServer, page: Page) -> None:
    page.goto(live_server.url + "/help/")
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Go to the main part")).to_be_focused()
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Leave right now")).to_be_focused()


def test_the_ways_out_need_no_script(live_server: LiveServer, browser: Browser) -> None:
    context = browser.new_context(java_script_enabled=False, viewport={"width": 320, "height": 640})
    page = context.new_page()
    page.goto(live_server.url + "/help/")
    for name in ("Need help now", "Leave this page"):
        expect(page.get_by_role("link", name=name)).to_be_in_viewport()
    context.close()
