"""Files that were made for somebody: sealed under their holder's key, kept for a day, never changed.

Each can be made again from what it was made of, so none is the only copy of anything.
"""

from typing import Any
from uuid import UUID

from django.db import connection, models
from django.utils import timezone

from records.fields import SealedBytes
from records.models import Held


class File(Held):
    """One made file. The same content of the same record is one row, however often it is made."""

    subject_id = models.UUIDField(help_text="The record it was made of.")
    part = models.CharField(max_length=60, help_text="What must be shared with whoever is to read it.")
    kind = models.CharField(max_length=60)
    fingerprint = models.BinaryField(max_length=32, help_text="Of all it was made of, under the holder's key.")
    content = SealedBytes()
    made_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["subject_id", "kind", "fingerprint"], name="file_made_once"),
        ]
        indexes = [models.Index(fields=["made_at"], name="file_by_age")]


def keep(record: Held, *, kind: str, part: str, fingerprint: bytes, content: bytes) -> File:
    """Keep what was made of a record; if somebody was quicker, theirs.

    `fingerprint`: from `record.key.fingerprint` over all that the file was made of. Raises NotLent for a record that
    did not come from `visible_to`, and PermissionError for a part that it was not fetched for.
    """
    if not _is_open(record, part):
        raise PermissionError(f"not shared: {part}")
    made = record.new(File, subject_id=record.pk, kind=kind, part=part, fingerprint=fingerprint, content=content)
    File.objects.bulk_create([made], ignore_conflicts=True)
    return record.lend(_of(record).filter(kind=kind, fingerprint=fingerprint))[0]


def find(record: Held, *, kind: str, fingerprint: bytes) -> File | None:
    """What was made of this content before, readable; None if it was not, or its day is over."""
    return next(iter(record.lend(_of(record).filter(kind=kind, fingerprint=fingerprint))), None)


def fetch(record: Held, pk: UUID | None) -> File | None:
    """One file of this record by its id, readable; None if it is of another record, hidden, or gone."""
    return next(iter(record.lend(_of(record).filter(pk=pk))), None)


def clear_old() -> int:
    """Take away files older than a day and jobs older than a week. Gives how many files went."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT sec.clear_old_files()")
        return cursor.fetchone()[0]


def _of(record: Held) -> Any:
    """The files of a record, of the parts it was fetched for only."""
    files = File.objects.filter(subject_id=record.pk, holder_id=record.holder_id)
    parts = _parts(record)
    return files if parts is None else files.filter(part__in=parts)


def _is_open(record: Held, part: str) -> bool:
    parts = _parts(record)
    return parts is None or part in parts


def _parts(record: Held) -> list[str] | None:
    """What `visible_to` wrote on the record: the parts that were shared with its reader, None for its owner."""
    # SECURITY: a record fetched any other way has no key either, and `lend` refuses it.
    parts: list[str] | None = getattr(record, "parts", None)
    return parts
