"""Need help now: public, the same for everybody, and nobody is told who opened it."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from records.access import public
from recovery_portal.help_lines import help_lines


@require_safe
@public
def help_now(request: HttpRequest) -> HttpResponse:
    """The numbers, the most urgent first."""
    lines = help_lines()
    return render(
        request,
        "help.html",
        {
            "urgent": [line for line in lines if line.urgent],
            "lines": [line for line in lines if not line.urgent],
            "from_memory": any(line.is_from_memory for line in lines),
        },
    )
