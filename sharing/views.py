"""The owner's pages of sharing: who sees what, a new share, change, stop, and who has looked.

A share always belongs to the person who is signed in, through the record that carries their key.
"""

from typing import Any
from uuid import uuid4

from allauth.core import ratelimit
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.confirm import recently_confirmed
from accounts.requests import PersonRequest
from records.access import signed_in
from records.forms import form_page
from sharing import giving
from sharing.access import on, own_key
from sharing.forms import BY_NAME, PartsForm, ShareForm
from sharing.log import sentences
from sharing.models import AccessEvent, Share
from sharing.policy import Action
from sharing.scopes import readings, titles

# Lines of the log at a time.
PAGE = 100
WHY_NOT = {
    "oneself": gettext_lazy("This is your own name. Choose somebody else."),
    "already": gettext_lazy("You already share with this person. Change that share instead."),
    "stopped": gettext_lazy("This share was stopped. Make a new one."),
}


@require_safe
@signed_in
def share_list(request: PersonRequest) -> HttpResponse:
    """Everybody who can read something now, or soon; and those who could."""
    shares = list(Share.objects.visible_to(request.user).filter(holder=request.user.pk).order_by("-made_at"))
    context = {
        "current": [share for share in shares if not share.is_over],
        "past": [share for share in shares if share.is_over],
    }
    return render(request, "sharing/list.html", context)


@require_http_methods(["GET", "POST"])
@signed_in
def share_add(request: PersonRequest) -> HttpResponse:
    """First the form; then, nothing being shared yet, a page to check it with all that they will see."""
    if request.method == "GET":
        form = ShareForm(initial={"parts": request.GET.getlist("part")})
        return render(request, "sharing/add.html", {"form": form})
    form = _share_form(request)
    if not form.is_valid() or "back" in request.POST:
        return render(request, "sharing/add.html", {"form": form}, status=422 if form.errors else 200)
    return _check_page(request, form, reverse("sharing:share_give"), again=reverse("sharing:share_add"))


@require_POST
@signed_in
@recently_confirmed
def share_give(request: PersonRequest) -> HttpResponse:
    """The act itself, after the check page."""
    form = _share_form(request)
    if not form.is_valid():
        return form_page(request, "sharing/add.html", form)
    try:
        share, words = giving.give(
            own_key(request.user), form.terms, recipient=form.recipient, share_id=form.cleaned_data["share"]
        )
    except giving.NotPossible as why:
        if str(why) == "made":
            messages.success(request, _("This share is made already. Make new words if you need them."))
            return redirect("sharing:share_list")
        form.add_error("username", WHY_NOT[str(why)])
        return form_page(request, "sharing/add.html", form)
    if words:
        return _words_page(request, share, words)
    messages.success(request, _("Offered. They can read it once they say yes."))
    return redirect("sharing:share_list")


@require_http_methods(["GET", "POST"])
@on(Share, Action.SHARE)
@recently_confirmed
def share_change(request: PersonRequest, share: Share) -> HttpResponse:
    """Other parts, another end. It holds from the next page the reader opens."""
    if request.method == "GET":
        until = timezone.localdate(share.ends_at) if share.ends_at else None
        initial = {"label": share.label, "my_name": share.my_name, "parts": share.parts, "until": until}
        return render(request, "sharing/change.html", {"form": PartsForm(initial=initial), "share": share})
    form = PartsForm(request.POST)
    if not form.is_valid() or "back" in request.POST:
        return render(
            request, "sharing/change.html", {"form": form, "share": share}, status=422 if form.errors else 200
        )
    address = reverse("sharing:share_change", args=[share.pk])
    if "sure" not in request.POST:
        return _check_page(request, form, address, again=address)
    try:
        giving.change(share, form.terms)
    except giving.NotPossible as why:
        messages.warning(request, WHY_NOT[str(why)])
    else:
        messages.success(request, _("Changed. They see this from now on."))
    return redirect("sharing:share_list")


@require_safe
@on(Share, Action.PREVIEW)
def share_preview(request: PersonRequest, share: Share) -> HttpResponse:
    """The reader's page as the reader sees it."""
    read = readings(request.user, share.holder_id, share.parts)
    return render(request, "sharing/preview.html", {"share": share, "readings": read, "titles": share.titles})


@require_POST
@on(Share, Action.SHARE)
def share_stop(request: PersonRequest, share: Share) -> HttpResponse:
    """One press, at once. No passphrase is asked: stopping is never made hard."""
    giving.stop(share)
    messages.success(request, _("Stopped. They cannot read it any more."))
    return redirect("sharing:share_list")


@require_POST
@on(Share, Action.SHARE)
@recently_confirmed
def share_invite(request: PersonRequest, share: Share) -> HttpResponse:
    """New words for a share that nobody has taken yet."""
    if share.recipient_id or share.is_over:
        messages.warning(request, _("This share needs no words."))
        return redirect("sharing:share_list")
    return _words_page(request, share, giving.invite(share))


@require_safe
@signed_in
def access_log(request: PersonRequest) -> HttpResponse:
    """Who opened what, and when, in sentences."""
    shares = {share.pk: share for share in Share.objects.visible_to(request.user).filter(holder=request.user.pk)}
    events = AccessEvent.objects.filter(holder=request.user.pk).newest_first()
    page = Paginator(events, PAGE).get_page(request.GET.get("page"))
    return render(request, "sharing/log.html", {"lines": sentences(page, shares), "page": page})


def _share_form(request: PersonRequest) -> ShareForm:
    """The form as it was sent. How many names a person may look up in an hour is counted."""
    may = request.POST.get("how") != BY_NAME or ratelimit.consume(request, action="share_by_name", user=request.user)
    return ShareForm(request.POST, may_look_up=bool(may))


def _check_page(request: PersonRequest, form: PartsForm, address: str, again: str) -> HttpResponse:
    """What was chosen, what they will see, and the button that does it. The choices travel in hidden boxes."""
    context: dict[str, Any] = {
        "choices": form.cleaned_data,
        "ends_at": form.ends_at,
        "titles": titles(form.cleaned_data["parts"]),
        "readings": readings(request.user, request.user.pk, form.cleaned_data["parts"]),
        "hidden": [(name, value) for name in form.fields for value in request.POST.getlist(name) if name != "share"],
        "share_id": uuid4(),
        "address": address,
        "again": again,
    }
    return render(request, "sharing/check.html", context)


def _words_page(request: PersonRequest, share: Share, words: str) -> HttpResponse:
    """The link and the words, shown this once: only their hash is kept."""
    address = request.build_absolute_uri(reverse("sharing:invitation_open", args=[words.replace(" ", "-")]))
    return render(request, "sharing/words.html", {"share": share, "words": words, "link": address})
