"""A person's own settings, the places where they are signed in, and the recovery kit."""

from http import HTTPStatus
from uuid import uuid4

from allauth.account.adapter import get_adapter
from allauth.account.internal.flows.login import record_authentication
from allauth.account.utils import get_next_redirect_url, perform_login
from allauth.core import ratelimit
from django.conf import settings as site
from django.contrib import messages
from django.contrib.auth import logout
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render, resolve_url
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts import kit, open_sessions
from accounts.confirm import recently_confirmed
from accounts.email import set_email
from accounts.forms import EmailForm, KitForm, OnceForm, TimeZoneForm
from accounts.requests import PersonRequest
from records.access import public, signed_in
from records.forms import form_page


@require_safe
@signed_in
def settings(request: PersonRequest) -> HttpResponse:
    return render(request, "accounts/settings.html", {"sends_mail": bool(site.EMAIL_HOST)})


@require_http_methods(["GET", "POST"])
@signed_in
def time_zone_edit(request: PersonRequest) -> HttpResponse:
    form = TimeZoneForm(request.POST or None, instance=request.user)
    if form.is_valid():
        # SECURITY: this column alone. A passphrase that was changed meanwhile must not come back.
        request.user.save(update_fields=["time_zone"])
        messages.success(request, _("Saved. Times are shown for this zone."))
        return redirect("accounts:settings")
    return form_page(request, "accounts/time_zone.html", form)


@require_http_methods(["GET", "POST"])
@signed_in
@recently_confirmed
def email_edit(request: PersonRequest) -> HttpResponse:
    if not site.EMAIL_HOST:
        raise Http404
    if request.method == "GET":
        return render(request, "accounts/email.html", {"form": EmailForm(initial={"email": request.user.email})})
    form = EmailForm(request.POST)
    if not form.is_valid():
        return form_page(request, "accounts/email.html", form)
    if not ratelimit.consume(request, action="manage_email", user=request.user):
        form.add_error("email", _("You changed this many times. Wait one hour, then try again."))
        return form_page(request, "accounts/email.html", form)
    set_email(request, request.user, form.cleaned_data["email"])
    messages.success(request, _("Saved."))
    return redirect("accounts:settings")


@require_safe
@signed_in
def session_list(request: PersonRequest) -> HttpResponse:
    found = open_sessions.open_sessions(request.user, request.session.session_key)
    return render(request, "usersessions/usersession_list.html", {"sessions": found})


@require_POST
@signed_in
def session_end(request: PersonRequest, pk: int) -> HttpResponse:
    ended = open_sessions.end_one(request.user, pk)
    if not ended:
        raise Http404
    if ended == request.session.session_key:
        logout(request)
        return redirect("account_login")
    messages.success(request, _("That device is signed out."))
    return redirect("usersessions_list")


@require_POST
@signed_in
def sessions_end_others(request: PersonRequest) -> HttpResponse:
    """No passphrase is asked: getting others out is never made hard."""
    open_sessions.end_all(request.user, but=request.session.session_key)
    messages.success(request, _("All other devices are signed out."))
    return redirect("usersessions_list")


@require_safe
@signed_in
def recovery_kit(request: PersonRequest) -> HttpResponse:
    """What the kit is for. Also the first page after signing up, on the way to `next`."""
    onwards = get_next_redirect_url(request)
    context = {
        "made_at": kit.made_at(request.user),
        "next": onwards or "",
        "onwards": onwards or resolve_url("home"),
        "once": uuid4(),
    }
    return render(request, "accounts/recovery_kit.html", context)


@require_POST
@signed_in
@recently_confirmed
def recovery_kit_make(request: PersonRequest) -> HttpResponse:
    """Shows the words in the answer itself, because they are kept nowhere."""
    once = OnceForm(request.POST)
    try:
        words = kit.make_kit(request.user, once.cleaned_data["once"] if once.is_valid() else None)
    except kit.AlreadyMade:
        messages.success(request, _("Your kit is made. If you lost its words, make a new one."))
        return redirect("accounts:recovery_kit")
    context = {"words": words, "onwards": get_next_redirect_url(request) or resolve_url("home")}
    return render(request, "accounts/recovery_kit_words.html", context)


@require_http_methods(["GET", "POST"])
@public
def recovery_kit_use(request: HttpRequest) -> HttpResponse:
    """Words from paper and a new passphrase; then the sign-in goes on as any other, with all its steps."""
    form = KitForm(request.POST or None)
    if not form.is_valid():
        return form_page(request, "accounts/recovery_kit_use.html", form)
    if not ratelimit.consume(request, action="recovery_kit"):
        form.add_error(None, _("That was many tries from this place. Wait ten minutes, then try again."))
        return form_page(request, "accounts/recovery_kit_use.html", form, status=HTTPStatus.TOO_MANY_REQUESTS)
    try:
        person = kit.use_kit(form.cleaned_data["words"], form.cleaned_data["passphrase"])
    except kit.NotAKit:
        form.add_error("words", _("These words open nothing. Look at each word on your paper again."))
        return form_page(request, "accounts/recovery_kit_use.html", form)
    except ValidationError as easy:
        form.add_error("passphrase", easy)
        return form_page(request, "accounts/recovery_kit_use.html", form)
    get_adapter().send_notification_mail("account/email/password_changed", person)
    messages.success(request, _("Your new passphrase is set. The old kit is used up. Make a new one now."))
    record_authentication(request, person, method="recovery_kit")
    return perform_login(request, person, redirect_url=resolve_url("accounts:recovery_kit"))
