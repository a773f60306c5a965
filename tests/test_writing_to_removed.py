"""Writing to an entry that was removed meanwhile brings it back: nobody reads "Saved" about words out of sight."""

import uuid

import pytest

from accounts.models import User
from plans.models import Entry, Plan
from records.acting import say_who_acts
from records.writing import Conflict, Edit, Spot, add, remove, write

pytestmark = pytest.mark.django_db

FIRST, OTHER = Edit({"text": "walk"}, window_id=uuid.uuid4()), Edit({"text": "run"}, window_id=uuid.uuid4())


@pytest.fixture
def entry() -> Entry:
    """An entry as an open page holds it."""
    marisol = User.objects.create_user("marisol")
    say_who_acts(marisol.pk)
    plan = Plan.objects.visible_to(marisol).get()
    return plan.lend([add(plan, Spot("tools", "tools"), entry_id=uuid.uuid4(), edit=FIRST).entry])[0]


def is_removed(entry: Entry) -> bool:
    return Entry.objects.get(pk=entry.pk).removed_at is not None


@pytest.mark.parametrize("edit", [FIRST, Edit({"text": "run"}, seen=1)])
def test_it_works(entry: Entry, edit: Edit) -> None:
    remove(entry)
    assert entry.removed_at is None, "the page does not know yet"
    assert write(entry, edit).words == edit.words
    assert not is_removed(entry)


def test_what_is_refused_brings_nothing_back(entry: Entry) -> None:
    remove(entry)
    with pytest.raises(Conflict):
        write(entry, OTHER)
    assert is_removed(entry)
