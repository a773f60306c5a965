"""The home page: what is there for somebody decides what it shows and what stands first. There are no roles."""

import re
from collections.abc import Iterator
from contextlib import AbstractContextManager
from datetime import datetime, timedelta
from unittest import mock
from zoneinfo import ZoneInfo

import pytest
from django.utils import timezone

from peers.models import Group
from tests.group_people import asks, begins, helps, is_asked_to_help, leaves, opens, terms
from tests.people import Cast, Person

NEW_YORK = ZoneInfo("America/New_York")
# The groups of these tests meet on Tuesdays at ten, New York time. A past day: sessions made now are good then.
TUESDAY_EARLY = datetime(2026, 3, 3, 9, 30, tzinfo=NEW_YORK)


@pytest.fixture
def tuesday() -> Iterator[None]:
    """It is Tuesday, half an hour before the group."""
    with at(TUESDAY_EARLY):
        yield


def at(moment: datetime) -> AbstractContextManager[object]:
    """The clock of the site."""
    return mock.patch.object(timezone, "now", return_value=moment)


def home(person: Person) -> str:
    page = person.get("home")
    shown = page.content.decode()
    assert "Hello" in shown, "the page of somebody who is signed in"
    return shown


def order(page: str, *words: str) -> list[str]:
    """The words in the order in which the page has them. Raises ValueError for those it does not have."""
    return sorted(words, key=page.index)


def headings(page: str) -> list[str]:
    return [re.sub(r"<[^>]+>", "", found).strip() for found in re.findall(r"<h2[^>]*>(.*?)</h2>", page, re.S)]


def main_buttons(page: str) -> int:
    """Buttons that are not quiet, in the page's own part."""
    main = page[page.index("<main") : page.index("</main")]
    return len(re.findall(r'class="button"', main))


def test_it_works(cast: Cast) -> None:
    """Somebody new: the day, and the ways for those who came to read or for a group."""
    page = home(cast.ana)
    assert headings(page) == ["How am I today?", "Did you come for something else?"]
    for words in ("Somebody gave me five words", "Find a group", "Start a group"):
        assert words in page
    assert main_buttons(page) == 1


def test_a_person_sees_their_day_their_groups_and_a_gain(cast: Cast) -> None:
    asks(cast.ana, begins(cast.ben, name="Sewing circle"), "Annie")
    cast.ana.writes("gains", "gains", text="I called Sam")
    page = home(cast.ana)
    assert headings(page) == ["How am I today?", "My groups", "A gain to remember"]
    assert "Sewing circle" in page
    assert "I called Sam" in page
    assert "Open the sheet" not in page
    assert main_buttons(page) == 1


def test_a_session_is_named_by_the_clock_of_the_group(cast: Cast, tuesday: None) -> None:
    cast.ana.user.time_zone = "Europe/Madrid"
    cast.ana.user.save()
    asks(cast.ana, begins(cast.ben))
    assert "Today, 10:00" in re.sub(r"\s+", " ", home(cast.ana))
    assert "16:00 on your clock" in re.sub(r"\s+", " ", home(cast.ana))


def test_how_i_stand_where_i_wait_and_nothing_of_what_i_left(cast: Cast) -> None:
    full = begins(cast.ben, name="Full house", capacity=1)
    asks(cast.cora, full)
    asks(cast.ana, full)
    asks(cast.ana, begins(cast.ben, name="By request", joining=Group.Joining.BY_REQUEST))
    left = begins(cast.ben, name="Long ago")
    asks(cast.ana, left)
    leaves(cast.ana, left)
    page = " ".join(home(cast.ana).split())
    assert "You are number 1 in line." in page
    assert "You asked to join. They have not answered yet." in page
    assert "Long ago" not in page


def test_a_place_that_became_free_shows(cast: Cast) -> None:
    full = begins(cast.ben, name="Full house", capacity=1)
    asks(cast.cora, full)
    asks(cast.ana, full)
    leaves(cast.cora, full)
    assert "Full house" in home(cast.ana)


def test_who_runs_a_group_that_meets_today_opens_its_sheet(cast: Cast, tuesday: None) -> None:
    group = begins(cast.ben)
    page = home(cast.ben)
    assert headings(page) == ["Groups I run", "My own plan"]
    assert main_buttons(page) == 1
    assert f'action="/groups/{group.pk}/sessions/open/"' in page
    day = re.search(r'name="day" value="([^"]+)"', page)
    assert day
    opened = cast.ben.post("peers:session_open", group.pk, day=day[1])
    assert opened["Location"].endswith(f"/sessions/{opens(cast.ben, group, TUESDAY_EARLY.date()).pk}/")


@pytest.mark.parametrize(("hours", "shows"), [(-9, True), (13, True), (15, False), (-10, False)])
def test_the_sheet_can_be_opened_all_day_where_the_group_is(cast: Cast, hours: int, shows: bool) -> None:
    """Before it begins, and in the evening when it is filled in; not at half past twelve the next night."""
    begins(cast.ben)
    with at(TUESDAY_EARLY + timedelta(hours=hours)):
        assert ("Open the sheet" in home(cast.ben)) is shows


def test_with_two_groups_today_one_button_is_the_main_one(cast: Cast, tuesday: None) -> None:
    begins(cast.ben, name="Morning")
    begins(cast.ben, name="Evening", at=terms().at.replace(hour=19))
    page = home(cast.ben)
    assert page.count("Open the sheet") == 2
    assert order(page, "Evening", "Morning") == ["Morning", "Evening"]
    assert main_buttons(page) == 1


def test_it_says_how_many_ask_to_join(cast: Cast) -> None:
    group = begins(cast.ben, joining=Group.Joining.BY_REQUEST)
    assert "to join." not in home(cast.ben)
    asks(cast.ana, group)
    assert "1 person asks to join." in home(cast.ben)
    asks(cast.cora, group)
    assert "2 people ask to join." in home(cast.ben)


def test_those_who_ask_stay_unnamed_here(cast: Cast) -> None:
    asks(cast.ana, begins(cast.ben, joining=Group.Joining.BY_REQUEST), "Annie")
    assert "Annie" not in home(cast.ben)


def test_a_question_to_help_is_seen_at_once_but_not_its_words(cast: Cast) -> None:
    """Anybody can name a group anything, and ask anybody."""
    is_asked_to_help(cast.ana, begins(cast.ben, name="Evening table"), cast.ben)
    page = home(cast.ana)
    assert "You are asked to help run a group" in page
    assert "Evening table" not in page


def test_a_crisis_for_which_nothing_is_written_leads_to_help(cast: Cast) -> None:
    page = home(cast.ana)
    assert "You have written nothing yet." in page
    assert page.count('href="/help/"') == home(cast.ben).count('href="/help/"') == 2
    cast.ana.writes("crisis", "signs", text="I do not answer")
    page = home(cast.ana)
    assert page.count('href="/help/"') == 1
    assert "Each one opens what you wrote for it." in page


def test_who_helps_runs_it_too(cast: Cast, tuesday: None) -> None:
    helps(cast.ana, begins(cast.ben), cast.ben)
    assert "Open the sheet" in home(cast.ana)


def test_a_reader_sees_who_shares_and_until_when(cast: Cast) -> None:
    share = cast.ana.shares(cast.ben, "plan.tools", my_name="Ms. A")
    forever = cast.cora.shares(cast.ben, "plan.goals", my_name="Cora P.")
    cast.ana.sets(share, ends_at=datetime(2031, 3, 1, 12, tzinfo=NEW_YORK))
    page = re.sub(r"\s+", " ", home(cast.ben))
    assert headings(page) == ["People who share with me", "My own plan"]
    assert order(page, "Cora P.", "Ms. A") == ["Ms. A", "Cora P."]
    assert "to 1 Mar 2031, read only" in page
    assert f'href="/people/{share.pk}/"' in page
    assert f'href="/people/{forever.pk}/"' in page
    assert "Somebody gave me five words" in page
    assert 'data-width="wide"' in page


@pytest.mark.parametrize("over", [{"stopped_at": TUESDAY_EARLY}, {"ends_at": TUESDAY_EARLY - timedelta(weeks=999)}])
def test_who_does_not_share_any_more_is_gone(cast: Cast, over: dict[str, datetime]) -> None:
    share = cast.ana.shares(cast.ben, "plan.tools", my_name="Ms. A")
    cast.ana.sets(share, **over)
    assert "Ms. A" not in home(cast.ben)


def test_an_offer_names_nobody_before_it_is_answered(cast: Cast) -> None:
    cast.ana.offers(cast.ben, "plan.tools", my_name="Ms. A")
    page = home(cast.ben)
    assert "1 person wants to share with you" in page
    assert "Ms. A" not in page


def test_what_i_share_is_not_shared_with_me(cast: Cast) -> None:
    cast.ana.shares(cast.ben, "plan.tools", my_name="Ms. A")
    assert "People who share with me" not in home(cast.ana)


def test_looking_at_the_home_page_is_no_reading(cast: Cast) -> None:
    cast.ana.shares(cast.ben, "plan.tools")
    before = len(cast.ana.log())
    home(cast.ben)
    assert len(cast.ana.log()) == before


def test_all_at_once_the_day_stands_first(cast: Cast, tuesday: None) -> None:
    cast.ana.writes("strengths", "strengths", text="I can whistle")
    cast.ana.writes("gains", "gains", text="I called Sam")
    asks(cast.ana, begins(cast.ben, name="Sewing circle"))
    begins(cast.ana, name="Walks")
    cast.cora.shares(cast.ana, "plan.tools", my_name="Cora P.")
    page = home(cast.ana)
    assert headings(page) == [
        "How am I today?",
        "My groups",
        "Groups I run",
        "People who share with me",
        "A gain to remember",
    ]
    assert main_buttons(page) == 1


def test_one_line_of_an_own_plan_puts_the_day_first(cast: Cast) -> None:
    cast.ana.shares(cast.ben, "plan.tools")
    entry = cast.ben.writes("strengths", "strengths", text="I can whistle")
    assert headings(home(cast.ben))[0] == "How am I today?"
    cast.ben.removes(entry)
    assert headings(home(cast.ben))[0] == "People who share with me"


def test_what_others_wrote_is_no_plan_of_mine(cast: Cast) -> None:
    cast.ana.writes("tools", "tools", text="A walk")
    cast.ana.shares(cast.ben, "plan.tools")
    assert headings(home(cast.ben))[0] == "People who share with me"


def test_the_tab_names_no_group_and_no_person(cast: Cast) -> None:
    begins(cast.ana, name="Sewing circle")
    cast.cora.shares(cast.ana, "plan.tools", my_name="Cora P.")
    title = re.search(r"<title>(.*?)</title>", home(cast.ana), re.S)
    assert title
    assert title[1].split() == ["Today", "-", "Helm"]


def test_many_shares_and_groups_cost_no_more_queries(cast: Cast, tuesday: None) -> None:
    def one_more(number: int) -> None:
        other = Person(f"other-{number}")
        other.shares(cast.ana, "plan.tools", my_name=f"Other {number}")
        asks(cast.ana, begins(other, name=f"Theirs {number}"))
        asks(other, begins(cast.ana, name=f"Mine {number}", joining=Group.Joining.BY_REQUEST))
        is_asked_to_help(cast.ana, begins(other, name=f"To help {number}"), other)

    one_more(0)
    few, _brackets = cast.ana.queries("home")
    for number in range(1, 8):
        one_more(number)
    many, _brackets = cast.ana.queries("home")
    assert len(many) == len(few) <= 10, many
    page = home(cast.ana)
    assert all(f"{whose} 7" in page for whose in ("Other", "Theirs", "Mine"))


def test_the_more_page_leads_to_my_groups_first(cast: Cast) -> None:
    page = cast.ana.get("more").content.decode()
    assert order(page, "My groups", "Sharing") == ["My groups", "Sharing"]
    assert 'href="/groups/"' in page


def test_somebody_with_a_group_sees_no_other_ways(cast: Cast) -> None:
    asks(cast.ana, begins(cast.ben))
    assert "Did you come for something else?" not in home(cast.ana)
