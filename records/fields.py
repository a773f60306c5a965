"""Model fields whose content is sealed. Reading one needs the key that `visible_to` lends with a record."""

import json
from typing import Any

from django.core.exceptions import FieldError
from django.db import models
from django.db.models.query_utils import DeferredAttribute

from records.vault import Sealed, looks_sealed


class Opened(DeferredAttribute):
    """Sealed bytes stay sealed in memory; they are opened each time the attribute is read."""

    field: "SealedText"

    def __get__(self, instance: models.Model | None, owner: type | None = None) -> Any:
        if instance is None:
            return self
        value = instance.__dict__.get(self.field.attname)
        if value is None and self.field.attname not in instance.__dict__:
            value = super().__get__(instance, owner)
        return self.field.open(instance, value) if isinstance(value, Sealed) else value

    def __set__(self, instance: models.Model, value: object) -> None:
        instance.__dict__[self.field.attname] = value


class SealedText(models.BinaryField):
    """Text kept as bytes that only the holder's key opens; bound to holder, table, column and row.

    In memory it is `Sealed` until it is read, and in clear from when it is set until it is saved.
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

    def from_db_value(self, value: Any, expression: Any, connection: Any) -> Sealed | None:
        return None if value is None else Sealed(value)

    def pre_save(self, model_instance: Any, add: bool) -> Any:
        value = model_instance.__dict__.get(self.attname)
        if value is None or isinstance(value, Sealed):
            return value
        sealed = model_instance.key.seal_bytes(self.to_bytes(value), field=self.label, row=model_instance.pk)
        model_instance.__dict__[self.attname] = sealed
        return sealed

    def get_db_prep_value(self, value: Any, connection: Any, prepared: bool = False) -> Any:
        # SECURITY: what arrives here unsealed (update(), bulk_update()) would be stored in clear. The type says
        # that it went through a seal, the shape that it did so whole.
        if value is not None and not (isinstance(value, Sealed) and looks_sealed(value)):
            raise self._refusal()
        return super().get_db_prep_value(value, connection, prepared)

    def get_placeholder(self, value: Any, compiler: Any, connection: Any) -> Any:
        # SECURITY: an expression such as update(called=Value("…")) never passes get_db_prep_value.
        if hasattr(value, "as_sql"):
            raise self._refusal()
        return super().get_placeholder(value, compiler, connection)

    def get_lookup(self, lookup_name: str) -> Any:
        return super().get_lookup(lookup_name) if lookup_name == "isnull" else None

    def value_to_string(self, obj: models.Model) -> str:
        # SECURITY: what serializers write (dumpdata) would hold the opened content.
        raise TypeError(f"{self.label} is sealed: it is never written out")

    def open(self, instance: Any, sealed: Sealed) -> Any:
        return self.from_bytes(instance.key.open_bytes(sealed, field=self.label, row=instance.pk))

    @property
    def label(self) -> str:
        return f"{self.model._meta.db_table}.{self.column}"

    def to_bytes(self, value: Any) -> bytes:
        # Bytes are never text: sealed twice, or sealed elsewhere, they would come back as something else.
        if isinstance(value, bytes | bytearray | memoryview):
            raise self._refusal()
        return str(value).encode()

    def from_bytes(self, raw: bytes) -> Any:
        return raw.decode()

    def _refusal(self) -> FieldError:
        return FieldError(f"{self.label} is sealed: save the record itself")


class SealedFields(SealedText):
    """A dictionary of named texts, sealed as one: neither which are filled nor how long can be seen."""

    _pyi_private_set_type: dict[str, str] | None  # type: ignore[assignment]
    _pyi_private_get_type: dict[str, str]  # type: ignore[assignment]

    def to_bytes(self, value: Any) -> bytes:
        return json.dumps(value, ensure_ascii=False, sort_keys=True).encode()

    def from_bytes(self, raw: bytes) -> Any:
        return json.loads(raw)


class SealedBytes(SealedText):
    """A file's bytes, sealed like a text. Reading them costs an opening each time: read once."""

    _pyi_private_set_type: bytes | None  # type: ignore[assignment]
    _pyi_private_get_type: bytes  # type: ignore[assignment]

    def to_bytes(self, value: Any) -> bytes:
        if not isinstance(value, bytes):
            raise self._refusal()
        return value

    def from_bytes(self, raw: bytes) -> bytes:
        return raw
