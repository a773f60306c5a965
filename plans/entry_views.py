"""The addresses of single entries of the plan, each with its access decorator."""

from django.http import HttpResponse
from django.views.decorators.http import require_http_methods, require_POST

from accounts.requests import PersonRequest
from plans.models import Entry, Plan
from plans.sections import SECTIONS, PlanSection
from records.entry_pages import EntryPages
from sharing.access import mine, on
from sharing.policy import Action

PAGES = EntryPages(SECTIONS)


@require_POST
@mine(Plan, Action.EDIT)
def entry_add(request: PersonRequest, plan: Plan, section: PlanSection) -> HttpResponse:
    return PAGES.add(request, plan, section)


@require_http_methods(["GET", "POST"])
@on(Entry, Action.EDIT)
def entry_edit(request: PersonRequest, entry: Entry) -> HttpResponse:
    return PAGES.edit(request, entry)


@require_POST
@on(Entry, Action.EDIT)
def entry_up(request: PersonRequest, entry: Entry) -> HttpResponse:
    return PAGES.move(request, entry, entry.its_plan(request.user), -1)


@require_POST
@on(Entry, Action.EDIT)
def entry_down(request: PersonRequest, entry: Entry) -> HttpResponse:
    return PAGES.move(request, entry, entry.its_plan(request.user), +1)


@require_POST
@on(Entry, Action.EDIT)
def entry_remove(request: PersonRequest, entry: Entry) -> HttpResponse:
    return PAGES.remove(request, entry)


@require_POST
@on(Entry, Action.EDIT)
def entry_bring_back(request: PersonRequest, entry: Entry) -> HttpResponse:
    return PAGES.bring_back(request, entry)
