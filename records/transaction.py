"""One transaction a request. Session, sign-in, view and log are kept together, or not at all."""

import logging
from collections.abc import Callable
from contextlib import suppress

from django.db import DatabaseError, InterfaceError, transaction
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string

from records.acting import say_who_acts

logger = logging.getLogger(__name__)
GetResponse = Callable[[HttpRequest], HttpResponse]


class RequestTransaction:
    """Opens the transaction. An answer of 500 or more rolls it back; a commit that does not work shows nothing.

    The answer leaves only after the commit, so nobody reads "Saved" about words that were not kept.
    """

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        try:
            with transaction.atomic():
                response = self.get_response(request)
                # SECURITY: a streamed answer would run after the commit, when nobody acts any more.
                if response.streaming:
                    raise TypeError("answers are buffered until commit: no streaming")
                if response.status_code >= 500:
                    transaction.set_rollback(True)
            return response
        except (DatabaseError, InterfaceError) as error:
            # The log leaves arguments out; of an exception it keeps the type and where it came from.
            logger.error("request not kept", exc_info=error)
            _read_to_the_end(request)
            return HttpResponse(render_to_string("503.html"), status=503, headers={"Retry-After": "10"})


def _read_to_the_end(request: HttpRequest) -> None:
    """A web server that answers before all was read hangs up, and the browser shows that instead of our page."""
    with suppress(Exception):
        request.body  # noqa: B018


class ActAsSignedIn:
    """Says to the database who is signed in. Stands after the authentication middleware."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.user.is_authenticated:
            say_who_acts(request.user.pk)
        return self.get_response(request)
