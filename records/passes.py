"""Every link, code and card: made here, hashed here, found here, used up here."""

import functools
import hashlib
import re
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from importlib import resources
from uuid import UUID

from django.utils import timezone

from records.acting import acting_as
from records.models import Pass


def spoken_words(count: int) -> str:
    """Words that can be said aloud or written on paper; 12.9 bits each (EFF's long word list).

    Five make 64 bits, nine make 116.
    """
    return " ".join(secrets.choice(_word_list()) for _ in range(count))


def make_pass(
    holder_id: UUID, purpose: Pass.Purpose, *, words: int, lasts: timedelta | None, subject: UUID | None = None
) -> tuple[Pass, str]:
    """A new pass and its secret, which is shown once and kept nowhere."""
    secret = spoken_words(words)
    made = Pass.objects.create(
        holder_id=holder_id,
        purpose=purpose,
        subject_id=subject,
        secret_hash=hash_of(secret),
        expires_at=None if lasts is None else timezone.now() + lasts,
    )
    return made, secret


def hash_of(secret: str) -> bytes:
    """SHA-256 over the words alone: capitals, hyphens and spaces make no difference.

    A plain hash is enough because the secret was drawn at random with 64 bits or more (ASVS 5.0, 6.5.2).
    """
    return hashlib.sha256("".join(re.findall(r"[a-z]+", secret.lower())).encode()).digest()


@contextmanager
def bearing(secret: str, purpose: Pass.Purpose, *, person: UUID | None = None) -> Iterator[Pass | None]:
    """Act as the bearer of the secret, and as the person if one is signed in; gives the live pass, or None.

    SECURITY: the row is locked, so a pass that can be used once is used once, however many try at a time.
    """
    with acting_as(person, with_pass=hash_of(secret)):
        found = (
            Pass.objects.select_for_update(of=("self",)).filter(purpose=purpose, secret_hash=hash_of(secret)).first()
        )
        yield found if found and found.is_live else None


def use_up(found: Pass) -> None:
    found.used_at = timezone.now()
    found.save(update_fields=["used_at"])


@functools.cache
def _word_list() -> tuple[str, ...]:
    text = resources.files("xkcdpass").joinpath("static/eff-long").read_text()
    return tuple(word for word in text.split() if word.isalpha())
