"""Editing an entry: each save is a wording of its own, and the earlier ones stay."""

from uuid import uuid4

import pytest

from plans.models import Entry, Wording
from tests.world import Cast, Person


@pytest.fixture
def entry(cast: Cast) -> Entry:
    return cast.ana.writes("tools", "tools", text="I walk by the river", kind="activity")


def wordings(person: Person, entry: Entry) -> list[dict[str, str]]:
    with person.acting():
        own = Entry.objects.visible_to(person.user).get(pk=entry.pk)
        return [wording.words for wording in own.lend(Wording.objects.filter(entry=own).order_by("number"))]


def form(entry: Entry, /, **more: object) -> dict[str, object]:
    return {"entry": entry.pk, "seen": 1, "text": "I walk in the woods", **more}


def test_it_works(cast: Cast, entry: Entry) -> None:
    assert "I walk by the river" in cast.ana.get("plans:entry_edit", entry.pk).content.decode()
    assert cast.ana.post("plans:entry_edit", entry.pk, **form(entry, done="1")).status_code == 302
    assert wordings(cast.ana, entry) == [
        {"text": "I walk by the river", "kind": "activity"},
        {"text": "I walk in the woods"},
    ]


def test_the_same_words_again_are_no_new_wording(cast: Cast, entry: Entry) -> None:
    for _time in range(2):
        cast.ana.post("plans:entry_edit", entry.pk, **form(entry, text="I walk by the river", kind="activity"))
    assert len(wordings(cast.ana, entry)) == 1


def test_by_script_the_form_comes_alone(cast: Cast, entry: Entry) -> None:
    page = cast.ana.get("plans:entry_edit", entry.pk, headers={"HX-Request": "true"}).content.decode()
    assert "<html" not in page
    assert "I walk by the river" in page


def test_saved_by_script_on_a_press_it_leads_back(cast: Cast, entry: Entry) -> None:
    response = cast.ana.post("plans:entry_edit", entry.pk, htmx=True, **form(entry, done="1"))
    assert response.status_code == 204
    assert response.headers["HX-Redirect"].startswith("/plan/tools/")


@pytest.mark.parametrize(
    "wrong",
    [
        {"text": ""},
        {"text": "x" * 4001},
        {"text": "\x00"},
        {"kind": "spell"},
        {"seen": "-1"},
        {"entry": "x"},
        {"window": "x"},
    ],
)
def test_what_cannot_be_kept_is_said_calmly(cast: Cast, entry: Entry, wrong: dict[str, str]) -> None:
    assert cast.ana.post("plans:entry_edit", entry.pk, **form(entry, **wrong)).status_code == 422
    assert len(wordings(cast.ana, entry)) == 1


def test_nothing_sent_at_all_changes_nothing(cast: Cast, entry: Entry) -> None:
    assert cast.ana.post("plans:entry_edit", entry.pk).status_code == 422
    assert len(wordings(cast.ana, entry)) == 1


def test_a_date_and_a_choice_come_back_as_they_were(cast: Cast) -> None:
    gain = cast.ana.writes("gains", "gains", text="I slept", on="2026-01-02")
    page = cast.ana.get("plans:entry_edit", gain.pk).content.decode()
    assert 'value="2026-01-02"' in page


def test_a_hidden_id_of_another_entry_is_of_no_use(cast: Cast, entry: Entry) -> None:
    """The address says which entry; the box only names the region of the page."""
    other = cast.ben.writes("tools", "tools", text="Ben's own words")
    cast.ana.post("plans:entry_edit", entry.pk, **form(entry, entry=other.pk))
    assert len(wordings(cast.ana, entry)) == 2
    assert wordings(cast.ben, other) == [{"text": "Ben's own words"}]


def test_writing_to_a_removed_entry_brings_it_back(cast: Cast, entry: Entry) -> None:
    cast.ana.removes(entry)
    assert cast.ana.post("plans:entry_edit", entry.pk, **form(entry)).status_code == 302
    assert "I walk in the woods" in cast.ana.get("plans:section_detail", "tools").content.decode()


def test_somebody_elses_is_not_there(cast: Cast, entry: Entry) -> None:
    assert cast.cora.get("plans:entry_edit", entry.pk).status_code == 404
    assert cast.cora.post("plans:entry_edit", entry.pk, **form(entry)).status_code == 404
    assert cast.ana.get("plans:entry_edit", uuid4()).status_code == 404


def test_a_reader_reads_and_does_not_write(cast: Cast, entry: Entry) -> None:
    cast.ana.shares(cast.ben, "plan.tools")
    assert cast.ben.get("plans:entry_edit", entry.pk).status_code == 403
    assert cast.ben.post("plans:entry_edit", entry.pk, **form(entry)).status_code == 403
    assert len(wordings(cast.ana, entry)) == 1


def test_the_form_asks_eight_times_at_most(cast: Cast, entry: Entry) -> None:
    asked, _brackets = cast.ana.queries("plans:entry_edit", entry.pk)
    assert len(asked) <= 8, asked
