"""The cache in which limits count. It keeps no address in clear, and never drops a count that still holds."""

from datetime import datetime
from typing import Any

from django.core.cache.backends.db import DatabaseCache
from django.db import connections
from django.utils.crypto import salted_hmac


def hidden_key(key: str, key_prefix: str, version: int) -> str:
    """Django's KEY_FUNCTION: a keyed hash, so that the table does not tell who came from which address."""
    return salted_hmac("accounts.counters", f"{key_prefix}:{version}:{key}", algorithm="sha256").hexdigest()


class Counters(DatabaseCache):
    """Django's database cache, but rows are only removed once they have run out."""

    def _cull(self, db: str, cursor: Any, now: datetime, num: int) -> None:
        # SECURITY: Django's own way also throws out live rows when the table is full. A stranger could then
        # wipe the count of wrong tries by signing in under many names. Rows in use elsewhere are passed over.
        table = connections[db].ops.quote_name(self._table)  # type: ignore[attr-defined]
        cursor.execute(
            f"DELETE FROM {table} WHERE cache_key IN"  # nosec B608  # noqa: S608 - the table's name comes from the settings
            f" (SELECT cache_key FROM {table} WHERE expires < %s LIMIT 1000 FOR UPDATE SKIP LOCKED)",
            [now],
        )
