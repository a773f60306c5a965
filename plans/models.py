"""The plan, its entries and their wordings. An entry is a place in a list; what it says is its newest wording."""

from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Self

from django.db import models
from django.db.models import Exists, OuterRef, Q, Value
from django.db.models.functions import Concat
from django.utils import timezone

from records.append_only import AppendOnly, AppendOnlyQuerySet
from records.fields import SealedFields, SealedText
from sharing.models import Record
from sharing.policy import Relation
from sharing.querysets import RecordQuerySet

if TYPE_CHECKING:
    from accounts.models import User


# How long a removed entry can be brought back.
WAITS = timedelta(days=30)


class Plan(Record):
    """A person's recovery plan. Everybody has exactly one, from the moment they sign up."""

    called = SealedText(null=True, help_text="What the person likes to be called.")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["holder"], name="plan_one_each")]

    @classmethod
    def begin(cls, user: "User") -> None:
        cls.objects.create(holder_id=user.pk)

    def newest_wordings(self, sections: list[str]) -> list["Wording"]:
        """What stands in these sections now, in the person's order, each with its entry. One query.

        Raises PermissionError for a section that was not shared with whom this plan was fetched for.
        """
        if hidden := [key for key in sections if not self.may_read(f"plan.{key}")]:
            raise PermissionError(f"not shared: {hidden}")
        rows = Wording.objects.newest().filter(
            entry__plan=self, entry__removed_at=None, entry__section__in=sections, entry__parent__removed_at=None
        )
        return self._with_entries(rows.order_by("entry__place", "entry__made_at", "entry_id"))

    def newest_removed(self, since: datetime) -> list["Wording"]:
        """What was removed since then, the latest first. For the owner only."""
        if self.relation != Relation.OWNER:
            raise PermissionError("only the owner sees what was removed")
        rows = Wording.objects.newest().filter(entry__plan=self, entry__removed_at__gt=since)
        return self._with_entries(rows.order_by("-entry__removed_at"))

    def _with_entries(self, rows: models.QuerySet["Wording"]) -> list["Wording"]:
        wordings = self.lend(rows.select_related("entry"))
        self.lend(wording.entry for wording in wordings)
        return wordings


class EntryQuerySet(RecordQuerySet):
    def visible_to(self, user: "User") -> Self:
        """The owner's entries, also removed ones for 30 days; for a reader those in a shared section."""
        shared = Q(removed_at=None, parent__removed_at=None, parts__contains=[Concat(Value("plan."), "section")])
        waiting = Q(removed_at=None) | Q(removed_at__gt=timezone.now() - WAITS)
        return super().visible_to(user).filter(Q(relation=Relation.OWNER) & waiting | shared)


class Entry(Record):
    """One line of one list of the plan. Removed entries wait 30 days to be brought back."""

    plan = models.ForeignKey(Plan, models.PROTECT, related_name="+")
    section = models.CharField(max_length=40)
    part = models.CharField(max_length=40)
    parent = models.ForeignKey("self", models.PROTECT, null=True, related_name="+")
    place = models.PositiveIntegerField()
    made_at = models.DateTimeField(default=timezone.now)
    removed_at = models.DateTimeField(null=True)

    objects = EntryQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "entries"
        indexes = [models.Index(fields=["plan", "section", "place"], name="entry_by_section")]

    def newest(self) -> "Wording":
        return self.lend(Wording.objects.filter(entry=self).order_by("-number")[:1])[0]


class WordingQuerySet(AppendOnlyQuerySet):
    def newest(self) -> Self:
        """Of each entry the last wording only."""
        later = Wording.objects.filter(entry=OuterRef("entry"), number__gt=OuterRef("number"))
        return self.filter(~Exists(later))


class Wording(AppendOnly):
    """What an entry said from one moment on. Numbers count up from 1 within an entry."""

    entry = models.ForeignKey(Entry, models.PROTECT, related_name="+")
    number = models.PositiveIntegerField()
    words = SealedFields(help_text="Question → answer, as the catalogue names them.")
    window_id = models.UUIDField(null=True, help_text="The open form it was written in.")
    written_at = models.DateTimeField(default=timezone.now)

    objects = WordingQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["entry", "number"], name="wording_numbered_once"),
            models.CheckConstraint(condition=Q(number__gte=1), name="wording_numbers_from_one"),
        ]
