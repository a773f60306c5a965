"""The plan, its entries and their wordings."""

from typing import TYPE_CHECKING, Self

from django.db import models
from django.db.models import Q, Value
from django.db.models.functions import Concat

from records.entries import EntryWording, WordingQuerySet, Written, WrittenEntry, waiting
from records.fields import SealedText
from sharing.models import Record
from sharing.policy import Relation
from sharing.querysets import RecordQuerySet

if TYPE_CHECKING:
    from accounts.models import User


class Plan(Record, Written):
    """A person's recovery plan. Everybody has exactly one, from the moment they sign up."""

    called = SealedText(null=True, help_text="What the person likes to be called.")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["holder"], name="plan_one_each")]

    @classmethod
    def begin(cls, user: "User") -> None:
        cls.objects.create(holder_id=user.pk)

    @classmethod
    def entry_model(cls) -> type["Entry"]:
        return Entry

    def may_read_section(self, key: str) -> bool:
        return self.may_read(f"plan.{key}")


class EntryQuerySet(RecordQuerySet):
    def visible_to(self, user: "User") -> Self:
        """The owner's entries, also removed ones for 30 days; for a reader those in a shared section."""
        shared = Q(removed_at=None, parent__removed_at=None, parts__contains=[Concat(Value("plan."), "section")])
        return super().visible_to(user).filter(Q(relation=Relation.OWNER) & waiting() | shared)


class Entry(Record, WrittenEntry):
    """One line of one list of the plan."""

    record = models.ForeignKey(Plan, models.PROTECT, related_name="+")

    objects = EntryQuerySet.as_manager()

    class Meta(WrittenEntry.Meta):
        abstract = False

    @classmethod
    def wording_model(cls) -> type["Wording"]:
        return Wording

    def its_plan(self, user: "User") -> Plan:
        return Plan.objects.visible_to(user).get(pk=self.record_id)


class Wording(EntryWording):
    """What an entry of the plan said from one moment on."""

    entry = models.ForeignKey(Entry, models.PROTECT, related_name="+")

    objects = WordingQuerySet.as_manager()
