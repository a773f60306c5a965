"""The facilitator's pages: a group's roster and waiting list, its terms, and who helps to run it."""

from uuid import UUID

from allauth.core import ratelimit
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.confirm import recently_confirmed
from accounts.requests import PersonRequest
from peers import joining, rosters, running
from peers.forms import GroupForm, HelperForm, PersonForm, StartForm
from peers.models import Facilitator, Group, Membership
from records.access import signed_in
from records.forms import form_page
from sharing.access import on
from sharing.policy import Action


@require_http_methods(["GET", "POST"])
@signed_in
def group_start(request: PersonRequest) -> HttpResponse:
    """A new group, run by whoever starts it."""
    form = StartForm(request.POST or None, initial={"time_zone": request.user.time_zone})
    if not form.is_bound or not form.is_valid():
        return form_page(request, "peers/start.html", form)
    if not ratelimit.consume(request, action="start_group", user=request.user):
        form.add_error(None, _("You started many groups today. Wait until tomorrow."))
        return form_page(request, "peers/start.html", form)
    group = running.begin(request.user, form.terms, form.cleaned_data["called"], form.cleaned_data["once"])
    messages.success(request, _("Your group is here. Add people, or let them find it."))
    return redirect("peers:group_run", group.pk)


@require_safe
@on(Group, Action.RUN)
def group_run(request: PersonRequest, group: Group) -> HttpResponse:
    """All that ten minutes before the group need: today's sheet, who is in, who waits, who asks."""
    mine = Facilitator.objects.running().get(group=group, person=request.user.pk)
    helpers = rosters.helpers(group)
    context = {
        "group": group,
        "roster": rosters.roster(group),
        "helpers": [(each, running.may_end(each, mine)) for each in helpers],
        "mine": mine,
        "alone": sum(each.is_running for each in helpers) == 1,
        "meeting": rosters.meeting(group.weekly, timezone.now()),
        "sessions": rosters.sessions(group)[: rosters.LATEST],
    }
    return render(request, "peers/run.html", context)


@require_http_methods(["GET", "POST"])
@on(Group, Action.RUN)
def group_change(request: PersonRequest, group: Group) -> HttpResponse:
    """What the group is, when it meets, and who can come."""
    form = GroupForm(request.POST or None, initial=GroupForm.initial_of(group))
    if form.is_bound and form.is_valid():
        try:
            running.change(group, form.terms, form.cleaned_data["seen"])
        except running.NotPossible as refused:
            taken = Group.objects.visible_to(request.user).get(pk=group.pk).places_taken
            form.add_error(*_why_not_changed(refused, taken))
        else:
            messages.success(request, _("Saved."))
            return redirect("peers:group_run", group.pk)
    return form_page(request, "peers/change.html", form, group=group)


def _why_not_changed(refused: running.NotPossible, taken: int) -> tuple[str | None, str]:
    """The box to look at again, if it is one, and what to say."""
    if refused.args == (running.CHANGED,):
        return None, _("Somebody else changed the group meanwhile. Copy what you wrote, and open this page again.")
    words = ngettext(
        "%(taken)d person has a place. Write %(taken)d or more.",
        "%(taken)d people have a place. Write %(taken)d or more.",
        taken,
    )
    return "capacity", words % {"taken": taken}


@require_http_methods(["GET", "POST"])
@on(Group, Action.RUN)
def member_add(request: PersonRequest, group: Group) -> HttpResponse:
    """Somebody by first name."""
    form = PersonForm(request.POST or None, taken=rosters.roster(group).names())
    if not form.is_bound or not form.is_valid():
        return form_page(request, "peers/person_add.html", form, group=group)
    added = joining.add(group, form.cleaned_data["called"])
    said = _("Added. They have a place.") if added.has_place else _("All places are taken. They stand in line now.")
    messages.success(request, said)
    return redirect("peers:group_run", group.pk)


@require_http_methods(["GET", "POST"])
@on(Group, Action.RUN)
def member_name(request: PersonRequest, group: Group, member: UUID) -> HttpResponse:
    """Another first name for somebody without an account. Whoever has one chooses their name themselves."""
    roster = rosters.roster(group)
    named = next((each for each in roster.in_group if each.pk == member and each.person_id is None), None)
    if named is None:
        raise Http404
    taken = roster.names(but=named.pk)
    form = PersonForm(request.POST or None, initial={"called": named.called}, taken=taken, submit_label=_("Save"))
    if not form.is_bound or not form.is_valid():
        return form_page(request, "peers/person_name.html", form, group=group)
    if joining.rename(named, form.cleaned_data["called"]):
        messages.success(request, _("Saved. Papers you print from now on have the new name."))
    return redirect("peers:group_run", group.pk)


@require_POST
@on(Group, Action.RUN)
def member_accept(request: PersonRequest, group: Group, member: UUID) -> HttpResponse:
    """Yes: a place, or the next place in line."""
    try:
        accepted = joining.accept(group, member)
    except Membership.DoesNotExist as unknown:
        raise Http404 from unknown
    if accepted.has_place:
        messages.success(request, _("They have a place now."))
    elif accepted.is_waiting:
        messages.success(request, _("All places are taken. They stand in line now."))
    else:
        messages.warning(request, _("They do not ask any more."))
    return redirect("peers:group_run", group.pk)


@require_POST
@on(Group, Action.RUN)
def member_decline(request: PersonRequest, group: Group, member: UUID) -> HttpResponse:
    """Not this time. They read these words on their page."""
    if joining.decline(group, member):
        messages.success(request, _("Answered. They see that it is not this time."))
    else:
        messages.warning(request, _("They do not ask any more."))
    return redirect("peers:group_run", group.pk)


@require_POST
@on(Group, Action.RUN)
def member_take_off(request: PersonRequest, group: Group, member: UUID) -> HttpResponse:
    """The second tap: off the list."""
    if joining.take_off(group, member):
        messages.success(request, _("Taken off the list. A free place goes to the next person in line."))
    return redirect("peers:group_run", group.pk)


@require_http_methods(["GET", "POST"])
@on(Group, Action.RUN)
@recently_confirmed
def helper_ask(request: PersonRequest, group: Group) -> HttpResponse:
    """Ask somebody to help run the group. They see nobody's name until they say yes."""
    # The same count as for sharing by name: it is the same question.
    may = request.method == "GET" or ratelimit.consume(request, action="share_by_name", user=request.user)
    form = HelperForm(request.POST or None, may_look_up=bool(may))
    if form.is_bound and form.is_valid() and form.person:
        try:
            running.ask_to_help(group, request.user, form.person)
        except running.NotPossible as refused:
            form.add_error("username", _why_not(refused))
        else:
            messages.success(request, _("Asked. They see it under My groups."))
            return redirect("peers:group_run", group.pk)
    return form_page(request, "peers/helper_ask.html", form, group=group)


def _why_not(refused: running.NotPossible) -> str:
    if refused.args == (running.ASKED_LATELY,):
        return _("They were asked less than 30 days ago. Ask again later.")
    return _("They help to run it already, or were asked.")


@require_POST
@on(Group, Action.RUN)
def helper_end(request: PersonRequest, group: Group, helper: UUID) -> HttpResponse:
    """Stop running it oneself, take a question back, or end it for somebody one asked."""
    ending = Facilitator.objects.filter(group=group, pk=helper).first()
    mine = Facilitator.objects.running().get(group=group, person=request.user.pk)
    if ending is None or not running.may_end(ending, mine):
        raise Http404
    if ending.ended_at:
        # Pressed twice: it is over already.
        return redirect("peers:group_run", group.pk)
    try:
        running.end_helping(group, helper)
    except running.NotPossible:
        messages.warning(request, _("Somebody must run the group. Ask somebody else to help first."))
        return redirect("peers:group_run", group.pk)
    if ending.pk == mine.pk:
        messages.success(request, _("You do not run this group any more."))
        return redirect("peers:group_list")
    messages.success(request, _("Ended."))
    return redirect("peers:group_run", group.pk)
