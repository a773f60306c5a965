"""Reading deployment values from the environment: the only place that knows how they are spelled."""

import os
from pathlib import Path
from urllib.parse import parse_qsl, unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured


def flag(name: str) -> bool:
    """True only for "1": anything else, or nothing, is off."""
    return os.environ.get(name) == "1"


def text(name: str, default: str = "") -> str:
    return os.environ.get(name, default)


def number(name: str, default: int) -> int:
    """Raises ImproperlyConfigured for anything but digits."""
    value = os.environ.get(name) or str(default)
    if not value.isdecimal():
        raise ImproperlyConfigured(f"Set {name} to a number.")
    return int(value)


def words(name: str, default: str = "") -> list[str]:
    """A list given as words with spaces between."""
    return os.environ.get(name, default).split()


def folder(name: str, default: Path) -> Path:
    """A folder's path."""
    return Path(os.environ.get(name, default))


def secret(name: str) -> str:
    """A secret from the file that NAME_FILE points to, or from NAME itself.

    Raises ImproperlyConfigured when neither is there.
    """
    if path := os.environ.get(f"{name}_FILE"):
        return Path(path).read_text().strip()
    if value := os.environ.get(name):
        return value
    raise ImproperlyConfigured(f"Set {name}_FILE to a file that holds the secret (or run `make run`, which makes one).")


def database(name: str) -> dict[str, object]:
    """Django's settings for an address like postgresql://user:password@host:port/database.

    Raises ImproperlyConfigured for a missing address or one of another kind of database.
    """
    address = os.environ.get(name, "")
    parts = urlsplit(address)
    if parts.scheme not in {"postgres", "postgresql"}:
        raise ImproperlyConfigured(
            f"Set {name} to a PostgreSQL address such as postgresql://user:password@host:5432/name, or run `make run`."
        )
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(parts.path.lstrip("/")),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": parts.hostname or "",
        "PORT": str(parts.port or ""),
        # SECURITY: such as sslmode=verify-full; dropped, the connection would quietly be less safe than asked for.
        "OPTIONS": dict(parse_qsl(parts.query)),
    }
