"""Rows that are added and never changed. Python refuses first; the database refuses whatever comes round it."""

from typing import Any, NoReturn

from django.db import models

from records.models import Held


class NeverChanged(TypeError):
    """Somebody tried to change or remove a row of an append-only table."""


def _refuse(*args: Any, **kwargs: Any) -> NoReturn:
    raise NeverChanged("rows of this table are added, never changed or removed")


class AppendOnlyQuerySet(models.QuerySet):
    update = _refuse
    delete = _refuse
    bulk_update = _refuse
    update_or_create = _refuse


class AppendOnly(Held):
    """Base of append-only records. Its table also needs `refuse_changes` in a migration."""

    objects = AppendOnlyQuerySet.as_manager()

    class Meta:
        abstract = True

    def save(self, *args: Any, **kwargs: Any) -> None:
        if not self._state.adding:
            _refuse()
        super().save(*args, **{**kwargs, "force_insert": True})

    def delete(self, *args: Any, **kwargs: Any) -> NoReturn:
        _refuse()
