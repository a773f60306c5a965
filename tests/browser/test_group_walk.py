"""Two walks: somebody finds a group, waits, has a place and leaves; and somebody runs a group."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Locator, Page, expect

from tests import group_people as people
from tests.browser import walks
from tests.people import Person

pytestmark = pytest.mark.django_db(transaction=True)

both_ways = pytest.mark.parametrize("script", [True, False], ids=["with script", "without script"])


class Taps:
    """Counts what a person has to press."""

    def __init__(self) -> None:
        self.number = 0

    def on(self, what: Locator) -> None:
        self.number += 1
        what.click()


def main(page: Page) -> Locator:
    return page.get_by_role("main")


def ask_to_join(page: Page, group: str, button: str, called: str) -> None:
    """From My groups to the group, and in under a name."""
    page.goto("/groups/")
    main(page).get_by_role("link", name="Find a group").click()
    expect(main(page)).to_contain_text("We have not checked who runs it.")
    main(page).get_by_role("link", name=f"Look at this group {group}").click()
    main(page).get_by_role("link", name=button).click()
    main(page).get_by_label("What should the group call you?").fill(called)
    main(page).get_by_role("button", name=button).click()


@both_ways
def test_a_person_waits_has_a_place_and_leaves_in_two_taps(somebody: Callable[..., Page], script: bool) -> None:
    dana, ben = Person("dana"), Person("ben")
    group = people.begins(dana, capacity=1)
    people.asks(ben, group, "Ben")
    page = somebody(script=script)
    walks.make_account(page)
    ask_to_join(page, "Tuesday circle", "Join this group", "Annie")
    expect(main(page)).to_contain_text("All places are taken. You stand in line now.")
    expect(main(page).get_by_role("heading", name="You are number 1 in line")).to_be_visible()
    expect(main(page)).not_to_contain_text("4711")

    people.leaves(ben, group)
    page.goto("/groups/")
    expect(main(page).get_by_role("heading", name="Groups I am in")).to_be_visible()
    main(page).get_by_role("link", name="Tuesday circle").click()
    expect(main(page).get_by_role("heading", name="Next time")).to_be_visible()
    expect(main(page).locator(".next-time time")).to_contain_text("10:00")
    expect(main(page)).to_contain_text("The door code is 4711.")
    expect(main(page)).to_contain_text("Annie")

    taps = Taps()
    expect(main(page).get_by_role("button", name="Yes, leave the group")).to_be_hidden()
    taps.on(main(page).locator("summary", has_text="Leave this group"))
    expect(main(page)).to_contain_text("Your place goes to the next person in line.")
    taps.on(main(page).get_by_role("button", name="Yes, leave the group"))
    expect(main(page)).to_contain_text("You left the group.")
    assert taps.number == 2
    expect(main(page)).to_contain_text("You are in no group yet.")
    assert people.of(dana, group).places_taken == 0


def start_group(page: Page) -> None:
    """By request, two places, listed."""
    page.goto("/groups/")
    main(page).get_by_role("link", name="Start a group").click()
    form = main(page)
    form.get_by_label("What should the group call you?").fill("Dana")
    form.get_by_label("Name of the group").fill("Evening table")
    form.get_by_label("Day of the week").select_option("Thursday")
    form.get_by_label("It begins at").fill("18:30")
    form.get_by_label("How many places?").fill("2")
    form.get_by_label("Show it to everybody").check()
    form.get_by_role("button", name="Start the group").click()
    expect(main(page).get_by_role("heading", level=1)).to_have_text("Evening table")


def add(page: Page, called: str) -> None:
    main(page).get_by_role("link", name="Add somebody by first name").click()
    main(page).get_by_label("First name").fill(called)
    main(page).get_by_role("button", name="Add to the group").click()
    expect(main(page).get_by_role("status")).to_contain_text("Added. They have a place.")


def answer_those_who_ask(page: Page) -> None:
    page.goto("/groups/")
    main(page).get_by_role("link", name="Evening table").click()
    main(page).get_by_role("button", name="Yes Annie").click()
    expect(main(page)).to_contain_text("All places are taken. They stand in line now.")
    main(page).get_by_role("button", name="Not this time Ben").click()
    expect(main(page)).to_contain_text("They see that it is not this time.")


def give_three_places(page: Page) -> None:
    main(page).get_by_role("link", name="Change the group").click()
    main(page).get_by_label("How many places?").fill("3")
    main(page).get_by_role("button", name="Save").click()
    expect(main(page)).to_contain_text("3 of 3 places taken.")


def ask_to_help(page: Page, username: str, passphrase: str) -> None:
    main(page).get_by_role("link", name="Ask somebody to help").click()
    walks.confirm(page, passphrase)
    main(page).get_by_label("Their sign-in name").fill(username)
    main(page).get_by_role("button", name="Ask them").click()
    expect(main(page)).to_contain_text("Has not answered yet.")


@both_ways
def test_a_facilitator_runs_a_group(somebody: Callable[..., Page], script: bool) -> None:
    dana, annie, ben, lou = (somebody(script=script) for _each in range(4))
    _name, passphrase = walks.make_account(dana)
    lous_name, _passphrase = walks.make_account(lou)
    for page in (annie, ben):
        walks.make_account(page)
    start_group(dana)
    for called in ("Eve", "Ada"):
        add(dana, called)
    ask_to_join(annie, "Evening table", "Ask to join", "Annie")
    expect(main(annie).get_by_role("heading", name="They have not answered yet")).to_be_visible()
    ask_to_join(ben, "Evening table", "Ask to join", "Ben")

    answer_those_who_ask(dana)
    ben.goto("/groups/")
    expect(main(ben)).to_contain_text("A group answered: not this time.")
    annie.goto("/groups/")
    expect(main(annie)).to_contain_text("You are number 1 in line.")

    give_three_places(dana)
    annie.reload()
    expect(main(annie).get_by_role("heading", name="Groups I am in")).to_be_visible()

    ask_to_help(dana, lous_name, passphrase)
    lou.goto("/groups/")
    main(lou).get_by_role("link", name="Yes, I help").click()
    expect(main(lou)).to_contain_text("You never see a plan or a directive.")
    main(lou).get_by_label("What should the group call you?").fill("Lou")
    main(lou).get_by_role("button", name="Yes, I help run it").click()
    expect(main(lou).get_by_role("heading", name="Annie")).to_be_visible()
    annie.goto("/groups/")
    main(annie).get_by_role("link", name="Evening table").click()
    expect(main(annie)).to_contain_text("Lou")
