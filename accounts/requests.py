"""A request as views know it behind an access decorator: somebody is signed in, and htmx may have asked."""

from typing import TYPE_CHECKING

from django.http import HttpRequest

if TYPE_CHECKING:
    from django_htmx.middleware import HtmxDetails

    from accounts.models import User


class PersonRequest(HttpRequest):
    """For annotations only: Django makes a plain request, the middleware adds the rest."""

    user: "User"
    htmx: "HtmxDetails"
    denial: object
