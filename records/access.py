"""The access decorators that need no record. `sharing.access` adds the two that do."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse

View = Callable[..., HttpResponse]


def declare(view: View, who: str) -> View:
    """Stamp a view with who may reach it; the start-up check refuses a view without, or with two."""
    if hasattr(view, "access"):
        raise TypeError(f"{view!r} already says who may reach it: {view.access}")
    view.access = who  # type: ignore[attr-defined]
    return view


def public(view: View) -> View:
    """Anybody, signed in or not."""

    return declare(login_not_required(_wrapped(view)), "public")


def signed_in(view: View) -> View:
    """Anybody who is signed in. The sign-in itself is asked by LoginRequiredMiddleware, which is on for all."""

    return declare(_wrapped(view), "signed in")


def _wrapped(view: View) -> View:
    """A view of our own to stamp: the one given may be somebody else's, or be used twice."""

    @wraps(view)
    def reach(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        return view(request, *args, **kwargs)

    return reach
