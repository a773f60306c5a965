"""The pages of who runs a group: starting one, its roster, who asks, who helps, and its sessions."""

from datetime import UTC, date, datetime, time, timedelta
from types import SimpleNamespace
from typing import Any
from uuid import UUID, uuid4
from zoneinfo import ZoneInfo

import pytest
from django.urls import reverse
from django.utils import timezone

from peers import joining, rosters
from peers.models import Facilitator, Group, Membership
from peers.schedule import Weekly
from records.acting import acting_as
from tests import group_people as people
from tests.people import Cast, Person

CHANGED = {
    "name": "Evening table", "about": "Soup and talk.", "place": "Online", "for_members": "Code 12", "weekday": "3",
    "at": "18:30", "minutes": "60", "time_zone": "Europe/Berlin", "joining": "by request", "is_listed": "on",
}  # fmt: skip
TUESDAY = datetime(2026, 3, 3, 14, 50, tzinfo=UTC)


@pytest.fixture
def dana(cast: Cast) -> Person:
    return Person("dana")


@pytest.fixture
def group(dana: Person) -> Group:
    return people.begins(dana, capacity=2, joining="by request")


def send(person: Person, page: str, *args: Any, form: dict[str, str]) -> Any:
    """Post a form that has a box called "name"."""
    with acting_as(None):
        return person.client.post(reverse(page, args=args), form)


def page_of(person: Person, group: Group) -> str:
    return person.get("peers:group_run", group.pk).content.decode()


def roster_of(dana: Person, group: Group) -> rosters.Roster:
    with dana.acting():
        return rosters.roster(people.of(dana, group))


def names(people_of_group: Any) -> list[str | None]:
    return [each.called for each in people_of_group]


def adds(dana: Person, group: Group, *called: str) -> list[UUID]:
    with dana.acting():
        return [joining.add(people.of(dana, group), each).pk for each in called]


def be_at(monkeypatch: pytest.MonkeyPatch, moment: datetime) -> None:
    monkeypatch.setattr("peers.running_views.timezone", SimpleNamespace(now=lambda: moment))


def test_it_works(cast: Cast, dana: Person, group: Group) -> None:
    adds(dana, group, "Eve", "Ada", "Zoe")
    people.asks(cast.ana, group, "Annie")
    page = page_of(dana, group)
    assert "2 of 2 places taken." in page
    assert page.index("Annie") < page.index("Ada") < page.index("Eve") < page.index("Zoe")
    assert "No account." in page


@pytest.mark.parametrize("relation", ["stranger", "member", "asked to help"])
def test_only_who_runs_it_sees_the_roster(cast: Cast, dana: Person, relation: str) -> None:
    group = people.begins(dana)
    if relation == "member":
        people.asks(cast.ana, group)
    if relation == "asked to help":
        people.is_asked_to_help(cast.ana, group, dana)
    for name in ("group_run", "group_change", "member_add", "helper_ask", "session_list"):
        assert cast.ana.get(f"peers:{name}", group.pk).status_code == 403, name


def test_the_sheet_of_today_is_the_first_button(dana: Person, group: Group, monkeypatch: pytest.MonkeyPatch) -> None:
    be_at(monkeypatch, TUESDAY)
    page = page_of(dana, group).split('<main id="main"')[1]
    first = page.split("<form")[1].split("</form>")[0]
    assert "Open the sheet for today, 10:00" in first
    assert reverse("peers:session_open", args=[group.pk]) in first
    assert 'name="day" value="2026-03-03"' in first


@pytest.mark.parametrize(
    ("hour", "now", "day", "is_wanted", "is_today"),
    [
        (10, TUESDAY, date(2026, 3, 3), True, True),
        (10, TUESDAY + timedelta(hours=9), date(2026, 3, 3), True, True),
        (10, TUESDAY + timedelta(days=1), date(2026, 3, 10), False, False),
        (10, datetime(2026, 3, 4, 5, 30, tzinfo=UTC), date(2026, 3, 10), False, False),
        # One that began before midnight and goes on: its sheet is wanted, but it was yesterday's.
        (23, datetime(2026, 3, 4, 5, 10, tzinfo=UTC), date(2026, 3, 3), True, False),
    ],
)
def test_which_sheet_is_wanted_now(hour: int, now: datetime, day: date, is_wanted: bool, is_today: bool) -> None:
    with timezone.override("America/New_York"):
        meeting = rosters.meeting(Weekly(1, time(hour), 90, ZoneInfo("America/New_York")), now)
    assert (meeting.at.date(), meeting.is_wanted, meeting.is_today) == (day, is_wanted, is_today)
    assert meeting.fields == [("day", day.isoformat())]


def test_a_meeting_of_last_night_is_named_by_its_day(dana: Person, monkeypatch: pytest.MonkeyPatch) -> None:
    group = people.begins(dana, at=time(23), minutes=90)
    be_at(monkeypatch, datetime(2026, 3, 4, 5, 10, tzinfo=UTC))
    page = page_of(dana, group)
    assert "Open the sheet for Tuesday 3 March, 23:00" in page
    assert "oday" not in page.split('class="meeting')[1].split("</section>")[0].split("<h2")[0]


def test_on_another_day_the_next_time_is_told(dana: Person, group: Group, monkeypatch: pytest.MonkeyPatch) -> None:
    be_at(monkeypatch, TUESDAY + timedelta(days=1))
    page = page_of(dana, group)
    assert "Tuesday 10 March, 10:00" in page
    assert "for today" not in page
    assert 'name="day" value="2026-03-10"' in page


def test_the_button_opens_the_sheet(dana: Person, group: Group) -> None:
    day = datetime.now(UTC).date()
    assert dana.post("peers:session_open", group.pk, day=day.isoformat()).status_code == 302
    with dana.acting():
        [numbered] = rosters.sessions(people.of(dana, group))
    assert (numbered.number, numbered.session.held_on) == (1, day)
    assert "session 1" in page_of(dana, group)


def test_a_day_that_cannot_be_is_said_calmly(dana: Person, group: Group) -> None:
    response = dana.post("peers:session_open", group.pk, day="1999-01-01")
    assert response.status_code == 422
    assert "Choose a day within a year of today." in response.content.decode()


def test_yes_and_not_this_time(cast: Cast, dana: Person, group: Group) -> None:
    ana, ben = people.asks(cast.ana, group, "Annie"), people.asks(cast.ben, group, "Ben")
    assert dana.post("peers:member_accept", group.pk, ana.pk).status_code == 302
    assert "They have a place now." in page_of(dana, group)
    assert dana.post("peers:member_decline", group.pk, ben.pk).status_code == 302
    assert "They see that it is not this time." in page_of(dana, group)
    roster = roster_of(dana, group)
    assert (names(roster.with_place), names(roster.asking)) == (["Annie"], [])
    assert "not this time" in cast.ben.get("peers:group_list").content.decode()


def test_too_late_for_an_answer(cast: Cast, dana: Person, group: Group) -> None:
    asked = people.asks(cast.ana, group)
    people.leaves(cast.ana, group)
    for act in ("member_accept", "member_decline"):
        assert dana.post(f"peers:{act}", group.pk, asked.pk).status_code == 302
        assert "They do not ask any more." in page_of(dana, group)
    assert dana.post("peers:member_accept", group.pk, uuid4()).status_code == 404


def test_whoever_is_not_running_it_answers_nobody(cast: Cast, dana: Person, group: Group) -> None:
    asked = people.asks(cast.ana, group)
    for act in ("member_accept", "member_decline", "member_take_off"):
        assert cast.ana.post(f"peers:{act}", group.pk, asked.pk).status_code == 403
        assert cast.ben.post(f"peers:{act}", group.pk, asked.pk).status_code == 403
    other = people.begins(cast.ben, joining="by request")
    assert cast.ben.post("peers:member_accept", other.pk, asked.pk).status_code == 404
    cast.ben.post("peers:member_decline", other.pk, asked.pk)
    assert names(roster_of(dana, group).asking) == ["ana"]


def test_somebody_is_added_by_first_name(dana: Person, group: Group) -> None:
    assert dana.post("peers:member_add", group.pk, called="Eve").status_code == 302
    assert "Added. They have a place." in page_of(dana, group)
    assert dana.post("peers:member_add", group.pk, called=" ").status_code == 422
    adds(dana, group, "Ada")
    dana.post("peers:member_add", group.pk, called="Zoe")
    assert "They stand in line now." in page_of(dana, group)
    roster = roster_of(dana, group)
    assert (names(roster.with_place), names(roster.waiting)) == (["Ada", "Eve"], ["Zoe"])


def test_taking_off_gives_the_place_to_the_next(dana: Person, group: Group) -> None:
    eve, *_others = adds(dana, group, "Eve", "Ada", "Zoe")
    for _each in range(2):
        assert dana.post("peers:member_take_off", group.pk, eve).status_code == 302
        assert names(roster_of(dana, group).with_place) == ["Ada", "Zoe"]
    with dana.acting():
        assert Membership.objects.open().filter(group=group).count() == 2


def test_more_places_go_to_who_is_next_and_nobody_loses_one(dana: Person, group: Group) -> None:
    adds(dana, group, "Eve", "Ada", "Zoe")
    assert send(dana, "peers:group_change", group.pk, form={**CHANGED, "capacity": "3"}).status_code == 302
    assert names(roster_of(dana, group).with_place) == ["Ada", "Eve", "Zoe"]
    response = send(dana, "peers:group_change", group.pk, form={**CHANGED, "capacity": "2"})
    assert response.status_code == 422
    assert "3 people have a place. Write 3 or more." in response.content.decode()
    assert people.of(dana, group).capacity == 3


def test_somebody_is_asked_to_help(cast: Cast, dana: Person, group: Group) -> None:
    assert dana.post("peers:helper_ask", group.pk, username="ANA").status_code == 302
    page = page_of(dana, group)
    assert "Asked to help. Has not answered yet." in page
    again = dana.post("peers:helper_ask", group.pk, username="ana")
    assert again.status_code == 422
    assert "They help to run it already, or were asked." in again.content.decode()


def test_asking_for_help_wants_the_passphrase_first(cast: Cast, dana: Person, group: Group) -> None:
    dana.confirms(seconds_ago=301)
    dana.post("peers:helper_ask", group.pk, username="ana")
    with dana.acting():
        assert Facilitator.objects.open().filter(group=group).count() == 1


def test_names_cannot_be_tried_without_end(dana: Person, group: Group) -> None:
    answers = [dana.post("peers:helper_ask", group.pk, username=f"name-{n}").content.decode() for n in range(41)]
    assert "We know nobody by this name." in answers[0]
    assert "You tried many names." in answers[-1]


def test_an_end_of_helping(cast: Cast, dana: Person, group: Group) -> None:
    helping = people.helps(cast.ana, group, dana, "Annie")
    with dana.acting():
        mine = Facilitator.objects.get(group=group, person=dana.pk)
    # Ana was asked by Dana, not the other way round.
    assert cast.ana.post("peers:helper_end", group.pk, mine.pk).status_code == 404
    assert "End their help" not in page_of(cast.ana, group)
    assert "End their help" in page_of(dana, group)
    assert dana.post("peers:helper_end", group.pk, helping.pk).status_code == 302
    assert cast.ana.get("peers:group_run", group.pk).status_code == 403
    dana.post("peers:helper_end", group.pk, mine.pk)
    assert "Somebody must run the group." in page_of(dana, group)


def test_a_question_is_taken_back(cast: Cast, dana: Person, group: Group) -> None:
    asked = people.is_asked_to_help(cast.ana, group, dana)
    assert "Take the question back" in page_of(dana, group)
    assert dana.post("peers:helper_end", group.pk, asked.pk).status_code == 302
    assert "They ask you to help" not in cast.ana.get("peers:group_list").content.decode()
    assert dana.post("peers:helper_end", group.pk, asked.pk).status_code == 302, "pressing twice is no mistake"


def test_who_runs_it_can_stop_once_somebody_else_does(cast: Cast, dana: Person, group: Group) -> None:
    people.helps(cast.ana, group, dana)
    with dana.acting():
        mine = Facilitator.objects.running().get(group=group, person=dana.pk)
    assert dana.post("peers:helper_end", group.pk, mine.pk).status_code == 302
    assert "You do not run this group any more." in dana.get("peers:group_list").content.decode()
    assert dana.get("peers:group_run", group.pk).status_code == 403


def test_who_runs_it_alone_reads_how_to_stop(cast: Cast, dana: Person, group: Group) -> None:
    people.is_asked_to_help(cast.ana, group, dana)
    alone = page_of(dana, group)
    assert "You run it alone now. To stop, ask somebody to help first." in alone
    assert "Or take it out of Find a group under Change the group." in alone
    assert "Yes, stop" not in alone
    people.helps(cast.ben, group, dana)
    together = page_of(dana, group)
    assert "You run it alone now." not in together
    assert "Yes, stop" in together
    assert "They have no place in the group then." in together
    hidden = people.begins(cast.cora, is_listed=False)
    assert "Or take it out of Find a group" not in page_of(cast.cora, hidden)


@pytest.mark.parametrize("page", ["peers:group_run", "peers:session_list"])
def test_many_people_and_sessions_cost_no_more_queries(cast: Cast, dana: Person, page: str) -> None:
    group = people.begins(dana, capacity=20, joining="by request")
    fill(dana, group, 1)
    few, _brackets = dana.queries(page, group.pk)
    fill(dana, group, 15)
    many, _brackets = dana.queries(page, group.pk)
    assert len(many) == len(few) <= 8, many


def fill(dana: Person, group: Group, number: int) -> None:
    """That many with a place or in line, asking, helping, asked to help, and sessions."""
    taken = people.of(dana, group).places_taken
    adds(dana, group, *(f"Eve {each}" for each in range(2 * number)))
    for each in range(number):
        people.asks(Person(f"asks-{taken}-{each}"), group)
        people.helps(Person(f"helps-{taken}-{each}"), group, dana)
        people.is_asked_to_help(Person(f"asked-{taken}-{each}"), group, dana)
        people.opens(dana, group, date(2026, 3, 3) + timedelta(weeks=taken + each))
