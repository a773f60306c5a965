"""A person's pages of groups: those they are in, finding one, asking to join, and leaving in two taps."""

from datetime import timedelta

from allauth.core import ratelimit
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
from peers.lists import Decided, Shown, decided_since, find_groups, own_groups
from peers.models import Group, Membership
from records.access import signed_in
from records.forms import form_page
from sharing.access import on
from sharing.policy import Action, Relation

# How long it is told what a group decided.
TOLD_FOR = timedelta(days=30)
MAY_JOIN = (Relation.VISITOR, Relation.ASKED_TO_HELP)
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
    may_join = not membership and group.relation in MAY_JOIN and joining.takes_people(group)
    context = {
        "group": group,
        "membership": membership,
        "may_join": may_join,
        # Who runs it sees what a visitor sees.
        "as_visitor": may_join or group.relation == Relation.FACILITATOR,
        "answered": _answered(request, group) if may_join else None,
        # SECURITY: whoever only asks or waits holds the group's key too; a place is what opens this to them.
        "for_members": group.for_members() if membership and membership.has_place else "",
        "facilitators": group.facilitators(),
        "shown": Shown(group, group.weekly.next(timezone.now())),
        "came": attendance.marks_of(group, membership) if membership else [],
    }
    return render(request, "peers/detail.html", context)


def _answered(request: PersonRequest, group: Group) -> Decided | None:
    """What this group decided about me lately."""
    told = joining.answers_since(request.user, timezone.now() - TOLD_FOR)
    return next((Decided(each, group) for each in told if each.group_id == group.pk), None)


@require_http_methods(["GET", "POST"])
@on(Group, Action.JOIN)
def group_join(request: PersonRequest, group: Group) -> HttpResponse:
    """Under which name, and what happens then."""
    if group.own_membership(request.user) or not joining.takes_people(group):
        return redirect("peers:group_detail", group.pk)
    label = _("Join this group") if group.is_open else _("Ask to join")
    form = NameForm(request.POST or None, submit_label=label)
    if not form.is_bound or not form.is_valid():
        return form_page(request, "peers/join.html", form, group=group)
    if not ratelimit.consume(request, action="join_group", user=request.user):
        form.add_error(None, _("You asked many times. Wait an hour, then try again."))
        return form_page(request, "peers/join.html", form, group=group)
    standing = joining.ask(group, request.user, form.cleaned_data["called"])
    if standing.has_place:
        messages.success(request, _("You have a place. Welcome."))
    elif standing.is_waiting:
        messages.success(request, _("All places are taken. You stand in line now."))
    else:
        messages.success(request, _("Asked. You see the answer under My groups."))
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
    if joining.rename(membership, form.cleaned_data["called"]):
        messages.success(request, _("Saved. The group calls you this from now on."))
    return redirect("peers:group_detail", group.pk)


@require_POST
@on(Group, Action.TAKE_PART)
def group_leave(request: PersonRequest, group: Group) -> HttpResponse:
    """The second tap. No reason is asked."""
    left = group.own_membership(request.user)
    if left and joining.leave(group, request.user):
        messages.success(request, _what_ended(left))
    return redirect("peers:group_list")


def _what_ended(left: Membership) -> str:
    if left.is_asking:
        return _("You took your question back.")
    if left.is_waiting:
        return _("You left the line. You can stand in line again later.")
    return _("You left the group. Your place is free for somebody else.")


@require_http_methods(["GET", "POST"])
@on(Group, Action.ANSWER_HELPING)
def helping_accept(request: PersonRequest, group: Group) -> HttpResponse:
    """Yes to helping run the group, under a name."""
    if group.relation != Relation.ASKED_TO_HELP:
        return redirect("peers:group_list")
    form = NameForm(request.POST or None, submit_label=_("Yes, I help run it"), help_text=SEEN_BY_ALL)
    if not form.is_bound or not form.is_valid():
        membership = group.own_membership(request.user)
        return form_page(request, "peers/helping.html", form, group=group, membership=membership)
    if not running.say_yes(group, request.user, form.cleaned_data["called"]):
        messages.warning(request, _("They took the question back."))
        return redirect("peers:group_list")
    messages.success(request, _("You run this group with others now."))
    return redirect("peers:group_run", group.pk)


@require_POST
@on(Group, Action.ANSWER_HELPING)
def helping_decline(request: PersonRequest, group: Group) -> HttpResponse:
    if running.say_no(group, request.user):
        messages.success(request, _("Answered. You do not help to run it."))
    return redirect("peers:group_list")
