"""What makes a passphrase hard to guess. There are no rules about signs: length is what counts (NIST SP 800-63B)."""

import functools
import re
from typing import Any

from django.conf import settings
from django.contrib.auth.password_validation import CommonPasswordValidator
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

SHORTEST = 15
OFFERED_WORDS = 5
LOOKED_AT = 300
# The first things somebody tries who knows this site (ASVS 5.0, 6.1.2). They count for nothing.
KNOWN_HERE = ("helm", "recovery", "portal", "passphrase", "password", "letmein", "welcome", "account", "signin")
_ROWS = ("abcdefghijklmnopqrstuvwxyz", "01234567890", "qwertyuiop", "asdfghjkl", "zxcvbnm")
_RUN = 4


class HardToGuess:
    """Django's validator for a new passphrase. All that is easy to guess is taken away; 15 characters must be left.

    Taken away: words known here, the person's own name, runs such as 1234 or qwerty, repetitions.
    """

    def validate(self, password: str, user: Any = None) -> None:
        if len(password) < SHORTEST:
            raise ValidationError(_("Use 15 characters or more. Five words do well."), code="short")
        if _is_common(password) or len(hard_part(password, _own_words(user))) < SHORTEST:
            raise ValidationError(
                _("This one is easy to guess. Leave out your name and rows like 1234. Add words of your own."),
                code="easy",
            )

    def get_help_text(self) -> str:
        return _("Use 15 characters or more. Five words do well.")


def hard_part(passphrase: str, own_words: tuple[str, ...] = ()) -> str:
    """What is left of a passphrase without the easy pieces."""
    # SECURITY: looking for repetitions takes the square of the length: a megabyte would stop the site.
    left = passphrase[:LOOKED_AT].lower()
    for word in (*own_words, *KNOWN_HERE, settings.SITE_NAME.lower()):
        left = left.replace(word, "")
    left = _runs().sub("", left)
    left = re.sub(r"(.)\1{2,}", r"\1", left)
    return re.sub(r"(.{4,}?)\1+", r"\1", left)


def _own_words(user: Any) -> tuple[str, ...]:
    """The sign-in name, its parts, and what stands before the @ of the e-mail address."""
    name, email = getattr(user, "username", "") or "", getattr(user, "email", "") or ""
    parts = [name, *re.split(r"[\W_]+", name), email.partition("@")[0]]
    return tuple(part.lower() for part in parts if len(part) >= _RUN)


@functools.cache
def _runs() -> re.Pattern[str]:
    """Four or more neighbours of a row of keys or of the alphabet, in either direction."""
    both = [row for row in _ROWS] + [row[::-1] for row in _ROWS]
    pieces = {row[start:end] for row in both for start in range(len(row)) for end in range(start + _RUN, len(row) + 1)}
    return re.compile("|".join(sorted(map(re.escape, pieces), key=len, reverse=True)))


def _is_common(passphrase: str) -> bool:
    """Whether it is on Django's list of 20,000, also when written with spaces or signs between."""
    plain = re.sub(r"[\W_]+", "", passphrase.lower())
    return passphrase.lower() in _common() or plain in _common()


@functools.cache
def _common() -> frozenset[str]:
    return frozenset(CommonPasswordValidator().passwords)
