"""A request as views know it behind an access decorator: somebody is signed in."""

from typing import TYPE_CHECKING

from records.requests import PageRequest

if TYPE_CHECKING:
    from accounts.models import User


class PersonRequest(PageRequest):
    """For annotations only: Django makes a plain request, the middleware adds the rest."""

    user: "User"
    denial: object
