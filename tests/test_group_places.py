"""Fairness of places: any order of acts leaves a group as a plain list in Python would have it."""

from dataclasses import dataclass, field
from typing import Any

import pytest
from django.db import connection, transaction
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from peers import joining, running
from peers.models import Group, Membership
from peers.running import NotPossible
from records.acting import say_who_acts
from tests import group_people as acts
from tests.people import Person

pytestmark = pytest.mark.django_db

EVERYBODY = [f"person{number}" for number in range(8)]
SOMEBODY = st.sampled_from(EVERYBODY)
FEW = st.integers(1, 4)
ANY = st.integers(0, 50)


@dataclass
class Model:
    """What ought to be: who asks, who stands in line, who has a place, each by the name they chose, in order."""

    capacity: int
    is_open: bool
    asking: list[str] = field(default_factory=list)
    line: list[str] = field(default_factory=list)
    seated: list[str] = field(default_factory=list)
    gone: int = 0

    def fill(self) -> None:
        while self.line and len(self.seated) < self.capacity:
            self.seated.append(self.line.pop(0))

    def take_out(self, called: str) -> bool:
        for those in (self.asking, self.line, self.seated):
            if called in those:
                those.remove(called)
                self.gone += 1
                self.fill()
                return True
        return False

    def rename(self, old: str, new: str) -> None:
        for those in (self.asking, self.line, self.seated):
            those[:] = [new if each == old else each for each in those]


class Places(RuleBasedStateMachine):
    """One group, eight people with accounts, and whoever is added by first name. Rolled back after each run."""

    everybody: dict[str, Person]
    dana: Person

    @initialize(capacity=FEW, is_open=st.booleans())
    def begin(self, capacity: int, is_open: bool) -> None:
        self.run_of_acts = transaction.atomic()
        self.run_of_acts.__enter__()
        self.model = Model(capacity, is_open)
        self.names: dict[str, str] = {}
        self.pks: dict[str, Any] = {}
        self.erased: set[str] = set()
        self.found: dict[str, Group] = {}
        self.count = 0
        self.group = acts.begins(self.dana, capacity=capacity, joining=self._joining())
        # Who runs the group acts, but where somebody else is said to.
        say_who_acts(self.dana.pk)

    def teardown(self) -> None:
        if hasattr(self, "run_of_acts"):
            transaction.set_rollback(True)
            self.run_of_acts.__exit__(None, None, None)

    def _as(self, who: str) -> Group:
        """The group as somebody found it."""
        if who not in self.found:
            self.found[who] = acts.of(self.everybody[who], self.group)
        return self.found[who]

    def _joining(self) -> str:
        return Group.Joining.OPEN if self.model.is_open else Group.Joining.BY_REQUEST

    def _fresh_name(self) -> str:
        self.count += 1
        return f"name {self.count}"

    @rule(who=SOMEBODY)
    def ask(self, who: str) -> None:
        if who in self.erased:
            return
        called = self._fresh_name()
        with self.everybody[who].acting():
            membership = joining.ask(self._as(who), self.everybody[who].user, called)
        if who in self.names:
            assert membership.pk == self.pks[self.names[who]], "asking twice is asking once"
            return
        self.names[who], self.pks[called] = called, membership.pk
        (self.model.line if self.model.is_open else self.model.asking).append(called)
        self.model.fill()

    @rule()
    def add(self) -> None:
        called = self._fresh_name()
        self.pks[called] = joining.add(self.group, called).pk
        self.model.line.append(called)
        self.model.fill()

    @precondition(lambda self: self.model.asking)
    @rule(which=ANY)
    def accept(self, which: int) -> None:
        called = chosen(self.model.asking, which)
        joining.accept(self.group, self.pks[called])
        self.model.asking.remove(called)
        self.model.line.append(called)
        self.model.fill()

    @precondition(lambda self: self.pks)
    @rule(which=ANY)
    def decline(self, which: int) -> None:
        """Of whoever: those who do not ask any more are not declined."""
        called = chosen(sorted(self.pks), which)
        done = joining.decline(self.group, self.pks[called])
        assert done == (called in self.model.asking)
        if done:
            self._gone(called)

    @precondition(lambda self: self.pks)
    @rule(which=ANY)
    def take_off(self, which: int) -> None:
        called = chosen(sorted(self.pks), which)
        done = joining.take_off(self.group, self.pks[called])
        assert done == (called in self.model.line + self.model.seated)
        if done:
            self._gone(called)

    @rule(who=SOMEBODY)
    def leave(self, who: str) -> None:
        if who in self.erased:
            return
        person = self.everybody[who]
        with person.acting():
            done = joining.leave(self.group, person.user)
        assert done == (who in self.names)
        if done:
            self._gone(self.names[who])

    @precondition(lambda self: self.names)
    @rule(which=ANY)
    def rename(self, which: int) -> None:
        who = chosen(sorted(self.names), which)
        old, new, person = self.names[who], self._fresh_name(), self.everybody[who]
        with person.acting():
            membership = self.group.own_membership(person.user)
            assert membership
            joining.rename(membership, new)
        self.names[who], self.pks[new] = new, self.pks.pop(old)
        self.model.rename(old, new)

    @precondition(lambda self: self.names and len(self.erased) < 3)
    @rule(which=ANY)
    def erase(self, which: int) -> None:
        who = chosen(sorted(self.names), which)
        with self.everybody[who].acting(), connection.cursor() as cursor:
            cursor.execute("SELECT sec.erase_person(%s)", [self.everybody[who].pk])
        self.erased.add(who)
        self._gone(self.names[who])

    @rule(capacity=FEW, is_open=st.booleans())
    def change(self, capacity: int, is_open: bool) -> None:
        self.model.is_open = is_open
        possible = capacity >= len(self.model.seated)
        if possible:
            self.model.capacity = capacity
        try:
            running.change(self.group, acts.terms(capacity=capacity, joining=self._joining()))
            assert possible
        except NotPossible:
            assert not possible
            running.change(self.group, acts.terms(capacity=self.model.capacity, joining=self._joining()))
        if is_open:
            # Who asked before is not passed over by who comes now.
            self.model.line += self.model.asking
            self.model.asking.clear()
        self.model.fill()

    def _gone(self, called: str) -> None:
        assert self.model.take_out(called)
        del self.pks[called]
        self.names = {who: name for who, name in self.names.items() if name != called}

    @invariant()
    def as_in_the_model(self) -> None:
        """Nobody is lost, nobody passed over, nobody waits while a place is free, and nobody has one too many."""
        if not hasattr(self, "model"):
            return
        everybody = Membership.objects.filter(group=self.group).with_place_in_line()
        rows = self.group.lend(everybody.order_by("line", "made_at"))
        people = [each for each in rows if each.ended_at is None]
        seated = [each.called for each in people if each.has_place]
        line = [(each.called, each.place_in_line) for each in people if each.is_waiting]
        assert len(seated) <= self.model.capacity
        assert not line or len(seated) == self.model.capacity
        assert seated == self.model.seated
        assert line == [(called, number) for number, called in enumerate(self.model.line, 1)]
        assert [each.called for each in people if each.is_asking] == self.model.asking
        assert len(rows) - len(people) == self.model.gone

    @precondition(lambda self: self.names)
    @rule(which=ANY)
    def look(self, which: int) -> None:
        """What somebody is told on their own page."""
        who = chosen(sorted(self.names), which)
        called, person = self.names[who], self.everybody[who]
        with person.acting():
            told = self._as(who).own_membership(person.user)
        place = self.model.line.index(called) + 1 if called in self.model.line else None
        assert told
        assert (told.called, told.place_in_line, told.has_place) == (called, place, called in self.model.seated)


def chosen(names: list[str], which: int) -> str:
    return names[which % len(names)]


def test_it_works() -> None:
    Places.dana = Person("dana")
    Places.everybody = {name: Person(name) for name in EVERYBODY}
    run_state_machine_as_test(
        Places,
        settings=settings(
            max_examples=100,
            stateful_step_count=30,
            derandomize=True,
            database=None,
            deadline=None,
            suppress_health_check=list(HealthCheck),
        ),
    )


def test_the_model_itself_is_fair() -> None:
    model = Model(capacity=1, is_open=True, line=["ana", "ben", "cora"])
    model.fill()
    assert (model.seated, model.line) == (["ana"], ["ben", "cora"])
    assert model.take_out("ana")
    assert not model.take_out("ana")
    assert (model.seated, model.line, model.gone) == (["ben"], ["cora"], 1)
