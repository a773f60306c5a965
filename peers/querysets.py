"""Which of the people who run a group, and of those in it. What they are to whom is `GroupQuerySet.visible_to`."""

from typing import Self

from django.db import models
from django.db.models import F
from django.db.models.expressions import Func


class FacilitatorQuerySet(models.QuerySet):
    def open(self) -> Self:
        """Those who run a group, and those who were asked to."""
        return self.filter(ended_at=None)

    def running(self) -> Self:
        return self.open().filter(accepted_at__isnull=False)


class MembershipQuerySet(models.QuerySet):
    def open(self) -> Self:
        return self.filter(ended_at=None)

    def asking(self) -> Self:
        """Those who wait for an answer, the longest waiting first."""
        return self.open().filter(accepted_at=None).order_by("made_at", "pk")

    def waiting(self) -> Self:
        """The waiting list, in its order."""
        return self.open().filter(line__isnull=False, seated_at=None).order_by("line")

    def seated(self) -> Self:
        """Those with a place."""
        return self.open().filter(seated_at__isnull=False)

    def with_place_in_line(self) -> Self:
        """With `.place_in_line`: 1 is next; None for whoever does not wait."""
        return self.annotate(
            place_in_line=Func(F("pk"), function="sec.place_in_line", output_field=models.IntegerField(null=True))
        )
