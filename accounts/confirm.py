"""Asking for the passphrase once more before something weighty: the decorator, and nothing about what it guards."""

import time
from functools import wraps
from http import HTTPStatus
from typing import Any

from allauth.account import app_settings
from allauth.account.authentication import get_authentication_records
from allauth.account.internal.flows.reauthentication import did_recently_reauthenticate, reauthenticate_by_password
from allauth.core import ratelimit
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.shortcuts import render
from django.utils.translation import gettext as _

from accounts.forms import ConfirmForm
from accounts.requests import PersonRequest
from records.access import View

PASSPHRASE = f"{ConfirmForm.prefix}-passphrase"
CAME_BY = f"{ConfirmForm.prefix}-came-by"
_OURS = {PASSPHRASE, CAME_BY, "csrfmiddlewaretoken"}


def recently_confirmed(view: View) -> View:
    """Innermost: `@require_POST @on(...) @recently_confirmed def view`. Asks unless confirmed in the last 5 minutes.

    The page that asks stands at the same address and carries all that was posted, so nothing is typed twice.
    A view that answers to GET must also take POST. Files cannot be carried: guard the page with the form too.
    """

    @wraps(view)
    def reach(request: PersonRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not is_recent(request):
            if PASSPHRASE not in request.POST:
                return _ask(request, ConfirmForm(request.user), HTTPStatus.OK)
            if refusal := _refuse(request):
                return refusal
        if request.POST.get(CAME_BY) == "GET":
            return HttpResponseRedirect(request.get_full_path())
        request.POST = _without_ours(request.POST)  # type: ignore[assignment]
        return view(request, *args, **kwargs)

    return reach


def is_recent(request: HttpRequest) -> bool:
    """Confirmed, or signed in, within the last five minutes."""
    if did_recently_reauthenticate(request):
        return True
    records = get_authentication_records(request, request.user)
    return bool(records) and time.time() - records[-1]["at"] < app_settings.REAUTHENTICATION_TIMEOUT


def _refuse(request: PersonRequest) -> HttpResponse | None:
    """The page once more if the passphrase is wrong or tries were many; None once the person has confirmed."""
    form = ConfirmForm(request.user, request.POST)
    if not ratelimit.consume(request, action="reauthenticate", user=request.user):
        form.errors.clear()
        form.add_error("passphrase", _("That was many tries. Wait one minute, then try again."))
        return _ask(request, form, HTTPStatus.TOO_MANY_REQUESTS)
    if not form.is_valid():
        return _ask(request, form, HTTPStatus.UNPROCESSABLE_ENTITY)
    reauthenticate_by_password(request)
    return None


def _ask(request: HttpRequest, form: ConfirmForm, status: HTTPStatus) -> HttpResponse:
    carried = [(name, value) for name, values in request.POST.lists() if name not in _OURS for value in values]
    context = {"form": form, "carried": carried, "came_by": request.POST.get(CAME_BY, request.method)}
    return render(request, "accounts/confirm.html", context | {"came_by_name": CAME_BY}, status=status)


def _without_ours(posted: QueryDict) -> QueryDict:
    """What the person's own form sent: the view behind sees no passphrase."""
    rest = posted.copy()
    for name in (PASSPHRASE, CAME_BY):
        rest.pop(name, None)
    rest._mutable = False
    return rest
