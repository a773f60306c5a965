"""`visible_to(user)`: the records somebody stands in a relation to, and what they are to each."""

from typing import TYPE_CHECKING, Self

from django.apps import apps
from django.db import models
from django.db.models import Case, Exists, OuterRef, Q, Subquery, Value, When
from django.db.models.functions import Now

from records.models import HolderKey
from sharing.policy import Relation

if TYPE_CHECKING:
    from accounts.models import User
    from records.models import Pass


class ShareQuerySet(models.QuerySet):
    def live(self) -> Self:
        """Accepted, not stopped and not ended, by the database's clock."""
        return self.open().filter(accepted_at__isnull=False)

    def open(self) -> Self:
        """Live, or still waiting for an answer."""
        return self.filter(Q(ends_at=None) | Q(ends_at__gt=Now()), stopped_at=None)

    def offered_by(self, found: "Pass") -> Self:
        """The share an invitation's words open, while nobody has taken it; readable by whoever bears them."""
        return (
            self.open()
            .filter(pk=found.subject_id, holder=found.holder_id, recipient=None)
            .annotate(wrapped_key=HolderKey.of())
        )

    def visible_to(self, user: "User") -> Self:
        """My own shares, those given to me that are live, and those offered to me; each with `.relation`."""
        if not user.is_authenticated:
            return self.none()
        to_me = Q(recipient=user.pk, stopped_at=None) & (Q(ends_at=None) | Q(ends_at__gt=Now()))
        return self.annotate(
            relation=Case(
                When(holder=user.pk, then=Value(Relation.OWNER)),
                When(to_me & Q(accepted_at__isnull=False), then=Value(Relation.CONSULTANT)),
                When(to_me, then=Value(Relation.INVITED)),
                default=None,
                output_field=models.CharField(),
            ),
            wrapped_key=HolderKey.of(),
        ).exclude(relation=None)


class RecordQuerySet(models.QuerySet):
    """For every model whose rows a person owns and may share."""

    def visible_to(self, user: "User") -> Self:
        """The records this person owns or consults on, each with `.relation`, `.parts` and its key.

        `.parts` are the names of what was shared (None for the owner). The key opens sealed fields of the
        record and of the children reached from it.
        """
        if not user.is_authenticated:
            return self.none()
        live = apps.get_model("sharing", "Share").objects.live().filter(holder=OuterRef("holder_id"), recipient=user.pk)
        return self.annotate(
            relation=Case(
                When(holder=user.pk, then=Value(Relation.OWNER)),
                When(Exists(live), then=Value(Relation.CONSULTANT)),
                default=None,
                output_field=models.CharField(),
            ),
            parts=Subquery(live.values("parts")[:1]),
            wrapped_key=HolderKey.of(),
        ).exclude(relation=None)
