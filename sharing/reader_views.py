"""The reader's pages: people who share with me, what each shares, and invitations. Nothing here can change a record."""

import re

from allauth.core.internal import ratelimit
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.requests import PersonRequest
from records.access import public, signed_in
from records.forms import form_page
from records.models import Pass
from records.passes import bearing
from records.text import Text
from sharing import giving
from sharing.access import on
from sharing.forms import InvitationForm
from sharing.models import Share
from sharing.policy import Action
from sharing.scopes import readings

NOT_FOUND = gettext_lazy("These words do not open anything now. Check them, or ask for new ones.")
WHY_NOT = {
    "over": gettext_lazy("This was stopped, or its time is over. Ask for a new one."),
    "oneself": gettext_lazy("These are your own words. Give them to the person you share with."),
    "already": gettext_lazy("This person already shares with you."),
}


@require_safe
@signed_in
def people(request: PersonRequest) -> HttpResponse:
    """Everybody who shares with me now, and offers that wait for my answer."""
    shares = list(Share.objects.visible_to(request.user).exclude(holder=request.user.pk).order_by("made_at"))
    context = {
        "live": [share for share in shares if share.accepted_at],
        "offers": [share for share in shares if not share.accepted_at],
    }
    return render(request, "sharing/people.html", context)


@require_safe
@on(Share, Action.READ)
def share_read(request: PersonRequest, share: Share) -> HttpResponse:
    """All that this person shares with me, on one page, for reading."""
    context = {
        "share": share,
        "readings": readings(request.user, share.holder_id, share.parts),
    }
    return render(request, "sharing/read.html", context)


@require_POST
@on(Share, Action.ANSWER_INVITATION)
def share_accept(request: PersonRequest, share: Share) -> HttpResponse:
    giving.accept_offer(share, request.user)
    return redirect("sharing:share_read", share.pk)


@require_POST
@on(Share, Action.ANSWER_INVITATION)
def share_decline(request: PersonRequest, share: Share) -> HttpResponse:
    giving.decline(share, request.user)
    messages.success(request, _("Answered. They see that you said no."))
    return redirect("sharing:people")


@require_POST
@on(Share, Action.LEAVE)
def share_leave(request: PersonRequest, share: Share) -> HttpResponse:
    giving.decline(share, request.user)
    messages.success(request, _("Ended. You cannot read it any more."))
    return redirect("sharing:people")


@require_http_methods(["GET", "POST"])
@public
def invitation_enter(request: PersonRequest) -> HttpResponse:
    """A box for the words that were said."""
    form = InvitationForm(request.POST) if request.method == "POST" else InvitationForm()
    if form.is_bound and form.is_valid():
        return _answer(request, form.cleaned_data["words"], form)
    return form_page(request, "sharing/invitation_enter.html", form)


@require_safe
@public
def invitation_open(request: PersonRequest, words: str) -> HttpResponse:
    """The link. It opens a page with one button; following a link changes nothing."""
    return _answer(request, words.replace("-", " "), InvitationForm(initial={"words": words.replace("-", " ")}))


@require_POST
@signed_in
def invitation_accept(request: PersonRequest) -> HttpResponse:
    """The reader says yes."""
    if not _may_try(request):
        return render(request, "sharing/invitation_enter.html", {"form": InvitationForm(), "wait": True}, status=429)
    with bearing(request.POST.get("words", ""), Pass.Purpose.INVITATION, person=request.user.pk) as found:
        try:
            share = giving.accept_invitation(found, request.user) if found else None
            problem: Text = NOT_FOUND
        except giving.NotPossible as why:
            share, problem = None, WHY_NOT[str(why)]
    share = share or giving.taken_by(request.POST.get("words", ""), request.user)
    if share:
        return redirect("sharing:share_read", share.pk)
    return _not_found(request, InvitationForm(request.POST), problem)


def _may_try(request: PersonRequest) -> bool:
    """False after many tries from one place."""
    # SECURITY: a link is a guess like any other; allauth's usual entry would not count a GET.
    return bool(ratelimit.consume(request, app="allauth.account", action="invitation", limit_get=True))


def _answer(request: PersonRequest, words: str, form: InvitationForm) -> HttpResponse:
    """The page behind words that open something; the box again for words that do not."""
    if not _may_try(request):
        return render(request, "sharing/invitation_enter.html", {"form": form, "wait": True}, status=429)
    person = request.user.pk if request.user.is_authenticated else None
    with bearing(words, Pass.Purpose.INVITATION, person=person) as found:
        share = Share.objects.offered_by(found).first() if found else None
        context = {"name": share.my_name, "titles": share.titles} if share else {}
    if not share:
        taken = giving.taken_by(words, request.user) if person else None
        if taken:
            return redirect("sharing:share_read", taken.pk)
        return _not_found(request, InvitationForm({"words": words}), NOT_FOUND)
    link = reverse("sharing:invitation_open", args=["-".join(re.findall(r"[a-z]+", words.lower()))])
    return render(request, "sharing/invitation.html", {**context, "words": words, "link": link})


def _not_found(request: PersonRequest, form: InvitationForm, problem: Text) -> HttpResponse:
    if form.is_valid():
        form.add_error("words", problem)
    return form_page(request, "sharing/invitation_enter.html", form)
