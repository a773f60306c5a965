"""Answers when something did not work. None of them reads the session or the database: it may be those that broke."""

import sys
from http import HTTPStatus

from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse
from django.middleware.csrf import get_token
from django.template.loader import render_to_string


def _page(status: HTTPStatus) -> HttpResponse:
    """The plain page for a status, rendered without a request."""
    return HttpResponse(render_to_string(f"{status.value}.html"), status=status)


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """handler400"""
    return _page(HTTPStatus.BAD_REQUEST)


def permission_denied(request: HttpRequest, exception: Exception) -> HttpResponse:
    """handler403"""
    return _page(HTTPStatus.FORBIDDEN)


def page_not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """handler404: says the same whether a thing is missing or not yours."""
    return _page(HTTPStatus.NOT_FOUND)


def server_error(request: HttpRequest) -> HttpResponse:
    """handler500, called while the exception is handled. That the database is away or busy says the 503 page."""
    if isinstance(sys.exception(), OperationalError | InterfaceError):
        page = _page(HTTPStatus.SERVICE_UNAVAILABLE)
        page.headers["Retry-After"] = "10"
        return page
    return _page(HTTPStatus.INTERNAL_SERVER_ERROR)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """CSRF_FAILURE_VIEW: a page, or for an autosave a fresh token to try once more with.

    The token grows old in an open page when the person signs in again in another tab.
    """
    if "HX-Request" not in request.headers:
        return HttpResponse(render_to_string("403_csrf.html"), status=HTTPStatus.FORBIDDEN)
    # SECURITY: another site cannot send HX-Request without a CORS preflight, which nothing here
    # answers, and could not read this response anyway: the token reaches only our own pages.
    fragment = render_to_string(
        "components/save.html",
        {
            "id": request.POST.get("save", ""),
            "seen": request.POST.get("seen", ""),
            "state": "again" if "again" not in request.POST else "reload",
            "csrf_token": get_token(request),
        },
    )
    return HttpResponse(fragment, status=HTTPStatus.FORBIDDEN, headers={"X-Save-Region": "1"})
