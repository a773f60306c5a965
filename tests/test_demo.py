"""The demo content is what its file says, and each of its three people sees something at once."""

from collections import Counter
from datetime import date, timedelta

import pytest
from django.db import IntegrityError
from django.test import Client

from accounts.models import User
from peers import attendance, rosters
from peers.models import Group, Mark, Membership
from peers.rosters import Roster
from records.acting import acting_as
from recovery_portal.demo import load_demo

pytestmark = pytest.mark.django_db

WEDNESDAY = date(2027, 3, 3)


def group_of(username: str) -> Group:
    person = User.objects.get(username=username)
    with acting_as(person.pk):
        return Group.objects.visible_to(person).get()


def roster() -> Roster:
    with acting_as(User.objects.get(username="dana").pk):
        return rosters.roster(group_of("dana"))


def sheets() -> list[attendance.Sheet]:
    """Of each session, the first one first."""
    with acting_as(User.objects.get(username="dana").pk):
        return [attendance.sheet(each.session) for each in reversed(rosters.sessions(group_of("dana")))]


def test_it_works() -> None:
    """Three can sign in, with what was printed."""
    made = load_demo()
    assert [each.username for each in made] == ["marisol", "dr-osei", "dana"]
    for each in made:
        browser = Client()
        assert browser.post("/sign-in/", {"login": each.username, "password": each.passphrase}).status_code == 302
        assert browser.get("/").status_code == 200


def test_it_is_made_once() -> None:
    load_demo()
    with pytest.raises(IntegrityError):
        load_demo()


def test_the_others_cannot_sign_in() -> None:
    load_demo()
    named = {"marisol", "dr-osei", "dana"}
    others = User.objects.exclude(username__in=named)
    assert others
    assert not any(other.has_usable_password() for other in others)


def test_nine_have_a_place_three_wait_in_order_and_one_asks() -> None:
    load_demo()
    found = roster()
    assert len(found.with_place) == group_of("dana").capacity == 9
    assert "Mari" in [each.called for each in found.with_place]
    assert [each.called for each in found.waiting] == ["Ruth", "Sal", "Vi"]
    assert [each.called for each in found.asking] == ["June"]


def test_the_person_has_a_place() -> None:
    load_demo()
    assert group_of("marisol").relation == "member"


def test_six_sessions_were_held_a_week_apart_before_today() -> None:
    load_demo(WEDNESDAY)
    assert group_of("dana").weekday == WEDNESDAY.weekday()
    assert [sheet.session.held_on for sheet in sheets()] == [
        WEDNESDAY - timedelta(weeks=weeks) for weeks in range(6, 0, -1)
    ]
    assert [sheet.number for sheet in sheets()] == [1, 2, 3, 4, 5, 6]


def test_attendance_has_everything_that_happens() -> None:
    load_demo()
    held = sheets()
    tally = sum((sheet.tally for sheet in held), Counter())
    assert set(tally) == {Mark.What.HERE, Mark.What.LATE, Mark.What.SENT_WORD, Mark.What.AWAY}, "and nobody is left out"
    assert sum(row.is_walk_in for sheet in held for row in sheet.rows) == 2
    corrected = [row for sheet in held for row in sheet.rows if len(row.marks) > 1]
    assert len(corrected) == 3
    assert all(6 <= sheet.tally[Mark.What.HERE] + sheet.tally[Mark.What.LATE] <= 10 for sheet in held)


def test_a_mark_that_was_put_right_counts_as_it_was_put_right() -> None:
    load_demo()
    [tomas] = [row for row in sheets()[2].rows if row.called == "Tomas"]
    assert [mark.what for mark in tomas.marks] == [Mark.What.AWAY, Mark.What.LATE]


def test_it_meets_today_where_it_meets() -> None:
    load_demo()
    browser = Client()
    browser.force_login(User.objects.get(username="dana"))
    assert "Open the sheet" in browser.get("/").content.decode()


def test_nobody_is_in_the_group_twice() -> None:
    load_demo()
    with acting_as(User.objects.get(username="dana").pk):
        people = list(Membership.objects.open())
    assert len(people) == 9 + 3 + 1
