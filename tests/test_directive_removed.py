"""What was removed from a directive: it waits for 30 days, for its owner alone, and is gone afterwards."""

from datetime import timedelta

import pytest
from django.utils import timezone

from directives.models import Entry
from tests.world import Cast, Person


@pytest.fixture
def entry(cast: Cast) -> Entry:
    return cast.ana.answers("medicines_no", "medicines", text="The white one", generics="also")


def removed(person: Person, entry: Entry, days_ago: int = 0) -> None:
    with person.acting():
        Entry.objects.filter(pk=entry.pk).update(removed_at=timezone.now() - timedelta(days=days_ago))


def page(person: Person, name: str = "directives:directive_removed", *args: str) -> str:
    return person.get(name, *args).content.decode()


def test_it_works(cast: Cast, entry: Entry) -> None:
    response = cast.ana.post("directives:entry_remove", entry.pk)
    assert (response.status_code, response["Location"]) == (302, "/directive/medicines-no/")
    shown = page(cast.ana)
    assert "Medicines I do not want, removed on" in " ".join(shown.split())
    assert '<p class="card-words" data-words>The white one</p>' in shown
    assert f'action="/directive/entry/{entry.pk}/bring-back/"' in shown
    back = cast.ana.post("directives:entry_bring_back", entry.pk)
    assert back["Location"] == f"/directive/medicines-no/#entry-{entry.pk}"
    assert "The white one" not in page(cast.ana)
    assert "The white one" in page(cast.ana, "directives:section_detail", "medicines-no")


def test_nothing_removed_is_said(cast: Cast, entry: Entry) -> None:
    shown = page(cast.ana)
    assert "Nothing was removed in the last 30 days." in shown
    assert "The white one" not in shown


def test_it_belongs_to_the_directive_and_leads_back_there(cast: Cast, entry: Entry) -> None:
    shown = page(cast.ana)
    assert 'data-area="directive"' in shown
    assert 'href="/directive/"' in shown.split("<main")[1]
    plans = page(cast.ana, "plans:plan_removed")
    mark = shown.split('<span class="area-mark">')[1].split("</span>")[0]
    assert mark != plans.split('<span class="area-mark">')[1].split("</span>")[0], "each with its own mark"


def test_the_plan_and_the_directive_keep_theirs_apart(cast: Cast, entry: Entry) -> None:
    removed(cast.ana, entry)
    cast.ana.removes(cast.ana.writes("tools", "tools", text="I walk by the river"))
    assert "I walk by the river" not in page(cast.ana)
    assert "The white one" not in page(cast.ana, "plans:plan_removed")
    assert cast.ana.post("plans:entry_bring_back", entry.pk).status_code == 404


@pytest.mark.parametrize(("days", "is_there"), [(0, True), (29, True), (31, False)])
def test_it_waits_for_thirty_days(cast: Cast, entry: Entry, days: int, is_there: bool) -> None:
    removed(cast.ana, entry, days_ago=days)
    assert ("The white one" in page(cast.ana)) is is_there
    assert cast.ana.post("directives:entry_bring_back", entry.pk).status_code == (302 if is_there else 404)


def test_the_latest_stands_first(cast: Cast, entry: Entry) -> None:
    removed(cast.ana, cast.ana.answers("signs", "signs", text="I lose my way"), days_ago=2)
    removed(cast.ana, entry, days_ago=1)
    shown = page(cast.ana)
    assert shown.index("The white one") < shown.index("I lose my way")


def test_removing_again_does_not_start_the_days_anew(cast: Cast, entry: Entry) -> None:
    removed(cast.ana, entry, days_ago=29)
    assert cast.ana.post("directives:entry_remove", entry.pk).status_code == 302
    with cast.ana.acting():
        since = Entry.objects.get(pk=entry.pk).removed_at
    assert since
    assert timezone.now() - since > timedelta(days=28)


def test_nobody_else_removes_it_sees_it_or_brings_it_back(cast: Cast, entry: Entry) -> None:
    share = cast.ana.shares(cast.ben, "directive.draft")
    assert cast.ben.post("directives:entry_remove", entry.pk).status_code == 403
    assert cast.cora.post("directives:entry_remove", entry.pk).status_code == 404
    cast.ana.post("directives:entry_remove", entry.pk)
    for person in (cast.ben, cast.cora):
        assert "The white one" not in page(person)
        assert person.post("directives:entry_bring_back", entry.pk).status_code == 404
    assert "The white one" not in cast.ben.get("sharing:share_read", share.pk).content.decode()
    assert "The white one" in page(cast.ana)


def test_a_long_list_costs_no_more_queries(cast: Cast, entry: Entry) -> None:
    removed(cast.ana, entry)
    one, _brackets = cast.ana.queries("directives:directive_removed")
    for number in range(10):
        removed(cast.ana, cast.ana.answers("signs", "signs", text=f"sign {number}"))
    many, _brackets = cast.ana.queries("directives:directive_removed")
    assert len(many) == len(one) <= 8, many


def test_what_an_emptied_form_said_can_be_brought_back(cast: Cast) -> None:
    works = cast.ana.answers("works", text="Long walks")
    cast.ana.answers("works", text="Long walks by the lake")
    assert "Long walks" not in page(cast.ana)
    cast.ana.answers("works")
    shown = page(cast.ana)
    assert '<p class="card-words" data-words>Long walks by the lake</p>' in shown
    assert "What works best for me, removed on" in " ".join(shown.split())
    back = cast.ana.post("directives:entry_bring_back", works.pk)
    assert back["Location"] == f"/directive/works/#entry-{works.pk}"
    assert "Long walks by the lake" in page(cast.ana, "directives:section_detail", "works")
    assert "Long walks by the lake" not in page(cast.ana)
    cast.ana.post("directives:entry_bring_back", works.pk)
    assert "Long walks by the lake" in page(cast.ana, "directives:section_detail", "works"), "twice changes nothing"


def test_a_form_that_never_said_anything_leaves_nothing_to_bring_back(cast: Cast) -> None:
    cast.ana.answers("works")
    assert "Nothing was removed in the last 30 days." in page(cast.ana)
