"""A person's pages of groups: what stands on them for each relation, on whose clock, and what they cost."""

from collections.abc import Callable
from datetime import UTC, date, datetime, time, timedelta
from types import SimpleNamespace
from typing import Any
from uuid import uuid4
from zoneinfo import ZoneInfo

import pytest
from django.db import connection
from django.template.loader import render_to_string
from django.utils import timezone

from peers import joining
from peers.models import Group
from peers.schedule import Weekly
from tests import group_people as people
from tests.people import Cast, Person

FOR_MEMBERS = "The door code is 4711."


@pytest.fixture
def dana(cast: Cast) -> Person:
    return Person("dana")


@pytest.fixture
def group(dana: Person) -> Group:
    """One place; who comes later stands in line."""
    return people.begins(dana, capacity=1)


@pytest.fixture
def at(monkeypatch: pytest.MonkeyPatch) -> Callable[[datetime], None]:
    """`at(moment)`: what the pages take for now."""

    def set_clock(moment: datetime) -> None:
        for room in ("views", "running_views", "lists"):
            monkeypatch.setattr(f"peers.{room}.timezone", SimpleNamespace(now=lambda: moment))

    return set_clock


def listed(person: Person) -> str:
    return person.get("peers:group_list").content.decode()


def detail(person: Person, group: Group) -> str:
    return person.get("peers:group_detail", group.pk).content.decode()


def test_it_works(cast: Cast, dana: Person, group: Group) -> None:
    people.asks(cast.ana, group, "Annie")
    page = detail(cast.ana, group)
    for words in ("Tuesday circle", "We talk and we listen.", "Library, room 2", "Dana", FOR_MEMBERS, "Annie"):
        assert words in page
    assert "Groups I am in" in listed(cast.ana)
    assert "Groups I run" in listed(dana)


def test_tab_titles_do_not_say_which_group(cast: Cast, dana: Person, group: Group) -> None:
    pages = [detail(cast.ana, group), listed(dana), dana.get("peers:group_run", group.pk).content.decode()]
    assert [page.split("<title>")[1].split("</title>")[0].split(" - ")[0].strip() for page in pages] == [
        "A group",
        "My groups",
        "A group",
    ]


@pytest.mark.parametrize("relation", ["visitor", "asking", "waiting", "asked to help", "facilitator"])
def test_only_members_read_what_is_for_members(cast: Cast, dana: Person, relation: str) -> None:
    group = people.begins(dana, capacity=1, joining="by request" if relation == "asking" else "open")
    person = dana if relation == "facilitator" else cast.ana
    if relation == "waiting":
        people.asks(cast.ben, group)
    if relation in ("waiting", "asking"):
        people.asks(cast.ana, group)
    if relation == "asked to help":
        people.is_asked_to_help(cast.ana, group, dana)
    assert people.of(person, group).relation == relation
    assert FOR_MEMBERS not in detail(person, group)


def test_a_visitor_sees_no_name_of_who_comes(cast: Cast, group: Group) -> None:
    people.asks(cast.ana, group, "Annie")
    page = detail(cast.ben, group)
    assert "Annie" not in page
    assert "Full. You can stand in line." in page
    assert "Join this group" in page


def test_free_places_are_told_in_words(cast: Cast, dana: Person) -> None:
    three = people.begins(dana, capacity=3)
    assert "3 places free." in cast.ana.get("peers:group_find").content.decode()
    people.asks(cast.ben, three)
    people.asks(cast.cora, three)
    assert "1 place free." in cast.ana.get("peers:group_find").content.decode()


def test_groups_that_cannot_be_found(cast: Cast, dana: Person) -> None:
    hidden = people.begins(dana, is_listed=False)
    assert "Tuesday circle" not in cast.ana.get("peers:group_find").content.decode()
    assert cast.ana.get("peers:group_detail", hidden.pk).status_code == 404
    assert cast.ana.get("peers:group_detail", uuid4()).status_code == 404


def test_who_is_in_line_reads_the_number(cast: Cast, group: Group) -> None:
    for person in (cast.ana, cast.ben, cast.cora):
        people.asks(person, group)
    assert "You are number 2 in line." in listed(cast.cora)
    assert "You are number 2 in line" in detail(cast.cora, group)
    people.leaves(cast.ana, group)
    assert "You are number 1 in line." in listed(cast.cora)
    assert FOR_MEMBERS in detail(cast.ben, group)


def test_who_runs_it_sees_what_a_visitor_sees(cast: Cast, dana: Person, group: Group) -> None:
    for words in ("We have not checked who they are.", "Next time:", "1 place free.", "Anybody can join."):
        assert words in detail(dana, group)
        assert words in detail(cast.ana, group)
    assert "Join this group" not in detail(dana, group)


def test_full_and_by_request_says_what_a_yes_brings(cast: Cast, dana: Person) -> None:
    group = people.begins(dana, capacity=1, joining="by request")
    assert "The people who run it say yes, or not this time." in detail(cast.ana, group)
    with dana.acting():
        joining.add(people.of(dana, group), "Eve")
    page = detail(cast.ana, group)
    assert "All places are taken now, so a yes puts you in line." in page
    assert "You can stand in line." not in page


def test_everybody_reads_their_own_attendance_only(cast: Cast, dana: Person) -> None:
    group = people.begins(dana)
    ana, ben = people.asks(cast.ana, group), people.asks(cast.ben, group)
    session = people.opens(dana, group, date(2026, 3, 3))
    people.marks(dana, session, **{str(ana.pk): "late", str(ben.pk): "sent word"})
    page = detail(cast.ana, group)
    assert "Tuesday 3 March 2026" in page
    assert "Late" in page
    assert "Sent word" not in page
    assert "Only you and the people who run the group see this." in page


def test_only_the_latest_sessions_stand_open(cast: Cast, dana: Person) -> None:
    group = people.begins(dana)
    standing = people.asks(cast.ana, group)
    attended(dana, group, standing.pk, weeks=range(6))
    assert "Earlier" not in detail(cast.ana, group)
    attended(dana, group, standing.pk, weeks=range(6, 8))
    page = detail(cast.ana, group)
    assert page.index("Leave this group") < page.index("When we met") < page.index("Earlier")
    latest, earlier = page.split("Earlier")
    assert (latest.count("Here</span>"), earlier.count("Here</span>")) == (6, 2)
    assert "Tuesday 3 March 2026" in earlier


def test_a_group_that_nobody_runs_any_more(cast: Cast, dana: Person, group: Group) -> None:
    people.asks(cast.ana, group)
    assert "Nobody runs this group" not in detail(cast.ana, group)
    erase(dana)
    assert "Nobody runs this group any more." in detail(cast.ana, group)


def erase(person: Person) -> None:
    with person.acting(), connection.cursor() as cursor:
        cursor.execute("SELECT sec.erase_person(%s)", [person.pk])


MARCH = [
    # New York's clocks go forward on 8 March 2026, Berlin's on the 29th, Phoenix's never.
    (datetime(2026, 3, 2, tzinfo=UTC), "Europe/Berlin", "Tuesday 3 March, 10:00", "(16:00 on your clock)"),
    (datetime(2026, 3, 9, tzinfo=UTC), "Europe/Berlin", "Tuesday 10 March, 10:00", "(15:00 on your clock)"),
    (datetime(2026, 3, 30, tzinfo=UTC), "Europe/Berlin", "Tuesday 31 March, 10:00", "(16:00 on your clock)"),
    (datetime(2026, 3, 2, tzinfo=UTC), "America/Phoenix", "Tuesday 3 March, 10:00", "(08:00 on your clock)"),
    (datetime(2026, 3, 9, tzinfo=UTC), "America/Phoenix", "Tuesday 10 March, 10:00", "(07:00 on your clock)"),
    (datetime(2026, 3, 2, tzinfo=UTC), "Pacific/Auckland", "Tuesday 3 March, 10:00", "(Wednesday 04:00 on your clock)"),
    (datetime(2026, 3, 9, tzinfo=UTC), "America/Toronto", "Tuesday 10 March, 10:00", ""),
]


@pytest.mark.parametrize(("now", "zone", "theirs", "mine"), MARCH)
def test_both_clocks_across_clock_changes(
    cast: Cast, dana: Person, at: Callable[..., None], now: datetime, zone: str, theirs: str, mine: str
) -> None:
    group = people.begins(dana)
    cast.ana.user.time_zone = zone
    cast.ana.user.save()
    at(now)
    for page in (detail(cast.ana, group), cast.ana.get("peers:group_find").content.decode()):
        words = " ".join(page.split())
        assert theirs in words
        assert ("on your clock" in words) is bool(mine)
        assert mine in words


def test_today_is_the_groups_day(dana: Person, at: Callable[..., None]) -> None:
    """At 2:00 on Wednesday in London it is still Tuesday evening in New York."""
    people.begins(dana, weekday=1)
    at(datetime(2026, 3, 3, 13, 0, tzinfo=UTC))
    assert "Today, 10:00" in listed(dana)
    at(datetime(2026, 3, 4, 2, 0, tzinfo=UTC))
    assert "Today" not in listed(dana).split("Groups I run")[1].split("</section>")[0]


def test_today_is_not_said_where_it_is_another_day(dana: Person, at: Callable[..., None]) -> None:
    """Tuesday at 10:00 in New York is Wednesday in Auckland, where Tuesday has not ended yet an hour before."""
    people.begins(dana, weekday=1)
    dana.user.time_zone = "Pacific/Auckland"
    dana.user.save()
    for now in (datetime(2026, 3, 3, 10, 0, tzinfo=UTC), datetime(2026, 3, 3, 13, 0, tzinfo=UTC)):
        at(now)
        words = " ".join(listed(dana).split())
        assert "Tuesday 3 March, 10:00" in words
        # At 13:00 UTC it is Wednesday in Auckland too: the same day for both.
        assert ("Today, 10:00" in words) is (now.hour == 13)


def test_on_paper_stands_the_date() -> None:
    weekly = Weekly(1, time(10), 60, ZoneInfo("America/New_York"))
    with timezone.override("America/New_York"):
        words = render_to_string("peers/when.html", {"at": weekly.on(date(2026, 3, 3)), "is_today": True})
    today, paper = words.split('class="on-paper"')
    assert "Today, 10:00" in today.split('class="no-print"')[1]
    assert "Tuesday 3 March, 10:00" in paper


def test_an_hour_that_a_clock_change_leaves_out_is_shown_as_it_is_said() -> None:
    weekly = Weekly(6, time(2, 30), 60, ZoneInfo("America/New_York"))
    with timezone.override("America/New_York"):
        words = render_to_string("peers/when.html", {"at": weekly.on(date(2026, 3, 8))})
    assert "Sunday 8 March, 02:30" in " ".join(words.split())


@pytest.mark.parametrize("page", ["peers:group_list", "peers:group_find"])
def test_many_groups_cost_no_more_queries(cast: Cast, dana: Person, page: str) -> None:
    more_groups(cast, dana, 1)
    asked, _brackets = cast.ana.queries(page)
    more_groups(cast, dana, 6)
    many, _brackets = cast.ana.queries(page)
    assert len(many) == len(asked) <= 9, many


def more_groups(cast: Cast, dana: Person, number: int) -> None:
    """Of each kind that many: to find, with a place, in line, asking, run, asked to help, and answered."""
    for _each in range(number):
        open_, full, by_request, declining = (
            people.begins(dana, **terms)
            for terms in ({}, {"capacity": 1}, {"joining": "by request"}, {"joining": "by request"})
        )
        people.asks(cast.ben, full)
        for group in (open_, full, by_request):
            people.asks(cast.ana, group)
        asked = people.asks(cast.ana, declining)
        with dana.acting():
            joining.decline(people.of(dana, declining), asked.pk)
        people.is_asked_to_help(cast.ana, people.begins(dana), dana)
        people.begins(dana)
        people.begins(cast.ana)


def test_a_long_attendance_costs_no_more_queries(cast: Cast, dana: Person) -> None:
    group = people.begins(dana)
    standing = people.asks(cast.ana, group)
    attended(dana, group, standing.pk, weeks=range(1))
    asked, _brackets = cast.ana.queries("peers:group_detail", group.pk)
    attended(dana, group, standing.pk, weeks=range(1, 20))
    many, _brackets = cast.ana.queries("peers:group_detail", group.pk)
    assert len(many) == len(asked) <= 8, many


def attended(dana: Person, group: Group, member: Any, weeks: range) -> None:
    for week in weeks:
        session = people.opens(dana, group, date(2026, 3, 3) + timedelta(weeks=week))
        people.marks(dana, session, **{str(member): "here"})
