"""People who sign in. There is no name, no role and nothing a person wrote in these tables."""

import uuid
import zoneinfo
from typing import Any

from django.contrib.auth.models import AbstractUser
from django.db import models

from accounts.beginnings import begin_all
from records.acting import acting_as
from records.models import Holder


def known_time_zones() -> list[tuple[str, str]]:
    return [(name, name.replace("_", " ")) for name in sorted(zoneinfo.available_timezones()) if "/" in name] + [
        ("UTC", "UTC")
    ]


class User(AbstractUser):
    """A person. The id is also the id of the holder of everything they write."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    first_name = None  # type: ignore[assignment]
    last_name = None  # type: ignore[assignment]
    time_zone = models.CharField(max_length=64, default="America/New_York")

    REQUIRED_FIELDS: list[str] = []

    def __str__(self) -> str:
        return f"person {self.pk}"

    def get_full_name(self) -> str:
        return self.username

    def get_short_name(self) -> str:
        return self.username

    def save(self, *args: Any, **kwargs: Any) -> None:
        """A new person begins with a key of their own, and with what other rooms lay out for them."""
        if not self._state.adding:
            return super().save(*args, **kwargs)
        with acting_as(self.pk):
            Holder.begin(self.pk, Holder.Kind.PERSON)
            super().save(*args, **kwargs)
            begin_all(self)


class Counter(models.Model):
    """The table behind Django's database cache: how often something was tried lately. No content."""

    cache_key = models.CharField(max_length=255, primary_key=True)
    value = models.TextField()
    expires = models.DateTimeField(db_index=True)

    def __str__(self) -> str:
        return "counter"
