"""Everything that changes a plan: writing, moving, removing, bringing back. Each act is whole or not at all."""

from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from django.db import IntegrityError, models, transaction
from django.utils import timezone

from plans.models import WAITS, Entry, Plan, Wording


class Conflict(Exception):
    """The entry has a newer wording than the one this edit began from. Carries it; nothing was changed."""

    def __init__(self, theirs: Wording) -> None:
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

    def began_from(self, newest: Wording | None) -> bool:
        if newest is None or newest.number == self.seen:
            return True
        return self.window_id is not None and newest.window_id == self.window_id


@transaction.atomic
def add(plan: Plan, spot: Spot, *, entry_id: UUID, edit: Edit) -> Wording:
    """Write an entry whose id was made with the form, so that sending the form twice makes one entry.

    If it exists already this is an edit of it. Raises Conflict or NotMine.
    """
    # The plan's row is the lock of its order: two windows that add at once get two places.
    Plan.objects.select_for_update().get(pk=plan.pk)
    entry = Entry.objects.filter(pk=entry_id, plan=plan).first()
    if entry is None:
        # One floor only: under an entry that itself stands under another, nobody would ever see it.
        above = Entry.objects.filter(pk=spot.parent_id, plan=plan, section=spot.section, parent=None)
        if spot.parent_id and not above.exists():
            raise NotMine
        entry = _place_last(plan, spot, entry_id)
    elif (entry.section, entry.part, entry.parent_id) != (spot.section, spot.part, spot.parent_id):
        raise NotMine
    return write(plan.lend([entry])[0], edit)


@transaction.atomic
def write(entry: Entry, edit: Edit) -> Wording:
    """Add a wording to an entry. Writing to a removed entry brings it back.

    The same words again are no change, so a save that is sent twice is kept once. Raises Conflict when
    somebody wrote in between.
    """
    # Two saves at once meet here: the second waits, then sees the first.
    current = Entry.objects.select_for_update().get(pk=entry.pk)
    newest = next(iter(entry.lend(Wording.objects.filter(entry=entry).order_by("-number")[:1])), None)
    is_known = newest is not None and newest.words == edit.words
    if newest and not is_known and not edit.began_from(newest):
        raise Conflict(newest)
    # Asked of the locked row: it may have been removed after `entry` was fetched.
    if current.removed_at:
        bring_back(entry)
    if newest and is_known:
        return newest
    number = newest.number + 1 if newest else 1
    wording = entry.new(Wording, entry=entry, number=number, words=edit.words, window_id=edit.window_id)
    wording.save()
    return wording


@transaction.atomic
def move(entry: Entry, by: int) -> tuple[int, int]:
    """Move an entry up (-1) or down (+1) in its list. Gives its new place, from 1, and how many there are."""
    Plan.objects.select_for_update().get(pk=entry.plan_id)
    rows = list(_neighbours(entry))
    here = next((index for index, row in enumerate(rows) if row.pk == entry.pk), None)
    if here is None:
        return 0, len(rows)
    there = min(max(here + by, 0), len(rows) - 1)
    rows.insert(there, rows.pop(here))
    for place, row in enumerate(rows):
        if row.place != place:
            Entry.objects.filter(pk=row.pk).update(place=place)
    return there + 1, len(rows)


def remove(entry: Entry) -> None:
    Entry.objects.filter(pk=entry.pk, removed_at=None).update(removed_at=timezone.now())


def bring_back(entry: Entry) -> None:
    """With the entry it stands under: below a removed one it would be neither seen nor among what was removed."""
    Entry.objects.filter(pk__in=[entry.pk, entry.parent_id]).update(removed_at=None)


def removed_since() -> datetime:
    """Entries removed after this moment can be brought back."""
    return timezone.now() - WAITS


def _neighbours(entry: Entry) -> models.QuerySet[Entry]:
    return Entry.objects.filter(
        plan=entry.plan_id, section=entry.section, part=entry.part, parent=entry.parent_id, removed_at=None
    ).order_by("place", "made_at", "pk")


def _place_last(plan: Plan, spot: Spot, entry_id: UUID) -> Entry:
    last = Entry.objects.filter(plan=plan, section=spot.section, part=spot.part, parent=spot.parent_id).aggregate(
        last=models.Max("place")
    )["last"]
    place = 0 if last is None else last + 1
    try:
        with transaction.atomic():
            return Entry.objects.create(
                pk=entry_id, holder_id=plan.holder_id, plan=plan, place=place,
                section=spot.section, part=spot.part, parent_id=spot.parent_id,
            )  # fmt: skip
    except IntegrityError as taken:
        raise NotMine from taken
