"""The groups of the world: one that everybody finds and one that nobody does, with a canary in every sealed place."""

import uuid
from collections.abc import Callable, Mapping
from datetime import date, timedelta
from typing import Any

from django.utils import timezone

from peers import attendance, joining
from peers.models import Facilitator, Group, Membership
from tests import group_people as acts
from tests.people import Person


class GroupWorld:
    """A group of one place: somebody left it, somebody has it, two stand in line and one asks.

    `unlisted` is a group of the same kind that only its own people know; none of the world's roles is one of them.
    """

    def __init__(self, people: Mapping[str, Person], plant: Callable[[str], str]) -> None:
        self.people, self.plant = people, plant
        self.elsewhere = Person("elsewhere")
        self.group = self._begin(people["facilitator"], "group", is_listed=True)
        self.unlisted = self._begin(self.elsewhere, "unlisted", is_listed=False)
        self.memberships = {"left": self._accepted("left")}
        acts.leaves(people["left"], self.group)
        self.memberships |= {"member": self._accepted("member"), "waiting": self._accepted("waiting")}
        self.memberships["added"] = self._add(people["facilitator"], self.group, "group.called.added")
        self.memberships["asking"] = self._ask("asking")
        self._helpers()
        self._session()
        self._papers()
        self._elsewhere()

    def _begin(self, person: Person, place: str, is_listed: bool) -> Group:
        words = {name: self.plant(f"{place}.{name}") for name in ("name", "about", "place", "for_members")}
        called = self.plant(f"{place}.facilitator.first")
        said = {"joining": Group.Joining.BY_REQUEST, "capacity": 1, "is_listed": is_listed, **words}
        return acts.begins(person, called, **said)

    def _ask(self, role: str) -> Membership:
        return acts.asks(self.people[role], self.group, self.plant(f"group.called.{role}"))

    def _accepted(self, role: str) -> Membership:
        asked, facilitator = self._ask(role), self.people["facilitator"]
        with facilitator.acting():
            return joining.accept(acts.of(facilitator, self.group), asked.pk)

    def _add(self, facilitator: Person, group: Group, place: str) -> Membership:
        with facilitator.acting():
            return joining.add(acts.of(facilitator, group), self.plant(place))

    def _helpers(self) -> None:
        facilitator, called = self.people["facilitator"], self.plant("group.facilitator.co")
        self.helping = acts.helps(self.people["co_facilitator"], self.group, facilitator, called)
        self.asked = acts.is_asked_to_help(self.people["asked_to_help"], self.group, facilitator)

    def _session(self) -> None:
        """One that was held a week ago, when the one who left still came."""
        self.session = acts.opens(self.people["facilitator"], self.group, self.today - timedelta(days=7))
        who_came = {str(self.memberships[role].pk): "here" for role in ("member", "left")}
        acts.marks(self.people["facilitator"], self.session, **who_came)
        self.walk_in = self._walk_in(self.people["facilitator"], self.session, "group.walk_in")

    def _walk_in(self, person: Person, session: Any, place: str) -> uuid.UUID:
        pk = uuid.uuid4()
        with person.acting():
            by = Facilitator.objects.running().get(group=session.group_id, person=person.pk)
            attendance.walk_in(session, by, self.plant(place), pk=pk)
        return pk

    def _papers(self) -> None:
        facilitator = self.people["facilitator"]
        with facilitator.acting():
            group = acts.of(facilitator, self.group)
            self.paper = acts.printed(facilitator, group, self.plant("group.paper"))

    def _elsewhere(self) -> None:
        """The other group has everything, too: ids to try in the first one's addresses."""
        self.other_membership = self._add(self.elsewhere, self.unlisted, "unlisted.called")
        self.other_session = acts.opens(self.elsewhere, self.unlisted, self.today - timedelta(days=7))
        self.other_walk_in = self._walk_in(self.elsewhere, self.other_session, "unlisted.walk_in")
        with self.elsewhere.acting():
            group = acts.of(self.elsewhere, self.unlisted)
            self.other_paper = acts.printed(self.elsewhere, group, self.plant("unlisted.paper"))
            self.other_helper = Facilitator.objects.running().get(group=group)

    @property
    def today(self) -> date:
        """What day it is where the group meets."""
        return self.group.weekly.today(timezone.now())
