"""After 30 days what was removed is gone for good, and nothing else is."""

import uuid
from datetime import timedelta

import pytest
from django.core.management import call_command
from django.db import DatabaseError, connection, transaction
from django.utils import timezone

from accounts.models import User
from plans.models import Entry, Plan, Wording
from records import writing
from records.acting import acting_as

pytestmark = pytest.mark.django_db


def _person_with_entries() -> tuple[User, dict[str, Entry]]:
    person = User(username=f"person-{uuid.uuid4().hex[:8]}")
    person.save()
    with acting_as(person.pk):
        plan = Plan.objects.visible_to(person).get(holder=person.pk)
        goal, step = uuid.uuid4(), uuid.uuid4()
        entries = {
            name: writing.add(plan, writing.Spot("goals", "goals"), entry_id=key, edit=writing.Edit({"text": name}))
            for name, key in (("old", goal), ("recent", uuid.uuid4()), ("kept", uuid.uuid4()))
        }
        under = writing.Spot("goals", "steps", goal)
        entries["step"] = writing.add(plan, under, entry_id=step, edit=writing.Edit({"text": "step"}))
        _removed_days_ago(entries["old"].entry, 31)
        _removed_days_ago(entries["recent"].entry, 29)
    return person, {name: wording.entry for name, wording in entries.items()}


def _removed_days_ago(entry: Entry, days: int) -> None:
    Entry.objects.filter(pk=entry.pk).update(removed_at=timezone.now() - timedelta(days=days))


def test_it_works() -> None:
    person, entries = _person_with_entries()
    call_command("clear_removed", verbosity=0)
    with acting_as(person.pk):
        left = set(Entry.objects.filter(holder=person.pk).values_list("pk", flat=True))
        assert left == {entries["recent"].pk, entries["kept"].pk}
        assert set(Wording.objects.values_list("entry_id", flat=True)) == left


def test_wordings_are_refused_to_change_again_afterwards() -> None:
    person, entries = _person_with_entries()
    call_command("clear_removed", verbosity=0)
    with acting_as(person.pk), pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("DELETE FROM plans_wording WHERE entry_id = %s", [entries["kept"].pk])
