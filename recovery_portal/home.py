"""The first page: for a stranger what this is, for a person their day."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from plans.sections import SECTIONS
from records.access import public
from recovery_portal.today import Today, gather

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
    today = gather(request.user, timezone.now())
    answers = [(label, _address(key, today)) for label, key in ANSWERS]
    return render(request, "home.html", {"today": today, "answers": answers})


def _address(key: str, today: Today) -> str:
    """The page of the plan; in a crisis for which nothing is written, the numbers to call."""
    if key == "crisis" and key not in today.written:
        return reverse("help")
    return SECTIONS[key].address
