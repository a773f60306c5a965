"""A person's pages of groups: those they are in, finding one, asking to join, and leaving in two taps."""

from datetime import timedelta

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.requests import PersonRequest
from peers import attendance, joining, running
from peers.forms import NameForm
from peers.lists import Shown, decided_since, find_groups, own_groups
from peers.models import Group
from records.access import signed_in
from records.forms import form_page
from sharing.access import on
from sharing.policy import Action, Relation

# How long My groups tells what a group decided.
TOLD_FOR = timedelta(days=30)
SEEN_BY_ALL = gettext_lazy("People who look at the group see it.")


@require_safe
@signed_in
def group_list(request: PersonRequest) -> HttpResponse:
    """The groups I am in or wait for, those I run, and what groups decided lately."""
    own = own_groups(request.user, timezone.now())
    decided = decided_since(request.user, timezone.now() - TOLD_FOR)
    return render(request, "peers/list.html", {"own": own, "decided": decided})


@require_safe
@signed_in
def group_find(request: PersonRequest) -> HttpResponse:
    """Groups that take people, in the order they meet."""
    return render(request, "peers/find.html", {"found": find_groups(request.user, timezone.now())})


@require_safe
@on(Group, Action.SEE_GROUP)
def group_detail(request: PersonRequest, group: Group) -> HttpResponse:
    """One group: what anybody may know, and how I stand in it."""
    membership = group.own_membership(request.user)
    context = {
        "group": group,
        "membership": membership,
        "may_join": group.relation == Relation.VISITOR,
        # SECURITY: whoever only asks or waits holds the group's key too; a place is what opens this to them.
        "for_members": group.for_members() if membership and membership.has_place else "",
        "facilitators": group.facilitators(),
        "shown": Shown(group, group.weekly.next(timezone.now())),
        "came": attendance.marks_of(group, membership) if membership else [],
    }
    return render(request, "peers/detail.html", context)


@require_http_methods(["GET", "POST"])
@on(Group, Action.JOIN)
def group_join(request: PersonRequest, group: Group) -> HttpResponse:
    """Under which name, and what happens then."""
    if group.own_membership(request.user):
        return redirect("peers:group_detail", group.pk)
    label = _("Join this group") if group.is_open else _("Ask to join")
    form = NameForm(request.POST or None, submit_label=label)
    if not form.is_bound or not form.is_valid():
        return form_page(request, "peers/join.html", form, group=group)
    standing = joining.ask(group, request.user, form.cleaned_data["called"])
    if standing.has_place:
        messages.success(request, _("You have a place. Welcome."))
    elif standing.is_waiting:
        messages.success(request, _("All places are taken. You stand in line now."))
    else:
        messages.success(request, _("Asked. You see the answer on this page."))
    return redirect("peers:group_detail", group.pk)


@require_http_methods(["GET", "POST"])
@on(Group, Action.TAKE_PART)
def group_name(request: PersonRequest, group: Group) -> HttpResponse:
    """Another name for this group."""
    membership = group.own_membership(request.user)
    if membership is None:
        return redirect("peers:group_detail", group.pk)
    form = NameForm(request.POST or None, initial={"called": membership.called})
    if not form.is_bound or not form.is_valid():
        return form_page(request, "peers/name.html", form, group=group)
    joining.rename(membership, form.cleaned_data["called"])
    messages.success(request, _("Saved. The group calls you this from now on."))
    return redirect("peers:group_detail", group.pk)


@require_POST
@on(Group, Action.TAKE_PART)
def group_leave(request: PersonRequest, group: Group) -> HttpResponse:
    """The second tap. No reason is asked."""
    if joining.leave(group, request.user):
        if group.relation == Relation.ASKING:
            messages.success(request, _("You took your question back."))
        else:
            messages.success(request, _("You left the group. Your place is free for somebody else."))
    return redirect("peers:group_list")


@require_http_methods(["GET", "POST"])
@on(Group, Action.ANSWER_HELPING)
def helping_accept(request: PersonRequest, group: Group) -> HttpResponse:
    """Yes to helping run the group, under a name."""
    form = NameForm(request.POST or None, submit_label=_("Yes, I help run it"), help_text=SEEN_BY_ALL)
    if not form.is_bound or not form.is_valid():
        return form_page(request, "peers/helping.html", form, group=group)
    running.say_yes(group, request.user, form.cleaned_data["called"])
    return redirect("peers:group_run", group.pk)


@require_POST
@on(Group, Action.ANSWER_HELPING)
def helping_decline(request: PersonRequest, group: Group) -> HttpResponse:
    running.say_no(group, request.user)
    messages.success(request, _("Answered. You do not help to run it."))
    return redirect("peers:group_list")
