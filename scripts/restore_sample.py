"""Run by a restore drill inside the restored database: opens every key and a sample of what is sealed, prints JSON.

No word of it is printed or kept.
"""

import json
import os

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "recovery_portal.settings")
django.setup()

from django.apps import apps  # noqa: E402
from django.db import models  # noqa: E402

from records.fields import SealedText  # noqa: E402
from records.models import Held, HolderKey, lend  # noqa: E402
from records.vault import SealBroken, VaultMissing, open_key  # noqa: E402

# Of each table. Ids are random, so the first ones are a fair choice.
EACH = 200


def keys() -> dict[str, int]:
    """How many keys there are, and how many of them the master keys open."""
    opened = there = 0
    for holder, wrapped in HolderKey.objects.values_list("holder_id", "wrapped").iterator():
        there += 1
        try:
            open_key(holder, bytes(wrapped))
            opened += 1
        except (SealBroken, VaultMissing):
            continue
    return {"there": there, "opened": opened}


def texts() -> dict[str, int]:
    """The same of sealed texts and files, of every table that has some."""
    opened = there = 0
    for model in apps.get_models():
        names = [field.name for field in model._meta.fields if isinstance(field, SealedText)]
        if names and issubclass(model, Held):
            for row in model._base_manager.order_by("pk")[:EACH]:
                filled = [name for name in names if row.__dict__[name] is not None]
                there += len(filled)
                opened += sum(opens(row, name) for name in filled)
    return {"there": there, "opened": opened}


def opens(row: models.Model, name: str) -> bool:
    try:
        wrapped = HolderKey.objects.get(holder=row.holder_id).wrapped  # type: ignore[attr-defined]
        [lent] = lend(open_key(row.holder_id, bytes(wrapped)), [row])  # type: ignore[attr-defined, type-var]
        getattr(lent, name)
    except (HolderKey.DoesNotExist, SealBroken, VaultMissing):
        return False
    return True


if __name__ == "__main__":
    print(json.dumps({"keys": keys(), "texts": texts()}))
