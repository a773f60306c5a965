"""The first page: for a stranger what this is, for a person their day."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from plans.models import Plan
from plans.sections import SECTIONS
from records.access import public
from records.reading import read_sections
from sharing.models import Share

# "How am I today?": each answer opens the page of the plan that was written for it. Nobody is told.
ANSWERS = (
    (_("I am well"), "daily"),
    (_("Something set me back"), "sets_me_back"),
    (_("I see early signs"), "early_signs"),
    (_("Things are breaking down"), "breaking_down"),
    (_("I am in crisis"), "crisis"),
)


@require_safe
@public
def home(request: HttpRequest) -> HttpResponse:
    if not request.user.is_authenticated:
        return render(request, "start.html")
    plan = Plan.objects.visible_to(request.user).get(holder=request.user.pk)
    [gains] = read_sections(plan, [SECTIONS["gains"]])
    given = Share.objects.open().filter(recipient=request.user.pk).values_list("accepted_at", flat=True)
    answered = [accepted_at is not None for accepted_at in given]
    context = {
        "called": plan.called,
        "answers": [(label, SECTIONS[key]) for label, key in ANSWERS],
        "gain": next(reversed(gains.lists[0].lines), None),
        "offers": answered.count(False),
        "readable": answered.count(True),
    }
    return render(request, "home.html", context)
