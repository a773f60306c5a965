"""What changes a written record: writing, moving, removing, bringing back. Each act is whole or not at all."""

from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.db import IntegrityError, models, transaction
from django.utils import timezone

from records.entries import EntryWording, Written, WrittenEntry


class Conflict(Exception):
    """The entry has a newer wording than the one this edit began from. Carries it; nothing was changed."""

    def __init__(self, theirs: EntryWording) -> None:
        super().__init__("changed in another place")
        self.theirs = theirs


class NotMine(Exception):
    """The id belongs to an entry of somebody else, or to another list."""


@dataclass(frozen=True)
class Spot:
    """Where an entry stands: section, list, and the entry it stands under, if any."""

    section: str
    part: str
    parent_id: UUID | None = None


@dataclass(frozen=True)
class Edit:
    """What one open form sends: its answers, the number of the wording it began from (0 for none), and its id.

    A form that saves by itself sends many edits. Its own earlier saves are no conflict with the later ones,
    even if the answer to one was lost on the way.
    """

    words: dict[str, str] = field(repr=False)
    seen: int = 0
    window_id: UUID | None = None

    def began_from(self, newest: EntryWording | None) -> bool:
        if newest is None or newest.number == self.seen:
            return True
        return self.window_id is not None and newest.window_id == self.window_id


@transaction.atomic
def add(record: Written, spot: Spot, *, entry_id: UUID, edit: Edit) -> Any:
    """Write an entry whose id was made with the form, so that sending the form twice makes one entry.

    If it exists already this is an edit of it. Raises Conflict or NotMine.
    """
    # Two windows that add at once get two places.
    _lock(type(record), record.pk)
    entries = record.entry_model().objects.filter(record=record)
    entry = entries.filter(pk=entry_id).first()
    if entry is None:
        # One floor only: under an entry that itself stands under another, nobody would ever see it.
        above = entries.filter(pk=spot.parent_id, section=spot.section, parent=None)
        if spot.parent_id and not above.exists():
            raise NotMine
        entry = _place_last(record, spot, entry_id)
    elif (entry.section, entry.part, entry.parent_id) != (spot.section, spot.part, spot.parent_id):
        raise NotMine
    return write(record.lend([entry])[0], edit)


@transaction.atomic
def write(entry: WrittenEntry, edit: Edit) -> Any:
    """Add a wording to an entry. Writing to a removed entry brings it back.

    The same words again are no change, so a save that is sent twice is kept once. Raises Conflict when
    somebody wrote in between.
    """
    # Two saves at once meet here: the second waits, then sees the first.
    _lock(_record_model(entry), entry.record_id)
    current = type(entry)._default_manager.get(pk=entry.pk)
    wordings = entry.wording_model().objects.filter(entry=entry)
    newest = next(iter(entry.lend(wordings.order_by("-number")[:1])), None)
    is_known = newest is not None and newest.words == edit.words
    if newest and not is_known and not edit.began_from(newest):
        raise Conflict(newest)
    # Asked of the locked row: it may have been removed after `entry` was fetched.
    if current.removed_at:
        _put_back(entry)
    if newest and is_known:
        return newest
    number = newest.number + 1 if newest else 1
    wording = entry.new(entry.wording_model(), entry=entry, number=number, words=edit.words, window_id=edit.window_id)
    wording.save()
    _note_change(entry)
    return wording


@transaction.atomic
def move(entry: WrittenEntry, by: int) -> tuple[int, int]:
    """Move an entry up (-1) or down (+1) in its list. Gives its new place, from 1, and how many there are."""
    _lock(_record_model(entry), entry.record_id)
    rows = list(_neighbours(entry))
    here = next((index for index, row in enumerate(rows) if row.pk == entry.pk), None)
    if here is None:
        return 0, len(rows)
    there = min(max(here + by, 0), len(rows) - 1)
    if there != here:
        _note_change(entry)
    rows.insert(there, rows.pop(here))
    for place, row in enumerate(rows):
        if row.place != place:
            type(entry)._default_manager.filter(pk=row.pk).update(place=place)
    return there + 1, len(rows)


@transaction.atomic
def remove(entry: WrittenEntry) -> None:
    _lock(_record_model(entry), entry.record_id)
    if type(entry)._default_manager.filter(pk=entry.pk, removed_at=None).update(removed_at=timezone.now()):
        _note_change(entry)


@transaction.atomic
def bring_back(entry: WrittenEntry) -> None:
    """An entry that was removed stands where it stood; a form that was emptied says again what it said before."""
    _lock(_record_model(entry), entry.record_id)
    _put_back(entry)
    newest = entry.newest()
    if newest.words:
        return
    earlier = entry.lend(entry.wording_model().objects.filter(entry=entry).order_by("-number"))
    last = next((wording for wording in earlier if wording.words), None)
    if last:
        write(entry, Edit(last.words, seen=newest.number))


def _put_back(entry: WrittenEntry) -> None:
    """With the entry it stands under: below a removed one it would be neither seen nor among what was removed."""
    both = type(entry)._default_manager.filter(pk__in=[entry.pk, entry.parent_id])
    if both.exclude(removed_at=None).update(removed_at=None):
        _note_change(entry)


def _lock(model: type[Written], pk: UUID) -> None:
    """Whatever changes a record waits here for whoever is changing it, so no two can wait for each other."""
    model._default_manager.select_for_update().get(pk=pk)


def _note_change(entry: WrittenEntry) -> None:
    _record_model(entry)._default_manager.filter(pk=entry.record_id).update(changed_at=timezone.now())


def _record_model(entry: WrittenEntry) -> type[Written]:
    return type(entry)._meta.get_field("record").related_model


def _neighbours(entry: WrittenEntry) -> models.QuerySet:
    return (
        type(entry)
        ._default_manager.filter(
            record=entry.record_id, section=entry.section, part=entry.part, parent=entry.parent_id, removed_at=None
        )
        .order_by("place", "made_at", "pk")
    )


def _place_last(record: Written, spot: Spot, entry_id: UUID) -> Any:
    entries = record.entry_model().objects
    last = entries.filter(record=record, section=spot.section, part=spot.part, parent=spot.parent_id).aggregate(
        last=models.Max("place")
    )["last"]
    place = 0 if last is None else last + 1
    try:
        with transaction.atomic():
            return entries.create(
                pk=entry_id, holder_id=record.holder_id, record=record, place=place,
                section=spot.section, part=spot.part, parent_id=spot.parent_id,
            )  # fmt: skip
    except IntegrityError as taken:
        raise NotMine from taken
