"""A group of twelve and the sheet of one Tuesday in a browser, for tests: opening it, tapping, what was kept."""

import re
from datetime import date

from playwright.sync_api import Locator, Page

from peers import attendance, joining
from peers.models import Group, Session
from tests import group_people
from tests.browser import walks
from tests.people import Person

NAMES = "Ana Ben Cora Dov Ella Finn Gus Hana Ivo Jo Kim Lena".split()
SAVED = re.compile(r"^\s*Saved at \d\d:\d\d")
DAY = date(2026, 3, 3)


class Room:
    """A group of twelve, who runs it, and the sheet of one Tuesday."""

    def __init__(self, at: str, names: list[str]) -> None:
        self.at = at
        self.dana = Person("dana")
        self.group: Group = group_people.begins(self.dana, capacity=12, is_listed=False)
        with self.dana.acting():
            for name in names:
                joining.add(self.group, name)
        self.session: Session = group_people.opens(self.dana, self.group, DAY)

    def opens(self, page: Page, person: Person | None = None) -> Page:
        walks.be(page, self.at, (person or self.dana).user)
        page.goto(f"{self.at}/groups/{self.group.pk}/sessions/{self.session.pk}/")
        return page

    def marks(self) -> dict[str | None, list[str]]:
        """By name, all marks of each, oldest first."""
        with self.dana.acting():
            group = group_people.of(self.dana, self.group)
            [session] = group.lend(Session.objects.filter(pk=self.session.pk))
            return {row.called: [mark.what for mark in row.marks] for row in attendance.sheet(session).rows}


def on_sheet(page: Page, name: str) -> Locator:
    return page.get_by_role("group", name=re.compile(rf"^{name}\b"))


def tap(page: Page, name: str, mark: str) -> None:
    on_sheet(page, name).get_by_label(mark, exact=True).click()


def pk_of(room: Room, name: str) -> str:
    with room.dana.acting():
        group = group_people.of(room.dana, room.group)
        [session] = group.lend(Session.objects.filter(pk=room.session.pk))
        return next(str(row.pk) for row in attendance.sheet(session).rows if row.called == name)
