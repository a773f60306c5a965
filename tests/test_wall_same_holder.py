"""A row hangs only on rows of the same holder, even for raw SQL: the database says so.

Of groups, `test_group_wall_writing` says the same row by row; here, that no pointer was left out.
"""

import uuid

import psycopg
import pytest
from django.apps import apps
from django.db import DatabaseError, connection, transaction

from plans.models import Entry
from records.models import Held
from tests.world import Cast

pytestmark = pytest.mark.django_db

HANG = """
    INSERT INTO plans_wording (id, holder_id, entry_id, number, words, written_at)
    SELECT %s, %s, %s, 99, words, now() FROM plans_wording WHERE holder_id = %s LIMIT 1
"""


def hang_a_wording(on: uuid.UUID, by: uuid.UUID) -> None:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(HANG, [uuid.uuid4(), by, on, by])
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")


def test_it_works(cast: Cast) -> None:
    """On an entry of one's own it is fine, on somebody else's it is not."""
    cast.ana.writes("tools", "tools", text="I walk by the river")
    cast.ben.writes("tools", "tools", text="I sing")
    with cast.ana.acting():
        of_ana = Entry.objects.get(holder=cast.ana.pk).pk
    with cast.ben.acting():
        hang_a_wording(on=Entry.objects.get(holder=cast.ben.pk).pk, by=cast.ben.pk)
        with pytest.raises(DatabaseError, match="same_holder"):
            hang_a_wording(on=of_ana, by=cast.ben.pk)


def test_every_pointer_between_held_rows_is_of_one_holder(admin: psycopg.Connection) -> None:
    """A new foreign key from one held row to another needs its `same_holder`."""
    pointers = {
        (model._meta.db_table, field.column)
        for model in apps.get_models()
        if issubclass(model, Held)
        for field in model._meta.fields
        if field.related_model and issubclass(field.related_model, Held)
    }
    rows = admin.execute(
        "SELECT conrelid::regclass::text, attname FROM pg_constraint JOIN pg_attribute ON attrelid = conrelid"
        " AND attnum = conkey[1] WHERE conname LIKE '%same_holder'"
    ).fetchall()
    assert pointers <= set(rows)
