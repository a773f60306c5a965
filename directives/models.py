"""The directive's draft: the state it is for, its entries and their wordings."""

from typing import TYPE_CHECKING, Self

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q, Value

from directives.jurisdictions import JURISDICTIONS
from directives.law import Jurisdiction
from records.entries import EntryWording, WordingQuerySet, Written, WrittenEntry, waiting
from sharing.models import Record
from sharing.policy import Relation
from sharing.querysets import RecordQuerySet

if TYPE_CHECKING:
    from accounts.models import User

# The name under which the draft is shared, all of it or nothing. It is kept in shares, so it never changes.
DRAFT = "directive.draft"


class DirectiveQuerySet(RecordQuerySet):
    def visible_to(self, user: "User") -> Self:
        """The person's own, and those whose draft was shared with them."""
        return super().visible_to(user).filter(Q(relation=Relation.OWNER) | Q(parts__contains=[DRAFT]))


class Directive(Record, Written):
    """A person's psychiatric advance directive, as a draft. Everybody has exactly one, from the moment they sign up.

    `state`: two letters as in the law's data ("NC"), "" until one is chosen. `skipped`: keys of the topics that were
    put aside, which says nothing about them.
    """

    state = models.CharField(max_length=2, default="", blank=True)
    skipped = ArrayField(models.CharField(max_length=40), default=list, blank=True)

    objects = DirectiveQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["holder"], name="directive_one_each")]

    @classmethod
    def begin(cls, user: "User") -> None:
        cls.objects.create(holder_id=user.pk)

    @classmethod
    def entry_model(cls) -> type["Entry"]:
        return Entry

    def may_read_section(self, key: str) -> bool:
        return self.may_read(DRAFT)

    @property
    def parts_read(self) -> list[str]:
        return [DRAFT]

    @property
    def law(self) -> Jurisdiction | None:
        """The law of the chosen state; None while none is chosen."""
        return JURISDICTIONS.get(self.state)


class EntryQuerySet(RecordQuerySet):
    def visible_to(self, user: "User") -> Self:
        """The owner's entries, also removed ones for 30 days; for a reader of the draft those that stand in it."""
        shared = Q(removed_at=None, parent__removed_at=None, parts__contains=[Value(DRAFT)])
        return super().visible_to(user).filter(Q(relation=Relation.OWNER) & waiting() | shared)


class Entry(Record, WrittenEntry):
    """One line of one list of a topic, or the form of a topic that has one."""

    record = models.ForeignKey(Directive, models.PROTECT, related_name="+")

    objects = EntryQuerySet.as_manager()

    class Meta(WrittenEntry.Meta):
        abstract = False

    @classmethod
    def wording_model(cls) -> type["Wording"]:
        return Wording

    def its_directive(self, user: "User") -> Directive:
        return Directive.objects.visible_to(user).get(pk=self.record_id)


class Wording(EntryWording):
    """What an entry of the directive said from one moment on."""

    entry = models.ForeignKey(Entry, models.PROTECT, related_name="+")

    objects = WordingQuerySet.as_manager()
