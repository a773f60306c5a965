"""The first page: for a stranger what this is, for a person their day."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from plans.sections import SECTIONS
from records.access import public
from recovery_portal.today import gather

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
    answers = [(label, SECTIONS[key]) for label, key in ANSWERS]
    return render(request, "home.html", {"today": gather(request.user, timezone.now()), "answers": answers})
