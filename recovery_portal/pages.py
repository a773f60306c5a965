"""Pages of the roof that lead to other rooms and show no record."""

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from records.access import signed_in
from records.text import Text


@dataclass(frozen=True)
class Way:
    """A line of the More page: where to, and what is there."""

    label: Text
    url_name: str
    about: Text = ""

    @property
    def address(self) -> str:
        return reverse(self.url_name)


WAYS = (
    Way(_("My groups"), "peers:group_list", _("Those I am in, and those I run.")),
    Way(_("Sharing"), "sharing:share_list", _("Who sees what, and until when.")),
    Way(_("People who share with me"), "sharing:people", _("Plans that others let you read.")),
    Way(_("My account"), "accounts:settings", _("Time zone, e-mail, passphrase.")),
    Way(_("Where I am signed in"), "usersessions_list", _("See your devices, and sign them out.")),
    Way(_("My recovery kit"), "accounts:recovery_kit", _("Words on paper, for when you cannot sign in.")),
)


@require_safe
@signed_in
def more(request: HttpRequest) -> HttpResponse:
    """Everything that has no tab of its own."""
    return render(request, "more.html", {"rows": WAYS})
