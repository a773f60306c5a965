"""Who acts in this transaction, told to the database: row-level security answers to nothing else.

The setting lasts until the transaction ends, so a pooled connection carries nobody into the next one.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from uuid import UUID

from django.db import connection, transaction


def say_who_acts(person: UUID | None, pass_hash: bytes | None = None) -> tuple[str, str]:
    """Set the person and the pass for the rest of this transaction; gives back what was set before."""
    # SECURITY: outside a transaction the setting would end with the statement, or worse, stay on the connection.
    if not connection.in_atomic_block:
        raise transaction.TransactionManagementError("say who acts inside a transaction: with acting_as(person_id): …")
    return _set(str(person or ""), (pass_hash or b"").hex())


@contextmanager
def acting_as(person: UUID | None, *, with_pass: bytes | None = None) -> Iterator[None]:
    """A transaction (or savepoint) in which this person acts, or the bearer of this pass."""
    with transaction.atomic():
        before = say_who_acts(person, with_pass)
        yield
        # After an error the savepoint's rollback has put the old values back already.
        _set(*before)


def who_acts() -> UUID | None:
    """The person the database holds responsible right now."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT sec.person()")
        return cursor.fetchone()[0]


def _set(person: str, pass_hash: str) -> tuple[str, str]:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT coalesce(current_setting('app.person', true), ''), coalesce(current_setting('app.pass', true), ''),"
            " set_config('app.person', %s, true), set_config('app.pass', %s, true)",
            [person, pass_hash],
        )
        row = cursor.fetchone()
    return row[0], row[1]
