"""What can be done to one entry of a written record, as pages. A form that saves by itself and a button press come
the same way. Each room puts its addresses and access decorators before these.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from records import writing
from records.catalogue import Part, Section
from records.entries import EntryWording, Written, WrittenEntry
from records.entry_forms import EntryForm, blank_form, entry_form, filled_form
from records.reading import Line, SectionReading, read_sections
from records.requests import PageRequest, uuid_or_none
from records.text import Text

Kept = list[dict[str, Text]]
# The version of ids that forms make for new entries.
RANDOM = 4


@dataclass(frozen=True)
class Shown:
    """A form on its way to the page: where it goes, and the entry a new one stands under, if any."""

    form: EntryForm
    section: Section
    address: str
    under: UUID | None = None


@dataclass(frozen=True)
class EntryPages:
    """The pages of one room's entries. `sections`: its catalogue, by key."""

    sections: Mapping[str, Section]

    def add(self, request: PageRequest, record: Written, section: Section) -> HttpResponse:
        """A new entry. Its id came with the form, so pressing twice, or saving by itself, makes one entry."""
        part, parent_id = _asked_for(request, section)
        form = entry_form(part)(request.POST, auto_id="new-%s")
        shown = Shown(form, section, section.add_address, parent_id)
        if not form.is_valid():
            return _not_yet(request, shown)
        # SECURITY: a form left open on a shared device would save one person's words into the record of the next.
        if form.cleaned_data["record"] not in (None, record.pk):
            return _other_persons_form(request, form)
        entry_id = form.cleaned_data["entry"]
        if not _may_begin(record, section, part, entry_id):
            raise Http404
        if part.is_single and not form.words and not _is_begun(record, entry_id):
            return self._nothing_yet(request, form, section)
        try:
            spot = writing.Spot(section.key, part.key, parent_id)
            wording = writing.add(record, spot, entry_id=entry_id, edit=form.edit)
        except writing.Conflict as conflict:
            return _both_wordings(request, shown, conflict.theirs)
        except writing.NotMine as wrong:
            raise Http404 from wrong
        return self._saved(request, form, wording)

    def edit(self, request: PageRequest, entry: WrittenEntry) -> HttpResponse:
        """An entry in its form. GET gives the form alone when asked by script, to put in place of the card."""
        section = self._section_of(entry)
        part = section.part(entry.part)
        address = reverse(f"{section.app}:entry_edit", args=[entry.pk])
        if request.method == "GET":
            newest = entry.newest()
            return _show(request, Shown(filled_form(part, entry.pk, newest.words, newest.number), section, address))
        form = entry_form(part)(request.POST, auto_id=f"{entry.pk.hex[:8]}-%s")
        shown = Shown(form, section, address)
        if not form.is_valid():
            return _not_yet(request, shown)
        try:
            wording = writing.write(entry, form.edit)
        except writing.Conflict as conflict:
            return _both_wordings(request, shown, conflict.theirs)
        return self._saved(request, form, wording)

    def move(self, request: PageRequest, entry: WrittenEntry, record: Written, by: int) -> HttpResponse:
        """The list in its new order, and where the entry stands now, said aloud. `record`: the entry's own."""
        section = self._listed(entry)
        place, of = writing.move(entry, by)
        if not place:
            raise Http404
        said = _("Now number %(place)s of %(of)s.") % {"place": place, "of": of}
        if not request.htmx:
            messages.success(request, said)
            return redirect(self._address_of(entry))
        # The form that is open for a new entry belongs to the page's address, not to this one's.
        query = QueryDict((request.htmx.current_url or "").partition("#")[0].partition("?")[2])
        return render(request, "entries/lists.html", _lists(record, section, query) | {"said": said})

    def remove(self, request: PageRequest, entry: WrittenEntry) -> HttpResponse:
        section = self._listed(entry)
        writing.remove(entry)
        undo = reverse(f"{section.app}:entry_bring_back", args=[entry.pk])
        messages.success(request, _("Removed. You can bring it back for 30 days."), extra_tags=f"undo:{undo}")
        return redirect(section.address)

    def bring_back(self, request: PageRequest, entry: WrittenEntry) -> HttpResponse:
        writing.bring_back(entry)
        messages.success(request, _("It is back."))
        return redirect(self._address_of(entry))

    def _section_of(self, entry: WrittenEntry) -> Section:
        return self.sections[entry.section]

    def _listed(self, entry: WrittenEntry) -> Section:
        """The section of an entry that can be moved or removed. Raises Http404 for that of an open form.

        Such a form is emptied instead. Removed, its entry would meet the next save as a wording from elsewhere.
        """
        section = self._section_of(entry)
        if section.part(entry.part).is_single:
            raise Http404
        return section

    def _address_of(self, entry: WrittenEntry) -> str:
        return f"{self._section_of(entry).address}#entry-{entry.parent_id or entry.pk}"

    def _nothing_yet(self, request: PageRequest, form: EntryForm, section: Section) -> HttpResponse:
        """An open form that nobody wrote in: an entry without words would only get in the way of another window."""
        if request.htmx and "done" not in request.POST:
            return _save_region(request, form, seen=0)
        messages.info(request, _("Nothing is written yet, so there was nothing to save."))
        return _go_to(request, section.address)

    def _saved(self, request: PageRequest, form: EntryForm, wording: EntryWording) -> HttpResponse:
        """After a press of Save, back to the section. After a save by itself, the time, and the form stays."""
        is_pressed = "done" in request.POST
        if request.htmx and not is_pressed:
            return _save_region(request, form, seen=wording.number, saved_at=wording.written_at)
        address = self._address_of(wording.entry)
        time = date_format(timezone.localtime(wording.written_at), "H:i")
        messages.success(request, _("Saved at %(time)s.") % {"time": time})
        return _go_to(request, address)


def open_singles(record: Written, reading: SectionReading) -> None:
    """Gives each list that holds one entry its open form, with what it says now."""
    for each in reading.lists:
        if each.part.is_single:
            entry_id = record.single_id(reading.section.key, each.part.key)
            words, seen = (each.single.words, each.single.wording.number) if each.single else ({}, 0)
            each.form = filled_form(each.part, entry_id, words, seen, record.pk)


def section_context(request: PageRequest, record: Written, section: Section) -> dict[str, Any]:
    """What the page of a section shows. `?add=list` (and `&under=entry`) opens the form for a new entry."""
    return _lists(record, section, request.GET) | {"record": record}


def _lists(record: Written, section: Section, query: QueryDict) -> dict[str, Any]:
    """The lists of a section, with the form that the page's address opens."""
    [reading] = read_sections(record, [section])
    open_singles(record, reading)
    adding = query.get("add", "")
    first = section.lists[0]
    if not adding and len(section.lists) == 1 and reading.is_empty and not first.suggestions:
        adding = first.key
    part = next((part for part in section.parts if part.key == adding and not part.is_single), None)
    form = blank_form(part, record.pk) if part else None
    under = uuid_or_none(query.get("under", ""))
    return {"section": section, "reading": reading, "form": form, "adding": adding, "under": under}


def _may_begin(record: Written, section: Section, part: Part, entry_id: UUID) -> bool:
    """Whether a new entry of this list may have this id."""
    if part.is_single:
        return entry_id == record.single_id(section.key, part.key)
    # SECURITY: whoever knows a record's id can work out those of its open forms. An entry of one's own under such an
    # id would keep the other person from ever writing there, and whether it can be made would tell if they have.
    return entry_id.version == RANDOM


def _is_begun(record: Written, entry_id: UUID) -> bool:
    return record.entry_model().objects.filter(record=record, pk=entry_id).exists()


def _asked_for(request: PageRequest, section: Section) -> tuple[Part, UUID | None]:
    """The list a new entry goes to, and the entry it stands under. Raises Http404 for what no page offers."""
    try:
        part = section.part(request.POST.get("part", ""))
        parent_id = UUID(request.POST["under"]) if request.POST.get("under") else None
    except (KeyError, ValueError) as wrong:
        raise Http404 from wrong
    if bool(part.below) != bool(parent_id):
        raise Http404
    return part, parent_id


def _go_to(request: PageRequest, address: str) -> HttpResponse:
    """After a press of a button, whether our script or the browser sent it."""
    if request.htmx:
        return HttpResponse(status=204, headers={"HX-Redirect": address})
    return redirect(address)


def _not_yet(request: PageRequest, shown: Shown) -> HttpResponse:
    """Something needs another look. What was typed is still there."""
    form = shown.form
    seen = form.data.get("seen") or 0
    if request.htmx and form.lacks_only_words and "done" not in request.POST:
        # Saving by itself, halfway through: nothing to keep yet, and nothing to be told.
        return _save_region(request, form, seen=seen)
    if request.htmx:
        problem = next((str(error) for errors in form.errors.values() for error in errors), "")
        return _save_region(request, form, seen=seen, problem=problem, status=422)
    return _show(request, shown, status=422)


def _both_wordings(request: PageRequest, shown: Shown, theirs: EntryWording) -> HttpResponse:
    """409: the entry has a newer wording. Both are shown; saving again keeps what is in the boxes."""
    line = Line(shown.section, shown.form.part, theirs.words, theirs)
    kept: Kept = [{"label": question.label, "value": answer} for question, answer in line.answers]
    # Emptied in the other place: that is said too.
    kept = kept or [{"label": shown.form.part.title, "value": ""}]
    if request.htmx:
        return _save_region(request, shown.form, seen=theirs.number, kept=kept, status=409)
    return _show(request, shown, kept=kept, seen=theirs.number, status=409)


def _other_persons_form(request: PageRequest, form: EntryForm) -> HttpResponse:
    """The form was opened by somebody else who was signed in on this device. Their words stay on their page."""
    if not request.htmx:
        raise PermissionDenied
    response = _save_region(request, form, seen=form.data.get("seen") or 0, state="reload", status=403)
    response["X-Save-Region"] = "1"
    return response


def _save_region(request: PageRequest, form: EntryForm, *, status: int = 200, **said: object) -> HttpResponse:
    return render(request, "components/save.html", {"id": form.data.get("entry", ""), **said}, status=status)


def _show(
    request: PageRequest, shown: Shown, *, kept: Kept | None = None, seen: int | None = None, status: int = 200
) -> HttpResponse:
    context = {
        "form": shown.form,
        "section": shown.section,
        "address": shown.address,
        "under": shown.under,
        "kept": kept,
        "seen": shown.form["seen"].value() if seen is None else seen,
    }
    return render(request, "entries/form.html" if request.htmx else "entries/edit.html", context, status=status)
