"""Model fields whose content is sealed. Reading one needs the key that `visible_to` lends with a record."""

import json
from typing import Any

from django.core.exceptions import FieldError
from django.db import models
from django.db.models.query_utils import DeferredAttribute

from records.vault import looks_sealed


class Opened(DeferredAttribute):
    """Sealed bytes stay sealed in memory; they are opened each time the attribute is read."""

    field: "SealedText"

    def __get__(self, instance: models.Model | None, owner: type | None = None) -> Any:
        if instance is None:
            return self
        value = instance.__dict__.get(self.field.attname)
        if value is None and self.field.attname not in instance.__dict__:
            value = super().__get__(instance, owner)
        if isinstance(value, bytes | memoryview):
            return self.field.open(instance, bytes(value))
        return value

    def __set__(self, instance: models.Model, value: object) -> None:
        instance.__dict__[self.field.attname] = value


class SealedText(models.BinaryField):
    """Text kept as bytes that only the holder's key opens; bound to holder, table, column and row.

    The model must be a `Held` record. Reading without a lent key raises `NotLent`.
    """

    descriptor_class = Opened
    # For the type checker: what is written and read is text, and only the database sees bytes.
    _pyi_private_set_type: str | None
    _pyi_private_get_type: str  # type: ignore[assignment]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("editable", True)
        super().__init__(*args, **kwargs)

    def contribute_to_class(self, cls: type[models.Model], name: str, private_only: bool = False) -> None:
        super().contribute_to_class(cls, name, private_only)
        setattr(cls, self.attname, self.descriptor_class(self))

    def pre_save(self, model_instance: Any, add: bool) -> Any:
        value = model_instance.__dict__.get(self.attname)
        if value is None or isinstance(value, bytes | memoryview):
            return value
        sealed = model_instance.key.seal(self.to_text(value), field=self.label, row=model_instance.pk)
        model_instance.__dict__[self.attname] = sealed
        return sealed

    def get_db_prep_value(self, value: Any, connection: Any, prepared: bool = False) -> Any:
        # SECURITY: what arrives here unsealed (update(), bulk_update(), bytes) would be stored in clear.
        if value is not None and not (isinstance(value, bytes | memoryview) and looks_sealed(value)):
            raise FieldError(f"{self.label} is sealed: save the record itself")
        return super().get_db_prep_value(value, connection, prepared)

    def get_placeholder(self, value: Any, compiler: Any, connection: Any) -> Any:
        # SECURITY: an expression such as update(called=Value("…")) never passes get_db_prep_value.
        if hasattr(value, "as_sql"):
            raise FieldError(f"{self.label} is sealed: save the record itself")
        return super().get_placeholder(value, compiler, connection)

    def get_lookup(self, lookup_name: str) -> Any:
        return super().get_lookup(lookup_name) if lookup_name == "isnull" else None

    def open(self, instance: Any, sealed: bytes) -> Any:
        return self.from_text(instance.key.open(sealed, field=self.label, row=instance.pk))

    @property
    def label(self) -> str:
        return f"{self.model._meta.db_table}.{self.column}"

    def to_text(self, value: Any) -> str:
        return str(value)

    def from_text(self, text: str) -> Any:
        return text


class SealedFields(SealedText):
    """A dictionary of named texts, sealed as one: neither which are filled nor how long can be seen."""

    _pyi_private_set_type: dict[str, str] | None  # type: ignore[assignment]
    _pyi_private_get_type: dict[str, str]  # type: ignore[assignment]

    def to_text(self, value: Any) -> str:
        return json.dumps(value, ensure_ascii=False, sort_keys=True)

    def from_text(self, text: str) -> Any:
        return json.loads(text)
