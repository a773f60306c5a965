"""The addresses of single entries of the directive, each with its access decorator."""

from django.http import HttpResponse
from django.views.decorators.http import require_http_methods, require_POST

from accounts.requests import PersonRequest
from directives.models import Directive, Entry
from directives.topics import TOPICS, Topic
from records.entry_pages import EntryPages
from sharing.access import mine, on
from sharing.policy import Action

PAGES = EntryPages(TOPICS)


@require_POST
@mine(Directive, Action.EDIT)
def entry_add(request: PersonRequest, directive: Directive, section: Topic) -> HttpResponse:
    return PAGES.add(request, directive, section)


@require_http_methods(["GET", "POST"])
@on(Entry, Action.EDIT)
def entry_edit(request: PersonRequest, entry: Entry) -> HttpResponse:
    return PAGES.edit(request, entry)


@require_POST
@on(Entry, Action.EDIT)
def entry_up(request: PersonRequest, entry: Entry) -> HttpResponse:
    return PAGES.move(request, entry, entry.its_directive(request.user), -1)


@require_POST
@on(Entry, Action.EDIT)
def entry_down(request: PersonRequest, entry: Entry) -> HttpResponse:
    return PAGES.move(request, entry, entry.its_directive(request.user), +1)


@require_POST
@on(Entry, Action.EDIT)
def entry_remove(request: PersonRequest, entry: Entry) -> HttpResponse:
    return PAGES.remove(request, entry)


@require_POST
@on(Entry, Action.EDIT)
def entry_bring_back(request: PersonRequest, entry: Entry) -> HttpResponse:
    return PAGES.bring_back(request, entry)
