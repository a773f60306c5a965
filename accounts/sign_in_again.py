"""What somebody gets who is not signed in any more: a way back in, and every word they just sent."""

from http import HTTPStatus
from typing import Any

from django.contrib.auth.middleware import LoginRequiredMiddleware
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

SHORTEST_WORDS = 8


class AskToSignIn(LoginRequiredMiddleware):
    """Stands in the place of Django's LoginRequiredMiddleware, which would redirect and drop what was sent."""

    def handle_no_permission(self, request: HttpRequest, view_func: Any) -> HttpResponse:  # type: ignore[override]
        if "HX-Request" in request.headers:
            return _fragment(request)
        if request.method not in {"GET", "HEAD"}:
            context = {"texts": _texts(request)}
            return render(request, "accounts/sign_in_again.html", context, status=HTTPStatus.UNAUTHORIZED)
        response = super().handle_no_permission(request, view_func)
        if getattr(request, "session_ended", False):
            response["Location"] += "&ended=1"
        return response


def _fragment(request: HttpRequest) -> HttpResponse:
    """For htmx. An autosave gets its own region back; anything else a note before the region it asked for."""
    if "save" in request.POST:
        context = {"id": request.POST["save"], "seen": request.POST.get("seen", ""), "state": "signed-out"}
        return render(request, "components/save.html", context, status=HTTPStatus.UNAUTHORIZED)
    response = render(request, "accounts/sign_in_again_note.html", status=HTTPStatus.UNAUTHORIZED)
    response["HX-Reswap"] = "beforebegin"
    return response


def _texts(request: HttpRequest) -> list[str]:
    """What was written, to be read and copied. The check against forgery has passed, so they wrote it here."""
    return [
        value
        for name, values in request.POST.lists()
        for value in values
        if "pass" not in name and "csrf" not in name and name != "offered" and len(value) >= SHORTEST_WORDS
    ]
