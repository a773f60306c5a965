"""Sessions and who came: one mark a tap, the last one counts, and every earlier one stays to be read."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from peers import joining
from peers.models import Group, Mark, Session, WalkIn
from records.acting import acting_as
from records.append_only import NeverChanged
from tests import group_people
from tests.people import BRACKETS, Person
from tests.session_room import DAY, Room

pytestmark = pytest.mark.django_db

MOST_QUERIES = 8
# What was there is read before marks are written, and for a page with script once more after.
MOST_QUERIES_OF_A_SAVE = 16


@pytest.fixture
def room() -> Room:
    return Room("Ana", "Ben")


@pytest.fixture
def lou(room: Room) -> Person:
    lou = Person("lou")
    group_people.helps(lou, room.group, room.dana)
    return lou


def test_it_works(room: Room) -> None:
    page = room.dana.get("peers:session_sheet", room.group.pk, room.session.pk).content.decode()
    assert "Tuesday circle" in page
    assert "Tuesday 3 March" in page
    answer = room.taps(Ana="here").content.decode()
    assert answer.lstrip().startswith('<div class="save"')
    assert "Saved at" in answer
    assert room.marks() == {"Ana": ["here"]}
    room.taps(seen=1, Ana="late", Ben="away")
    assert room.marks() == {"Ana": ["here", "late"], "Ben": ["away"]}


def test_without_script_one_press_saves_all_and_the_walk_in(room: Room) -> None:
    answer = room.sends(Ana="here", Ben="sent word", called="Sam", walk_in=uuid4(), done="1")
    assert answer.status_code == 302
    assert room.marks() == {"Ana": ["here"], "Ben": ["sent word"], "Sam": ["here"]}


def test_a_walk_in_is_here_and_can_be_corrected(room: Room) -> None:
    assert room.sends(to="walk_in_add", called="Sam", walk_in=uuid4(), Ana="late").status_code == 302
    [ana, ben, sam] = room.sheet().rows
    assert (sam.called, sam.what, sam.is_walk_in) == ("Sam", "here", True)
    room.dana.post("peers:session_sheet", room.group.pk, room.session.pk, **{f"mark-{sam.pk}": "away", "seen": 2})
    assert room.marks() == {"Ana": ["late"], "Sam": ["here", "away"]}


def test_a_walk_in_that_is_sent_twice_is_one_person(room: Room) -> None:
    made = uuid4()
    for called in ("Sam", "Sam", "Kim"):
        room.sends(to="walk_in_add", called=called, walk_in=made)
    room.sends(to="walk_in_add", called="Sam", walk_in=uuid4())
    assert [row.called for row in room.sheet().rows] == ["Ana", "Ben", "Sam", "Kim", "Sam"]
    assert [len(row.marks) for row in room.sheet().rows] == [0, 0, 1, 1, 1]


@pytest.mark.parametrize("called", ["", "   ", "x" * 61])
@pytest.mark.parametrize("htmx", [True, False])
def test_a_walk_in_needs_a_name_and_the_marks_beside_it_are_kept(room: Room, called: str, htmx: bool) -> None:
    answer = room.sends(to="walk_in_add", htmx=htmx, called=called, walk_in=uuid4(), Ana="here")
    assert answer.status_code == 422
    assert room.marks() == {"Ana": ["here"]}
    with room.dana.acting():
        assert WalkIn.objects.count() == 0


def test_a_walk_in_who_is_taken_off_again_is_not_one_who_is_not_marked(room: Room) -> None:
    room.sends(to="walk_in_add", called="Sam", walk_in=uuid4(), Ana="late")
    [_ana, _ben, sam] = room.sheet().rows
    room.sends(htmx=True, **{f"mark-{sam.pk}": "taken back", "seen": "2"})
    assert room.marks()["Sam"] == ["here", "taken back"]
    assert room.sheet().tally == {"late": 1, "taken back": 1}


def test_who_was_added_is_said_and_who_was_not_is_asked_for_beside_the_box(room: Room) -> None:
    added = room.sends(to="walk_in_add", htmx=True, called="Kim", walk_in=uuid4()).content.decode()
    assert "Kim is on the sheet." in added
    assert 'id="walk-in-id"' in added
    asked = room.sends(to="walk_in_add", htmx=True, called="", walk_in=uuid4(), Ana="here").content.decode()
    assert asked.index('id="walk-in-name"') < asked.index("Write the first name.")
    assert "autofocus" in asked
    assert "Saved at" in asked
    assert 'id="walk-in-id"' not in asked
    assert "is on the sheet" not in asked


def test_a_name_half_typed_while_a_tap_is_saved_is_nobody_yet(room: Room) -> None:
    room.sends(htmx=True, Ana="here", called="Sa", walk_in=uuid4())
    assert room.marks() == {"Ana": ["here"]}


def test_the_same_again_leaves_no_second_trail(room: Room) -> None:
    for _time in range(2):
        room.taps(Ana="here", seen=0)
        room.sends(Ana="here", done="1")
    assert room.marks() == {"Ana": ["here"]}


@pytest.mark.parametrize(
    "wrong",
    [{"mark-x": "here"}, {f"mark-{uuid4()}": "here"}, {"Ana": "asleep"}, {"Ana": ""}, {"seen": "9" * 5000}],
    ids=["no id", "nobody's id", "no mark", "empty", "no number"],
)
def test_what_no_page_sends_marks_nobody(room: Room, wrong: dict[str, str]) -> None:
    assert room.sends(htmx=True, **wrong).status_code == 200
    assert room.marks() == {}


def test_somebody_of_another_group_is_not_marked(room: Room) -> None:
    with room.dana.acting():
        other = group_people.of(room.dana, group_people.begins(room.dana, is_listed=False))
        elsewhere = joining.add(other, "Zoe")
    room.sends(htmx=True, **{f"mark-{elsewhere.pk}": "here"})
    assert room.marks() == {}


def test_a_session_of_another_group_is_not_found(room: Room) -> None:
    other = group_people.begins(room.dana, is_listed=False)
    for name in ("session_sheet", "walk_in_add"):
        assert room.dana.post(f"peers:{name}", other.pk, room.session.pk).status_code == 404


def test_who_does_not_run_the_group_neither_sees_nor_marks(room: Room) -> None:
    eve = Person("eve")
    assert eve.get("peers:session_sheet", room.group.pk, room.session.pk).status_code == 404
    assert room.sends(eve, Ana="here").status_code == 404
    assert room.marks() == {}


def test_who_stopped_running_it_marks_no_more_and_their_marks_keep_their_name(room: Room, lou: Person) -> None:
    room.taps(lou, Ana="here")
    with lou.acting():
        mine = group_people.of(lou, room.group)
        [helper] = [each for each in mine.facilitators() if each.person_id == lou.pk]
    assert lou.post("peers:helper_end", room.group.pk, helper.pk).status_code == 302
    assert room.taps(lou, Ben="here").status_code == 404
    [ana, ben] = room.sheet().rows
    assert [mark.made_by.called for mark in ana.marks] == ["Lou"]
    assert ben.marks == []


def test_taken_back_nothing_is_pressed_and_the_trail_stays(room: Room) -> None:
    room.taps(Ana="here")
    answer = room.taps(Ana="taken back", seen=1).content.decode()
    assert " checked" not in answer
    assert room.marks() == {"Ana": ["here", "taken back"]}
    page = room.dana.get("peers:session_sheet", room.group.pk, room.session.pk).content.decode()
    assert " checked" not in page
    assert "Before:" in page
    assert 'id="when-' + str(room.people["Ana"].pk) + '">earlier</span>' in page


def test_times_are_those_of_the_group(room: Room) -> None:
    """Whoever runs it from elsewhere reads what stands on the wall of the room."""
    room.taps(Ana="here")
    [ana, _ben] = room.sheet().rows
    there = ana.marks[0].made_at.astimezone(room.group.weekly.zone).strftime("%H:%M")
    room.dana.user.time_zone = "Asia/Kolkata"
    with room.dana.acting():
        room.dana.user.save()
    page = room.dana.get("peers:session_sheet", room.group.pk, room.session.pk).content.decode()
    assert f"{there}</span>" in page
    assert f"{there}, by Dana." in page


def test_people_stand_by_name_and_walk_ins_as_they_came(room: Room) -> None:
    for name in ("zoe", "Cora"):
        room.adds(name)
    for name in ("Will", "Abe"):
        room.sends(to="walk_in_add", called=name, walk_in=uuid4())
    assert [row.called for row in room.sheet().rows] == ["Ana", "Ben", "Cora", "zoe", "Will", "Abe"]


def test_of_two_with_one_name_the_new_one_stands_below(room: Room) -> None:
    anas = [room.people["Ana"], *(room.adds("ana") for _time in range(5))]
    assert [row.pk for row in room.sheet().rows[:-1]] == [each.pk for each in anas]


def test_who_is_erased_leaves_a_mark_without_a_name() -> None:
    room, eve = Room("Ana", joining=Group.Joining.OPEN), Person("eve")
    with room.dana.acting():
        Group.objects.filter(pk=room.group.pk).update(is_listed=True)
    membership = group_people.asks(eve, room.group, "Eve")
    group_people.marks(room.dana, room.session, **{str(membership.pk): "here"})
    with eve.acting(), connection.cursor() as cursor:
        cursor.execute("SELECT sec.erase_person(%s)", [eve.pk])
    assert {row.called: row.what for row in room.sheet().rows} == {None: "here", "Ana": "taken back"}
    page = room.dana.get("peers:session_sheet", room.group.pk, room.session.pk).content.decode()
    assert "Somebody who left" in page


def test_nobody_on_the_sheet_says_what_to_do() -> None:
    page = Room()
    words = page.dana.get("peers:session_sheet", page.group.pk, page.session.pk).content.decode()
    assert "Nobody is on this sheet yet." in words
    assert reverse("peers:member_add", args=[page.group.pk]) in words


def test_without_script_it_says_when_to_save(room: Room) -> None:
    page = room.dana.get("peers:session_sheet", room.group.pk, room.session.pk).content.decode()
    assert "Press Save before you leave this page." in page
    assert "before you press anything else" not in page


def test_a_day_that_is_opened_twice_is_one_session(room: Room) -> None:
    for _time in range(2):
        answer = room.dana.post("peers:session_open", room.group.pk, day="2026-03-03")
        assert answer.headers["Location"] == reverse("peers:session_sheet", args=[room.group.pk, room.session.pk])


@pytest.mark.parametrize("day", ["", "tomorrow", "2020-01-01"])
def test_a_day_that_is_none_opens_no_sheet(room: Room, day: str) -> None:
    assert room.dana.post("peers:session_open", room.group.pk, day=day).status_code == 422
    with room.dana.acting():
        assert Session.objects.count() == 1


def test_marks_are_never_changed(room: Room) -> None:
    room.taps(Ana="here")
    with room.dana.acting():
        with pytest.raises(NeverChanged):
            Mark.objects.update(what="away")
        with pytest.raises(NeverChanged):
            Mark.objects.get().delete()


def test_500_people_and_a_year_of_sessions_ask_little() -> None:
    names = [f"Person {number:03}" for number in range(500)]
    room = Room(*names, capacity=500)
    for week in range(1, 52):
        group_people.opens(room.dana, room.group, DAY - timedelta(weeks=week))
    pressed = {name: ["here", "late", "sent word", "away"][number % 4] for number, name in enumerate(names)}
    assert _asked(room, pressed) <= MOST_QUERIES_OF_A_SAVE
    assert room.sheet().number == 52
    assert room.sheet().tally["here"] == 125
    asked, _brackets = room.dana.queries("peers:session_sheet", room.group.pk, room.session.pk)
    assert len(asked) <= MOST_QUERIES, "\n".join(asked)
    asked, _brackets = room.dana.queries("peers:session_list", room.group.pk)
    assert len(asked) <= MOST_QUERIES, "\n".join(asked)


def _asked(room: Room, pressed: dict[str, str]) -> int:
    """How much a save of the whole sheet asks."""
    with acting_as(None), CaptureQueriesContext(connection) as captured:
        assert room.sends(done="1", **pressed).status_code == 302
    return len([query for query in captured.captured_queries if not query["sql"].startswith(BRACKETS)])
