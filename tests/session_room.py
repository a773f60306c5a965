"""A group, who runs it, and the sheet of one session, for tests: what its page sends and what is kept."""

from datetime import date
from typing import Any

from peers import attendance, joining
from peers.attendance import Sheet
from peers.models import Group, Membership, Session
from tests import group_people
from tests.people import Person

DAY = date(2026, 3, 3)


class Room:
    """Dana runs a group with Ana and Ben in it, and has opened the sheet of a Tuesday."""

    def __init__(self, *names: str, **terms: Any) -> None:
        self.dana = Person("dana")
        self.group: Group = group_people.begins(self.dana, is_listed=False, **terms)
        self.people = {name: self.adds(name) for name in names}
        self.session: Session = group_people.opens(self.dana, self.group, DAY)

    def adds(self, name: str) -> Membership:
        with self.dana.acting():
            return joining.add(group_people.of(self.dana, self.group), name)

    def sheet(self, person: Person | None = None) -> Sheet:
        person = person or self.dana
        with person.acting():
            group = group_people.of(person, self.group)
            [session] = group.lend(Session.objects.filter(pk=self.session.pk))
            return attendance.sheet(session)

    def marks(self) -> dict[str | None, list[str]]:
        """By name, all marks of each, oldest first; only of those who have any."""
        return {row.called: [mark.what for mark in row.marks] for row in self.sheet().rows if row.marks}

    def taps(self, person: Person | None = None, /, *, seen: int = 0, **what: str) -> Any:
        """What a page with script sends that knew `seen` marks: everything that is pressed on it."""
        return self.sends(person, htmx=True, seen=seen, people=self.sheet().fingerprint, **what)

    def sends(self, person: Person | None = None, /, *, to: str = "session_sheet", **data: Any) -> Any:
        pressed = {f"mark-{self.people[name].pk}": data.pop(name) for name in list(data) if name in self.people}
        return (person or self.dana).post(f"peers:{to}", self.group.pk, self.session.pk, **pressed, **data)
