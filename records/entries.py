"""Records that people write as lists of entries: the base of the plan, of the directive, and of what stands in them.

An entry is a place in a list; what it says is its newest wording. Rooms give the tables, their walls and their
catalogue; `writing` changes them, `reading` lays them out.
"""

from datetime import datetime, timedelta
from typing import Any, Self
from uuid import UUID, uuid5

from django.apps import apps
from django.db import connection, models
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone
from psycopg import sql

from records.append_only import AppendOnly, AppendOnlyQuerySet
from records.fields import SealedFields
from records.models import Held

# How long a removed entry can be brought back.
WAITS = timedelta(days=30)


class Written(Held):
    """A record made of lists of entries. Before it as a base stands `sharing.models.Record`, which says whose it is.

    `changed_at`: when what it says last changed, also by a new order or a removal. `writing` keeps it.
    """

    changed_at = models.DateTimeField(default=timezone.now)

    class Meta:
        abstract = True

    @property
    def is_mine(self) -> bool:
        """Was it fetched for its owner?"""
        raise NotImplementedError

    @classmethod
    def entry_model(cls) -> Any:
        """The `WrittenEntry` of this record."""
        raise NotImplementedError

    def may_read_section(self, key: str) -> bool:
        """May whom this record was fetched for read this section?"""
        raise NotImplementedError

    def newest_wordings(self, sections: list[str]) -> list[Any]:
        """What stands in these sections now, in the person's order, each with its entry. One query.

        Raises PermissionError for a section that was not shared with whom this record was fetched for.
        """
        if hidden := [key for key in sections if not self.may_read_section(key)]:
            raise PermissionError(f"not shared: {hidden}")
        rows = self._newest().filter(
            entry__removed_at=None, entry__section__in=sections, entry__parent__removed_at=None
        )
        return self._with_entries(rows.order_by("entry__place", "entry__made_at", "entry_id"))

    def newest_removed(self) -> list[Any]:
        """What was removed and can be brought back, the latest first. For the owner only."""
        if not self.is_mine:
            raise PermissionError("only the owner sees what was removed")
        rows = self._newest().filter(entry__removed_at__gt=removed_since())
        return self._with_entries(rows.order_by("-entry__removed_at"))

    def newest_emptied(self, parts: list[tuple[str, str]]) -> list[tuple[datetime, Any]]:
        """Of these forms (section, list) those that were emptied lately: when, and their last wording with words.

        For the owner only. One query, and a second one if there are any.
        """
        if not self.is_mine:
            raise PermissionError("only the owner sees what was taken back")
        if not parts:
            return []
        rows = self._newest().filter(
            entry_id__in=[self.single_id(*each) for each in parts], written_at__gt=removed_since()
        )
        emptied = {row.entry_id: row.written_at for row in self.lend(rows) if not row.words}
        if not emptied:
            return []
        model = self.entry_model().wording_model()
        before = self._with_entries(model.objects.filter(entry__in=emptied).order_by("entry", "-number"))
        last: dict[UUID, Any] = {}
        for wording in before:
            if wording.words:
                last.setdefault(wording.entry_id, wording)
        return [(emptied[entry_id], wording) for entry_id, wording in last.items()]

    def single_id(self, section: str, part: str) -> UUID:
        """The id of the one entry of a list that holds one: two windows that begin it write the same entry."""
        return uuid5(self.pk, f"{section}.{part}")

    def _newest(self) -> models.QuerySet:
        return self.entry_model().wording_model().objects.newest().filter(entry__record=self)

    def _with_entries(self, rows: models.QuerySet) -> list[Any]:
        wordings = self.lend(rows.select_related("entry"))
        self.lend(wording.entry for wording in wordings)
        return wordings


class WrittenEntry(Held):
    """One line of one list. Removed entries wait 30 days to be brought back. A room adds the key `record`."""

    section = models.CharField(max_length=40)
    part = models.CharField(max_length=40)
    parent = models.ForeignKey("self", models.PROTECT, null=True, related_name="+")
    place = models.PositiveIntegerField()
    made_at = models.DateTimeField(default=timezone.now)
    removed_at = models.DateTimeField(null=True)

    record_id: UUID
    parent_id: UUID | None

    class Meta:
        abstract = True
        verbose_name_plural = "entries"
        indexes = [models.Index(fields=["record", "section", "place"], name="%(app_label)s_entry_by_section")]

    @classmethod
    def wording_model(cls) -> Any:
        """The `EntryWording` of this entry."""
        raise NotImplementedError

    def newest(self) -> Any:
        return self.lend(self.wording_model().objects.filter(entry=self).order_by("-number")[:1])[0]


class WordingQuerySet(AppendOnlyQuerySet):
    def newest(self) -> Self:
        """Of each entry the last wording only."""
        later = self.model._default_manager.filter(entry=OuterRef("entry"), number__gt=OuterRef("number"))
        return self.filter(~Exists(later))


class EntryWording(AppendOnly):
    """What an entry said from one moment on. Numbers count up from 1 within an entry. A room adds the key `entry`."""

    number = models.PositiveIntegerField()
    words = SealedFields(help_text="Question → answer, as the catalogue names them.")
    window_id = models.UUIDField(null=True, help_text="The open form it was written in.")
    written_at = models.DateTimeField(default=timezone.now)

    objects = WordingQuerySet.as_manager()

    # A foreign key that each room adds.
    entry: Any

    class Meta:
        abstract = True
        constraints = [
            models.UniqueConstraint(fields=["entry", "number"], name="%(app_label)s_wording_numbered_once"),
            models.CheckConstraint(condition=Q(number__gte=1), name="%(app_label)s_wording_numbers_from_one"),
        ]


def waiting() -> Q:
    """Entries that are there, or were removed less than 30 days ago."""
    return Q(removed_at=None) | Q(removed_at__gt=removed_since())


def removed_since() -> datetime:
    """Entries removed after this moment can be brought back."""
    return timezone.now() - WAITS


def clear_removed() -> int:
    """Takes away for good what was removed more than 30 days ago, of everybody, in every room. Gives how many."""
    rooms = [model._meta.app_label for model in apps.get_models() if issubclass(model, WrittenEntry)]
    with connection.cursor() as cursor:
        cleared = 0
        for room in rooms:
            cursor.execute(sql.SQL("SELECT sec.{}()").format(sql.Identifier(f"clear_removed_{room}")))
            cleared += cursor.fetchone()[0]
        return cleared
