"""The pages of a person's own plan: overview, section, the whole of it, what was removed."""

from django.contrib import messages
from django.db.models import Count
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from accounts.requests import PersonRequest
from plans.forms import CalledForm
from plans.models import Entry, Plan
from plans.sections import GROUPS, SECTIONS, PlanSection
from records.entry_pages import section_context
from records.forms import form_page
from records.reading import read_sections
from records.removed import removed_page
from sharing.access import mine
from sharing.policy import Action


@require_safe
@mine(Plan, Action.VIEW)
def plan_overview(request: PersonRequest, plan: Plan) -> HttpResponse:
    rows = Entry.objects.filter(record=plan, removed_at=None, parent=None).values("section").annotate(lines=Count("pk"))
    counts = {row["section"]: row["lines"] for row in rows}
    groups = [
        {
            "title": title,
            "sections": [(each, counts.get(each.key, 0)) for each in SECTIONS.values() if each.group == key],
        }
        for key, title in GROUPS
    ]
    return render(request, "plans/overview.html", {"groups": groups, "is_new": not counts})


@require_safe
@mine(Plan, Action.VIEW)
def section_detail(request: PersonRequest, plan: Plan, section: PlanSection) -> HttpResponse:
    """A section with its lists, and perhaps the form for a new entry."""
    context = section_context(request, plan, section) | {"readers": plan.readers(section.scope)}
    return render(request, "plans/section.html", context)


@require_safe
@mine(Plan, Action.VIEW)
def section_read(request: PersonRequest, plan: Plan, section: PlanSection) -> HttpResponse:
    """One section laid out for reading and printing."""
    reading = {"sections": read_sections(plan, [section])}
    context = {"plan": plan, "title": section.title, "reading": reading, "section": section}
    return render(request, "plans/read.html", context)


@require_safe
@mine(Plan, Action.VIEW)
def plan_read(request: PersonRequest, plan: Plan) -> HttpResponse:
    """The whole plan laid out for reading and printing."""
    reading = {"sections": [each for each in read_sections(plan, SECTIONS.values()) if not each.is_empty]}
    return render(request, "plans/read.html", {"plan": plan, "title": _("My whole plan"), "reading": reading})


@require_safe
@mine(Plan, Action.VIEW)
def plan_removed(request: PersonRequest, plan: Plan) -> HttpResponse:
    """What was removed in the last 30 days."""
    return removed_page(request, plan, SECTIONS, reverse("plans:plan_overview"))


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
    return form_page(request, "plans/name.html", form)
