"""A row hangs only on rows of the same holder, even for raw SQL: the database says so."""

import uuid

import pytest
from django.db import DatabaseError, connection, transaction

from plans.models import Entry
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
