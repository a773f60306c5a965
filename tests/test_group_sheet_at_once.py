"""Two people with the same sheet open, pages that are behind, answers that are lost: no tap and no mark is."""

from datetime import date, timedelta
from typing import Any
from uuid import UUID

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from peers import attendance
from peers.attendance import What
from peers.models import Facilitator, Group, Session
from tests import group_people
from tests.people import Person
from tests.session_room import DAY, Room

pytestmark = pytest.mark.django_db


@pytest.fixture
def room() -> Room:
    return Room("Ana", "Ben")


@pytest.fixture
def lou(room: Room) -> Person:
    lou = Person("lou")
    group_people.helps(lou, room.group, room.dana)
    return lou


def test_it_works(room: Room, lou: Person) -> None:
    """Both pages were opened when nobody was marked. Lou's knows nothing of Dana's mark, and does not undo it."""
    room.taps(Ana="here")
    answer = room.taps(lou, Ben="away").content.decode()
    assert room.marks() == {"Ana": ["here"], "Ben": ["away"]}
    assert f'id="person-{room.people["Ana"].pk}"' in answer
    assert f'id="person-{room.people["Ben"].pk}"' not in answer


def test_of_one_person_the_last_tap_counts_and_both_stay(room: Room, lou: Person) -> None:
    room.taps(Ana="here")
    room.taps(lou, Ana="late")
    [ana, _ben] = room.sheet().rows
    assert [(mark.what, mark.made_by.called) for mark in ana.trail] == [("late", "Lou"), ("here", "Dana")]


def test_what_a_page_only_showed_undoes_no_correction(room: Room, lou: Person) -> None:
    room.taps(Ana="here")
    room.taps(lou, seen=1, Ana="late")
    room.taps(seen=1, Ana="here", Ben="here")
    assert room.marks() == {"Ana": ["here", "late"], "Ben": ["here"]}


def test_a_tap_sent_again_after_a_lost_answer_undoes_no_correction(room: Room, lou: Person) -> None:
    room.taps(Ana="here")
    room.taps(lou, seen=1, Ana="late")
    answer = room.taps(Ana="here").content.decode()
    assert room.marks() == {"Ana": ["here", "late"]}
    assert f'id="person-{room.people["Ana"].pk}"' in answer


def test_back_to_the_first_choice_after_a_lost_answer_is_a_tap(room: Room) -> None:
    for what in ("here", "late", "here"):
        room.taps(Ana=what, seen=0)
    assert room.marks() == {"Ana": ["here", "late", "here"]}


def test_a_page_that_holds_other_people_gets_the_list_anew(room: Room) -> None:
    before = room.sheet().fingerprint
    room.adds("Cora")
    answer = room.sends(htmx=True, Ana="here", people=before).content.decode()
    assert 'id="people"' in answer
    assert "Cora" in answer
    assert 'id="people"' not in room.taps(Ana="here", seen=1).content.decode()


TAPS = st.lists(
    st.tuples(st.booleans(), st.booleans(), st.sampled_from(What.values), st.integers(0, 12)), min_size=1, max_size=12
)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(taps=TAPS)
def test_any_row_of_taps_keeps_every_mark_readable(room: Room, lou: Person, taps: list[Any]) -> None:
    """Two people tap on two rows, on pages as old as they like: what was marked only ever grows at its end."""
    with room.dana.acting():
        group = group_people.of(room.dana, room.group)
        # A day of its own for each example: all share one transaction.
        room.session = attendance.open_session(group, _unused_day(group))
    before: dict[UUID, list[UUID]] = {}
    for is_lou, is_ben, what, seen in taps:
        person, membership = lou if is_lou else room.dana, room.people["Ben" if is_ben else "Ana"]
        _tap(room, person, membership.pk, what, seen)
        rows = room.sheet(person).rows
        after = {row.pk: [mark.pk for mark in row.marks] for row in rows}
        assert all(after[pk][: len(marks)] == marks for pk, marks in before.items())
        assert sum(map(len, after.values())) - sum(map(len, before.values())) in {0, 1}
        assert all(a.what != b.what for row in rows for a, b in zip(row.marks, row.marks[1:], strict=False))
        assert {mark.made_by.called for row in rows for mark in row.marks} <= {"Dana", "Lou"}
        before = after
    numbers = sorted(mark.number for row in room.sheet().rows for mark in row.marks)
    assert numbers == list(range(1, len(numbers) + 1))


def _tap(room: Room, person: Person, whose: UUID, what: str, seen: int) -> None:
    """A tap on a page that knew the first `seen` marks. A page that knew all of them is always heard."""
    with person.acting():
        by = Facilitator.objects.running().get(group=room.group.pk, person=person.pk)
        [session] = group_people.of(person, room.group).lend(Session.objects.filter(pk=room.session.pk))
        known = attendance.sheet(session)
        attendance.mark(session, by, {whose: what}, seen=seen)
        [row] = [row for row in attendance.sheet(session).rows if row.pk == whose]
        assert row.what == what or seen < known.seen


def _unused_day(group: Group) -> date:
    return DAY + timedelta(days=Session.objects.filter(group=group).count())
