"""The pages of a person's own plan: overview, section, the whole of it, what was removed."""

import uuid
from itertools import groupby

from django.contrib import messages
from django.db.models import Count
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from accounts.requests import PersonRequest
from plans.catalogue import Section
from plans.forms import CalledForm, blank_form
from plans.models import Entry, Plan
from plans.reading import Line, read_sections
from plans.sections import GROUPS, SECTIONS
from plans.writing import removed_since
from sharing.access import mine
from sharing.models import Share
from sharing.policy import Action


@require_safe
@mine(Plan, Action.VIEW)
def plan_overview(request: PersonRequest, plan: Plan) -> HttpResponse:
    rows = Entry.objects.filter(plan=plan, removed_at=None, parent=None).values("section").annotate(lines=Count("pk"))
    counts = {row["section"]: row["lines"] for row in rows}
    by_group = {key: list(group) for key, group in groupby(SECTIONS.values(), lambda section: section.group)}
    groups = [
        {"title": title, "sections": [(section, counts.get(section.key, 0)) for section in by_group[key]]}
        for key, title in GROUPS
    ]
    return render(request, "plans/overview.html", {"plan": plan, "groups": groups, "is_new": not counts})


@require_safe
@mine(Plan, Action.VIEW)
def section_detail(request: PersonRequest, plan: Plan, section: Section) -> HttpResponse:
    """A section with its lists. `?add=list` (and `&under=entry`) opens the form for a new entry."""
    [reading] = read_sections(plan, [section.key])
    adding = request.GET.get("add", "")
    if not adding and len(section.lists) == 1 and reading.is_empty:
        adding = section.lists[0].key
    part = next((part for part in section.parts if part.key == adding), None)
    context = {
        "plan": plan,
        "section": section,
        "reading": reading,
        "form": blank_form(part, plan.pk) if part else None,
        "adding": adding,
        "under": _uuid_or_none(request.GET.get("under", "")),
        "readers": Share.objects.live().filter(holder=plan.holder_id, parts__contains=[section.scope]).count(),
    }
    return render(request, "plans/section.html", context)


@require_safe
@mine(Plan, Action.VIEW)
def section_read(request: PersonRequest, plan: Plan, section: Section) -> HttpResponse:
    """One section laid out for reading and printing."""
    reading = {"sections": read_sections(plan, [section.key])}
    context = {"plan": plan, "title": section.title, "reading": reading, "section": section}
    return render(request, "plans/read.html", context)


@require_safe
@mine(Plan, Action.VIEW)
def plan_read(request: PersonRequest, plan: Plan) -> HttpResponse:
    """The whole plan laid out for reading and printing."""
    reading = {"sections": [each for each in read_sections(plan, list(SECTIONS)) if not each.is_empty]}
    return render(request, "plans/read.html", {"plan": plan, "title": _("My whole plan"), "reading": reading})


@require_safe
@mine(Plan, Action.VIEW)
def plan_removed(request: PersonRequest, plan: Plan) -> HttpResponse:
    """What was removed in the last 30 days."""
    wordings = plan.newest_removed(since=removed_since())
    lines = [
        Line(wording, SECTIONS[wording.entry.section].part(wording.entry.part), wording.words) for wording in wordings
    ]
    return render(request, "plans/removed.html", {"plan": plan, "lines": lines})


@require_http_methods(["GET", "POST"])
@mine(Plan, Action.EDIT)
def plan_name(request: PersonRequest, plan: Plan) -> HttpResponse:
    """What the person likes to be called."""
    form = CalledForm(request.POST) if request.method == "POST" else CalledForm(initial={"called": plan.called or ""})
    if form.is_bound and form.is_valid():
        plan.called = form.cleaned_data["called"]
        plan.save(update_fields=["called"])
        messages.success(request, _("Saved."))
        return redirect("home")
    return render(request, "plans/name.html", {"form": form}, status=422 if form.is_bound else 200)


def _uuid_or_none(text: str) -> uuid.UUID | None:
    try:
        return uuid.UUID(text)
    except ValueError:
        return None
