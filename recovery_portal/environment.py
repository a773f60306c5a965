"""Reading deployment values from the environment: the only place that knows how they are spelled."""

import os
from pathlib import Path
from urllib.parse import parse_qsl, quote, unquote, urlsplit, urlunsplit

from django.core.exceptions import ImproperlyConfigured


def flag(name: str) -> bool:
    """True only for "1": anything else, or nothing, is off."""
    return os.environ.get(name) == "1"


def text(name: str, default: str = "") -> str:
    """What is set to nothing counts as not set: compose files hand on empty values."""
    return os.environ.get(name) or default


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
    if value := secret_or_none(name):
        return value
    raise ImproperlyConfigured(f"Set {name}_FILE to a file that holds the secret (or run `make run`, which makes one).")


def secret_or_none(name: str) -> str:
    """As `secret`, but empty when there is none. Raises ImproperlyConfigured when the file cannot be read."""
    if not (path := os.environ.get(f"{name}_FILE")):
        return os.environ.get(name, "")
    try:
        return Path(path).read_text().strip()
    except OSError as error:
        raise ImproperlyConfigured(f"{name}_FILE names a file that cannot be read: {error.strerror}.") from error


def database(name: str) -> dict[str, object]:
    """Django's settings for an address like postgresql://user:password@host:port/database.

    The password may lie in a file of its own: DATABASE_URL has it in DATABASE_PASSWORD_FILE.
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
        "PASSWORD": unquote(parts.password or "") or secret_or_none(_password_of(name)),
        "HOST": parts.hostname or "",
        "PORT": str(parts.port or ""),
        # SECURITY: such as sslmode=verify-full; dropped, the connection would quietly be less safe than asked for.
        # A server that swallows what is sent to it would hold each request for two minutes.
        "OPTIONS": {"connect_timeout": "5"} | dict(parse_qsl(parts.query)),
    }


def broker(name: str) -> str:
    """An address like redis://:password@host:6379/0, or nothing.

    The password may lie in a file of its own: BROKER_URL has it in BROKER_PASSWORD_FILE.
    """
    address = os.environ.get(name, "")
    password = secret_or_none(_password_of(name))
    parts = urlsplit(address)
    if not address or not password or parts.password:
        return address
    return urlunsplit(parts._replace(netloc=f":{quote(password, safe='')}@{parts.netloc.rpartition('@')[2]}"))


def _password_of(name: str) -> str:
    return f"{name.removesuffix('_URL')}_PASSWORD"
