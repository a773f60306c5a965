"""Shares, the log of who looked, and the base of every record that can be shared."""

from datetime import timedelta
from typing import Self

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from records.append_only import AppendOnly, AppendOnlyQuerySet
from records.fields import SealedText
from records.models import Held
from records.text import Text
from sharing.policy import Relation
from sharing.querysets import RecordQuerySet, ShareQuerySet
from sharing.scopes import titles


class Share(Held):
    """One person may read some parts, until a date or until stopped. The holder is the person who shares."""

    label = SealedText(help_text="What the owner calls the reader.")
    my_name = SealedText(help_text="The name the owner chose to be seen under.")
    recipient = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    parts = ArrayField(models.CharField(max_length=60))
    ends_at = models.DateTimeField(null=True)
    made_at = models.DateTimeField(default=timezone.now)
    accepted_at = models.DateTimeField(null=True)
    stopped_at = models.DateTimeField(null=True)

    objects = ShareQuerySet.as_manager()

    # Written by `visible_to`; absent on a share that was fetched any other way.
    relation: str

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["holder", "recipient"],
                condition=Q(stopped_at=None, recipient__isnull=False),
                name="share_one_at_a_time",
            ),
            models.CheckConstraint(
                condition=Q(recipient=None) | ~Q(recipient_id=F("holder_id")), name="share_not_with_oneself"
            ),
            models.CheckConstraint(
                condition=Q(accepted_at=None) | Q(recipient__isnull=False), name="share_accepted_by_somebody"
            ),
        ]
        indexes = [models.Index(fields=["recipient"], condition=Q(stopped_at=None), name="share_by_reader")]

    @property
    def titles(self) -> list[Text]:
        """What is shared, as people call it."""
        return titles(self.parts)

    @property
    def parts_read(self) -> list[str]:
        """What a reading of this share shows, for the log."""
        return self.parts

    @property
    def has_ended(self) -> bool:
        return self.ends_at is not None and self.ends_at <= timezone.now()

    @property
    def is_over(self) -> bool:
        return self.stopped_at is not None or self.has_ended


class Record(Held):
    """A record a person owns and may share. Fetch it through `visible_to`, and reach its children from it."""

    # Written by `visible_to`; absent on a record that was fetched any other way.
    relation: str
    parts: list[str] | None

    objects = RecordQuerySet.as_manager()

    class Meta:
        abstract = True

    @property
    def is_mine(self) -> bool:
        """Was it fetched for its owner? Raises AttributeError if it did not come from `visible_to`."""
        return self.relation == Relation.OWNER

    @property
    def parts_read(self) -> list[str]:
        """What a reading of this record shows, for the log."""
        return self.parts or []

    def may_read(self, part: str) -> bool:
        """May the person this record was fetched for read this part? Raises AttributeError if it was not."""
        return self.is_mine or part in (self.parts or [])

    def readers(self, part: str) -> int:
        """How many others can read this part now."""
        return Share.objects.live().filter(holder=self.holder_id, parts__contains=[part]).count()


class AccessEventQuerySet(AppendOnlyQuerySet):
    def newest_first(self) -> Self:
        return self.order_by("-at", "-pk")


class AccessEvent(AppendOnly):
    """Something that happened around sharing: who looked, what was shared or stopped, who was turned away.

    Holds no content. The holder is the person whose records they are; names come from the share.
    """

    class What(models.TextChoices):
        OPENED = "opened"
        TURNED_AWAY = "turned away"
        SHARED = "shared"
        CHANGED = "changed"
        STOPPED = "stopped"
        ACCEPTED = "accepted"
        DECLINED = "declined"
        LEFT = "left"

    SAME_VISIT = timedelta(minutes=5)

    at = models.DateTimeField(default=timezone.now)
    actor_id = models.UUIDField(null=True)
    share_id = models.UUIDField(null=True)
    what = models.CharField(max_length=20, choices=What)
    parts = ArrayField(models.CharField(max_length=60), default=list)

    objects = AccessEventQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["holder", "-at"], name="log_by_holder")]
