"""Sessions of a group, for who runs it: all of them, the sheet of one, marks in one tap each, and walk-ins."""

from collections.abc import Mapping
from uuid import UUID, uuid4, uuid5

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.requests import PersonRequest
from peers import attendance, rosters
from peers.attendance import Sheet, What
from peers.forms import DayForm, PersonForm
from peers.models import Facilitator, Group, Session
from records.requests import uuid_or_none
from sharing.access import on
from sharing.policy import Action

# In front of the id of each person on the sheet, whose value is what was chosen for them.
CHOSEN = "mark-"
# The four marks as they stand on the page; where they do not fit in one row, two and two.
PAIRS = ((What.HERE, What.LATE), (What.SENT_WORD, What.AWAY))
COUNTED = {
    What.HERE: gettext_lazy("here"),
    What.LATE: gettext_lazy("late"),
    What.SENT_WORD: gettext_lazy("sent word"),
    What.AWAY: gettext_lazy("away"),
    What.TAKEN_BACK: gettext_lazy("not marked"),
}


@require_safe
@on(Group, Action.RUN)
def session_list(request: PersonRequest, group: Group) -> HttpResponse:
    """Every session that was begun, and a form for another day."""
    form = DayForm(today=group.weekly.today(timezone.now()))
    return render(request, "peers/sessions.html", _list_context(group, form))


@require_POST
@on(Group, Action.RUN)
def session_open(request: PersonRequest, group: Group) -> HttpResponse:
    """The sheet of a day, begun now if it was not."""
    form = DayForm(request.POST, today=group.weekly.today(timezone.now()))
    if not form.is_valid():
        return render(request, "peers/sessions.html", _list_context(group, form), status=422)
    session = attendance.open_session(group, form.cleaned_data["day"])
    return redirect("peers:session_sheet", group.pk, session.pk)


@require_http_methods(["GET", "POST"])
@on(Group, Action.RUN)
def session_sheet(request: PersonRequest, group: Group, session: UUID) -> HttpResponse:
    """Who came: each tap saves by itself; without script one button saves all, a walk-in's name with it."""
    held = _session(group, session)
    if request.method == "GET":
        return _page(request, group, attendance.sheet(held), PersonForm())
    # A name that is half typed while a tap is saved is nobody yet: only a button adds them.
    is_named = "done" in request.POST and request.POST.get("called", "").strip()
    return _keep(request, group, held, PersonForm(request.POST) if is_named else None)


@require_POST
@on(Group, Action.RUN)
def walk_in_add(request: PersonRequest, group: Group, session: UUID) -> HttpResponse:
    """Somebody who came along, by first name. It is a button of the sheet, so the marks beside it are kept too."""
    return _keep(request, group, _session(group, session), PersonForm(request.POST))


def _keep(request: PersonRequest, group: Group, session: Session, form: PersonForm | None) -> HttpResponse:
    """Keeps every mark that the page changed, and the walk-in if one was named."""
    by = Facilitator.objects.running().get(group=group, person=request.user.pk)
    attendance.mark(session, by, chosen(request.POST), seen=_number(request.POST.get("seen", "")))
    if form and form.is_valid():
        _add_walk_in(request, session, by, form.cleaned_data["called"])
    elif form:
        form.fields["called"].widget.attrs["autofocus"] = True
    if request.htmx:
        return _saved(request, group, attendance.sheet(session), form)
    if form and form.errors:
        return _page(request, group, attendance.sheet(session), form, status=422)
    messages.success(request, _("Saved."))
    return redirect("peers:session_sheet", group.pk, session.pk)


def _add_walk_in(request: PersonRequest, session: Session, by: Facilitator, called: str) -> None:
    made = uuid_or_none(request.POST.get("walk_in", "")) or uuid4()
    # Of the form's id and the name: sent twice it is one person, and a form that Back brought up again takes another.
    attendance.walk_in(session, by, called, pk=uuid5(made, called))


def _saved(request: PersonRequest, group: Group, sheet: Sheet, form: PersonForm | None) -> HttpResponse:
    """To a page with script: the save region, and beside it only what that page shows otherwise."""
    posted = chosen(request.POST)
    shown = {pk: "" if what == What.TAKEN_BACK else what for pk, what in posted.items()}
    is_same_list = request.POST.get("people") == sheet.fingerprint
    # Somebody who was marked and now is not has the row anew, too: there no button is pressed.
    differing = [row for row in sheet.rows if row.is_marked and row.what != shown.get(row.pk)]
    differing += [row for row in sheet.rows if not row.is_marked and row.pk in posted]
    seen = _number(request.POST.get("seen", ""))
    is_refused = form is not None and bool(form.errors)
    context = _context(group, sheet) | {
        "is_same_list": is_same_list,
        "differing": differing,
        "marked": [row for row in sheet.rows if row.is_marked_since(seen) and row not in differing],
        "is_named": form is not None,
        "added": form.cleaned_data["called"] if form and not is_refused else "",
        "form": form if is_refused else PersonForm(),
    }
    return render(request, "peers/sheet_saved.html", context, status=422 if is_refused else 200)


def chosen(posted: Mapping[str, str]) -> dict[UUID, str]:
    """What the page shows of each person who has a mark there, or had one taken back there."""
    marks = {}
    for name, what in posted.items():
        pk = uuid_or_none(name.removeprefix(CHOSEN)) if name.startswith(CHOSEN) else None
        if pk and what in What.values:
            marks[pk] = what
    return marks


def _session(group: Group, pk: UUID) -> Session:
    """A session of this group, readable. Raises Http404."""
    for session in group.lend(Session.objects.filter(group=group, pk=pk)):
        return session
    raise Http404


def _page(request: PersonRequest, group: Group, sheet: Sheet, form: PersonForm, status: int = 200) -> HttpResponse:
    return render(request, "peers/sheet.html", _context(group, sheet) | {"form": form}, status=status)


def _context(group: Group, sheet: Sheet) -> dict[str, object]:
    counts = [(sheet.tally[what], words) for what, words in COUNTED.items() if sheet.tally[what]]
    return {"group": group, "sheet": sheet, "counts": counts, "pairs": PAIRS, "walk_in": uuid4()}


def _list_context(group: Group, form: DayForm) -> dict[str, object]:
    return {"group": group, "sessions": rosters.sessions(group), "form": form}


def _number(text: str) -> int:
    try:
        return int(text)
    except ValueError:
        return 0
