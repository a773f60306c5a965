"""Holders of records and their keys, the base of every record somebody holds, and passes."""

import uuid
from collections.abc import Iterable
from typing import Any, Self, TypeVar

from django.db import models
from django.db.models import OuterRef, Subquery
from django.utils import timezone

from records import vault


class NotLent(Exception):
    """A record that did not come from `visible_to` was asked for its content or its relation."""


class Holder(models.Model):
    """Whose records they are: one person, or one group. A person's holder has the person's id."""

    class Kind(models.TextChoices):
        PERSON = "person"
        GROUP = "group"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    kind = models.CharField(max_length=10, choices=Kind)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=models.Q(kind__in=["person", "group"]), name="holder_kind_known"),
        ]

    def __str__(self) -> str:
        return f"holder {self.pk}"

    @classmethod
    def begin(cls, holder_id: uuid.UUID, kind: Kind) -> Self:
        """A new holder with a new key. Whoever acts must already be that holder."""
        holder = cls.objects.create(pk=holder_id, kind=kind)
        HolderKey.objects.create(holder=holder, wrapped=vault.new_wrapped_key(holder_id))
        return holder


class HolderKey(models.Model):
    """The holder's key, wrapped. Destroying this row makes everything the holder wrote unreadable."""

    holder = models.OneToOneField(Holder, models.PROTECT, primary_key=True, related_name="+")
    wrapped = models.BinaryField()

    def __str__(self) -> str:
        return f"key of holder {self.pk}"

    @classmethod
    def of(cls, outer: str = "holder_id") -> Subquery:
        """For `visible_to`: the wrapped key as a column of the same query."""
        return Subquery(cls.objects.filter(holder=OuterRef(outer)).values("wrapped")[:1])


HeldModel = TypeVar("HeldModel", bound="Held")


class Held(models.Model):
    """A row that belongs to a holder. Its sealed fields open only with a key that was lent to it."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    holder = models.ForeignKey(Holder, models.PROTECT, related_name="+")

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return f"{self._meta.model_name} {self.pk}"

    @property
    def key(self) -> vault.OpenedKey:
        """Raises NotLent unless the record came from `visible_to`, or from a record that did."""
        lent = self.__dict__.get("_key")
        if lent is None:
            wrapped = self.__dict__.get("wrapped_key")
            if wrapped is None:
                raise NotLent(f"{self} has no key: fetch it with visible_to(user), or lend() it from such a record")
            lent = self.__dict__["_key"] = vault.open_key(self.holder_id, wrapped)
        return lent

    def lend(self, rows: Iterable[HeldModel]) -> list[HeldModel]:
        """The rows, readable with this record's key. Raises SealBroken for a row of another holder."""
        return lend(self.key, rows)

    def new(self, model: type[HeldModel], **fields: Any) -> HeldModel:
        """An unsaved row of the same holder, ready to be sealed."""
        return self.lend([model(holder_id=self.holder_id, **fields)])[0]


def lend(key: vault.OpenedKey, rows: Iterable[HeldModel]) -> list[HeldModel]:
    """The rows, readable with this key. Raises SealBroken for a row of another holder."""
    lent = list(rows)
    for row in lent:
        # SECURITY: a row of another holder must never be opened with this key.
        if row.holder_id != key.holder_id:
            raise vault.SealBroken(f"{row} has another holder")
        row.__dict__["_key"] = key
    return lent


class Pass(Held):
    """A link, a code or a card: knowing its secret is what opens the door. Only its hash is kept.

    `subject_id`: what it opens; for a kit the id of the form that made it, so that a reload makes no second one.
    """

    class Purpose(models.TextChoices):
        RECOVERY = "recovery"
        INVITATION = "invitation"

    purpose = models.CharField(max_length=20, choices=Purpose)
    subject_id = models.UUIDField(null=True, help_text="The record it opens, where it opens one.")
    secret_hash = models.BinaryField(unique=True)
    made_at = models.DateTimeField(default=timezone.now)
    expires_at = models.DateTimeField(null=True)
    used_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name_plural = "passes"
        indexes = [models.Index(fields=["holder", "purpose"], name="pass_by_holder")]

    @property
    def is_live(self) -> bool:
        return self.used_at is None and (self.expires_at is None or self.expires_at > timezone.now())
