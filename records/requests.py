"""A request as views know it on every page: what our middleware adds to Django's own."""

from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.http import HttpRequest

if TYPE_CHECKING:
    from django_htmx.middleware import HtmxDetails


class PageRequest(HttpRequest):
    """For annotations only: Django makes a plain request. `htmx` is true when our script asked, not the browser."""

    user: Any
    htmx: "HtmxDetails"


def uuid_or_none(text: str) -> UUID | None:
    """The id that a request names, or None for anything that is no id."""
    try:
        return UUID(text)
    except ValueError:
        return None
