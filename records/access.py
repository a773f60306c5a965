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

    @wraps(view)
    def reach(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        return view(request, *args, **kwargs)

    return declare(login_not_required(reach), "public")


def signed_in(view: View) -> View:
    """Anybody who is signed in. The sign-in itself is asked by LoginRequiredMiddleware, which is on for all."""

    @wraps(view)
    def reach(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        return view(request, *args, **kwargs)

    return declare(reach, "signed in")
