"""What can be done to one entry of the plan. A form that saves by itself and a button press come the same way."""

from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from accounts.requests import PersonRequest
from plans import writing
from plans.catalogue import Part, Section
from plans.forms import EntryForm, entry_form, filled_form
from plans.models import Entry, Plan, Wording
from plans.reading import Line, read_sections
from plans.sections import SECTIONS
from records.text import Text
from sharing.access import mine, on
from sharing.policy import Action

Kept = list[dict[str, Text]]


@require_POST
@mine(Plan, Action.EDIT)
def entry_add(request: PersonRequest, plan: Plan, section: Section) -> HttpResponse:
    """A new entry. Its id came with the form, so pressing twice, or saving by itself, makes one entry."""
    part, parent_id = _asked_for(request, section)
    form = entry_form(part)(request.POST, auto_id="new-%s")
    address = reverse("plans:entry_add", args=[section])
    if not form.is_valid():
        return _not_yet(request, form, section, address, parent_id)
    # SECURITY: a form left open on a shared device would save one person's words into the plan of the next.
    if form.cleaned_data["plan"] not in (None, plan.pk):
        return _other_persons_form(request, form)
    spot = writing.Spot(section.key, part.key, parent_id)
    try:
        wording = writing.add(plan, spot, entry_id=form.cleaned_data["entry"], edit=form.edit)
    except writing.Conflict as conflict:
        return _both_wordings(request, form, section, address, conflict.theirs, parent_id)
    except writing.NotMine as wrong:
        raise Http404 from wrong
    return _saved(request, form, section, wording)


@require_http_methods(["GET", "POST"])
@on(Entry, Action.EDIT)
def entry_edit(request: PersonRequest, entry: Entry) -> HttpResponse:
    """An entry in its form. GET gives the form alone when asked by script, to put in place of the card."""
    section = SECTIONS[entry.section]
    part = section.part(entry.part)
    address = reverse("plans:entry_edit", args=[entry.pk])
    if request.method == "GET":
        newest = entry.newest()
        form = filled_form(part, entry.pk, newest.words, newest.number)
        return _show_form(request, form, section, address)
    form = entry_form(part)(request.POST, auto_id=f"{entry.pk.hex[:8]}-%s")
    if not form.is_valid():
        return _not_yet(request, form, section, address)
    try:
        wording = writing.write(entry, form.edit)
    except writing.Conflict as conflict:
        return _both_wordings(request, form, section, address, conflict.theirs)
    return _saved(request, form, section, wording)


@require_POST
@on(Entry, Action.EDIT)
def entry_up(request: PersonRequest, entry: Entry) -> HttpResponse:
    return _moved(request, entry, -1)


@require_POST
@on(Entry, Action.EDIT)
def entry_down(request: PersonRequest, entry: Entry) -> HttpResponse:
    return _moved(request, entry, +1)


@require_POST
@on(Entry, Action.EDIT)
def entry_remove(request: PersonRequest, entry: Entry) -> HttpResponse:
    writing.remove(entry)
    undo = reverse("plans:entry_bring_back", args=[entry.pk])
    messages.success(request, _("Removed. You can bring it back for 30 days."), extra_tags=f"undo:{undo}")
    return redirect("plans:section_detail", SECTIONS[entry.section].slug)


@require_POST
@on(Entry, Action.EDIT)
def entry_bring_back(request: PersonRequest, entry: Entry) -> HttpResponse:
    writing.bring_back(entry)
    messages.success(request, _("It is back."))
    return redirect(_address_of(entry))


def _asked_for(request: PersonRequest, section: Section) -> tuple[Part, UUID | None]:
    """The list a new entry goes to, and the entry it stands under. Raises Http404 for what no page offers."""
    try:
        part = section.part(request.POST.get("part", ""))
        parent_id = UUID(request.POST["under"]) if request.POST.get("under") else None
    except (KeyError, ValueError) as wrong:
        raise Http404 from wrong
    if bool(part.below) != bool(parent_id):
        raise Http404
    return part, parent_id


def _address_of(entry: Entry) -> str:
    section = reverse("plans:section_detail", args=[SECTIONS[entry.section]])
    return f"{section}#entry-{entry.parent_id or entry.pk}"


def _saved(request: PersonRequest, form: EntryForm, section: Section, wording: Wording) -> HttpResponse:
    """After a press of Save, back to the section. After a save by itself, the time, and the form stays."""
    is_pressed = "done" in request.POST
    if request.htmx and not is_pressed:
        return _save_region(request, form, seen=wording.number, saved_at=wording.written_at)
    address = _address_of(wording.entry)
    time = date_format(timezone.localtime(wording.written_at), "H:i")
    messages.success(request, _("Saved at %(time)s.") % {"time": time})
    if request.htmx:
        return HttpResponse(status=204, headers={"HX-Redirect": address})
    return redirect(address)


def _not_yet(
    request: PersonRequest, form: EntryForm, section: Section, address: str, parent_id: UUID | None = None
) -> HttpResponse:
    """Something needs another look. What was typed is still there."""
    if request.htmx and form.lacks_only_words and "done" not in request.POST:
        # Saving by itself, halfway through: nothing to keep yet, and nothing to be told.
        return _save_region(request, form, seen=form.data.get("seen") or 0)
    if request.htmx:
        problem = next((str(error) for errors in form.errors.values() for error in errors), "")
        return _save_region(request, form, seen=form.data.get("seen") or 0, problem=problem, status=422)
    return _show_form(request, form, section, address, parent_id, status=422)


def _both_wordings(
    request: PersonRequest,
    form: EntryForm,
    section: Section,
    address: str,
    theirs: Wording,
    parent_id: UUID | None = None,
) -> HttpResponse:
    """409: the entry has a newer wording. Both are shown; saving again keeps what is in the boxes."""
    line = Line(theirs, form.part, theirs.words)
    kept: Kept = [{"label": question.label, "value": answer} for question, answer in line.answers]
    if request.htmx:
        return _save_region(request, form, seen=theirs.number, kept=kept, status=409)
    return _show_form(request, form, section, address, parent_id, kept=kept, seen=theirs.number, status=409)


def _other_persons_form(request: PersonRequest, form: EntryForm) -> HttpResponse:
    """The form was opened by somebody else who was signed in on this device. Their words stay on their page."""
    if not request.htmx:
        raise PermissionDenied
    response = _save_region(request, form, seen=form.data.get("seen") or 0, state="reload", status=403)
    response["X-Save-Region"] = "1"
    return response


def _save_region(request: PersonRequest, form: EntryForm, *, status: int = 200, **said: object) -> HttpResponse:
    return render(request, "components/save.html", {"id": form.data.get("entry", ""), **said}, status=status)


def _show_form(
    request: PersonRequest,
    form: EntryForm,
    section: Section,
    address: str,
    parent_id: UUID | None = None,
    *,
    kept: Kept | None = None,
    seen: int | None = None,
    status: int = 200,
) -> HttpResponse:
    context = {
        "form": form,
        "section": section,
        "address": address,
        "under": parent_id,
        "kept": kept,
        "seen": form["seen"].value() if seen is None else seen,
    }
    template = "plans/entry_form.html" if request.htmx else "plans/entry_edit.html"
    return render(request, template, context, status=status)


def _moved(request: PersonRequest, entry: Entry, by: int) -> HttpResponse:
    """The list in its new order, and where the entry stands now, said aloud."""
    place, of = writing.move(entry, by)
    if not place:
        raise Http404
    said = _("Now number %(place)s of %(of)s.") % {"place": place, "of": of}
    if not request.htmx:
        messages.success(request, said)
        return redirect(_address_of(entry))
    plan = Plan.objects.visible_to(request.user).get(pk=entry.plan_id)
    [reading] = read_sections(plan, [entry.section])
    return render(request, "plans/lists.html", {"reading": reading, "section": reading.section, "said": said})
