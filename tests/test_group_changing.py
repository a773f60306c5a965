"""Changing a group: nobody is overwritten unseen, nobody who asked is passed over, and one form makes one group."""

import re
import uuid
from datetime import date, time, timedelta

import pytest
from django.utils import timezone

from peers import running
from peers.models import Facilitator, Group, Session
from peers.running import ASKED_LATELY, CHANGED, NotPossible
from tests import group_people as acts
from tests.people import Cast, Person

BY_REQUEST = Group.Joining.BY_REQUEST
FORM = {
    "called": "Dana", "name": "Evening table", "about": "", "place": "Online", "for_members": "", "weekday": "3",
    "at": "18:30", "minutes": "60", "time_zone": "Europe/Berlin", "capacity": "2", "joining": "open",
}  # fmt: skip


@pytest.fixture
def dana(cast: Cast) -> Person:
    return Person("dana")


def change(person: Person, group: Group, seen: str = "", **terms: object) -> None:
    with person.acting():
        running.change(acts.of(person, group), acts.terms(**terms), seen)


def test_it_works(cast: Cast, dana: Person) -> None:
    group = acts.begins(dana)
    change(dana, group, group.version, capacity=12, for_members="Ring twice.")
    now = acts.of(dana, group)
    assert (now.capacity, now.version) != (group.capacity, group.version)
    with dana.acting():
        assert now.for_members() == "Ring twice."


def test_who_read_an_older_version_reads_again_first(cast: Cast, dana: Person) -> None:
    group = acts.begins(dana)
    acts.helps(cast.ana, group, dana)
    change(cast.ana, group, group.version, capacity=12, for_members="The new code is 8822.")
    with pytest.raises(NotPossible, match=CHANGED):
        change(dana, group, group.version, about="One more line.")
    with dana.acting():
        assert acts.of(dana, group).for_members() == "The new code is 8822."


def test_a_group_that_opens_takes_in_who_asked_before_anybody_new(cast: Cast, dana: Person) -> None:
    group = acts.begins(dana, capacity=1, joining=BY_REQUEST)
    acts.asks(cast.ana, group)
    acts.asks(cast.ben, group)
    change(dana, group, capacity=1, joining=Group.Joining.OPEN)
    acts.asks(cast.cora, group)
    assert acts.of(cast.ana, group).relation == "member"
    with cast.ben.acting():
        assert acts.of(cast.ben, group).own_membership(cast.ben.user).place_in_line == 1  # type: ignore[union-attr]
    with cast.cora.acting():
        assert acts.of(cast.cora, group).own_membership(cast.cora.user).place_in_line == 2  # type: ignore[union-attr]


def test_a_sheet_opened_ahead_follows_the_time_and_one_of_before_does_not(cast: Cast, dana: Person) -> None:
    group = acts.begins(dana)
    today = group.weekly.today(timezone.now())
    days: list[date] = [today - timedelta(days=7), today + timedelta(days=7)]
    for day in days:
        acts.opens(dana, group, day)
    change(dana, group, at=time(18, 30))
    with dana.acting():
        hours = [
            timezone.localtime(each.starts_at, group.weekly.zone).hour for each in Session.objects.order_by("held_on")
        ]
    assert hours == [10, 18]


def test_one_form_makes_one_group(cast: Cast, dana: Person) -> None:
    form_id = uuid.uuid4()
    with dana.acting():
        first, again = (running.begin(dana.user, acts.terms(), "Dana", form_id) for _ in range(2))
    with cast.ana.acting():
        other = running.begin(cast.ana.user, acts.terms(), "Ana", form_id)
    assert first.pk == again.pk != other.pk


def test_who_said_no_is_not_asked_again_at_once(cast: Cast, dana: Person) -> None:
    group = acts.begins(dana)
    acts.is_asked_to_help(cast.ana, group, dana)
    with cast.ana.acting():
        running.say_no(acts.of(cast.ana, group), cast.ana.user)
    with pytest.raises(NotPossible, match=ASKED_LATELY):
        acts.is_asked_to_help(cast.ana, group, dana)
    acts.is_asked_to_help(cast.ben, group, dana)


def test_a_form_sent_twice_starts_one_group(cast: Cast) -> None:
    once = str(uuid.uuid4())
    for _each in range(2):
        assert cast.ana.post("peers:group_start", **FORM, once=once).status_code == 302
    with cast.ana.acting():
        assert Facilitator.objects.filter(person=cast.ana.pk).count() == 1


def test_a_form_that_shows_what_was_before_says_so_and_keeps_what_was_typed(cast: Cast, dana: Person) -> None:
    group = acts.begins(dana)
    seen = re.search(r'name="seen" value="([^"]+)"', dana.get("peers:group_change", group.pk).content.decode())
    assert seen
    assert dana.post("peers:group_change", group.pk, **FORM, seen=seen[1]).status_code == 302
    late = dana.post("peers:group_change", group.pk, **{**FORM, "about": "One more line"}, seen=seen[1])
    assert late.status_code == 422
    assert "Somebody else changed the group meanwhile." in late.content.decode()
    assert "One more line" in late.content.decode()
