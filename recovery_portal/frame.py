"""What the frame of every page needs: name, way out, and the tabs. Nothing about any record belongs here."""

from dataclasses import dataclass

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from records.text import Text


@dataclass(frozen=True)
class Place:
    """Somewhere the tabs lead. `area` picks the hue, `icon` a file in `components/icons/`."""

    label: Text
    url_name: str
    area: str
    icon: str


@dataclass(frozen=True)
class Tab:
    """A place as one page shows it. `current` is "page" on the place itself, "true" below it, else ""."""

    label: Text
    address: str
    area: str
    icon: str
    current: str


SIGNED_IN = (
    Place(_("Today"), "home", "today", "today"),
    Place(_("My plan"), "plans:plan_overview", "plan", "plan"),
    Place(_("My directive"), "directives:directive_overview", "directive", "directive"),
    Place(_("More"), "more", "more", "more"),
)
ANYBODY = (
    Place(_("Start"), "home", "today", "today"),
    Place(_("Sign in"), "account_login", "more", "door"),
)


def current_address(addresses: list[str], path: str, catch_all: str) -> str:
    """Which of `addresses` a page at `path` belongs to: the longest that begins it, else `catch_all`.

    The home page at "/" begins everything, so it counts only for itself.
    """
    if path in addresses:
        return path
    above = [address for address in addresses if address != "/" and path.startswith(address)]
    return max(above, key=len, default=catch_all)


def tabs_for(places: tuple[Place, ...], path: str, catch_all: str = "") -> list[Tab]:
    """The tabs in order, with the one that holds `path` marked."""
    addresses = [reverse(place.url_name) for place in places]
    here = current_address(addresses, path, catch_all)
    return [
        Tab(
            place.label,
            address,
            place.area,
            place.icon,
            ("page" if address == path else "true") if address == here else "",
        )
        for place, address in zip(places, addresses, strict=True)
    ]


class Frame:
    """Asked by `base.html` only for what it prints, so a page that prints none of it reads nothing."""

    def __init__(self, request: HttpRequest) -> None:
        self.request = request
        self.site_name = settings.SITE_NAME
        self.leave_address = settings.LEAVE_ADDRESS

    @cached_property
    def signed_in(self) -> bool:
        """Whether somebody is signed in. Without a session cookie this asks no database."""
        user = getattr(self.request, "user", None)
        return user is not None and user.is_authenticated

    @cached_property
    def tabs(self) -> list[Tab]:
        """Pages of a signed-in person that have no tab of their own belong to More; help belongs to all."""
        if not self.signed_in:
            return tabs_for(ANYBODY, self.request.path)
        catch_all = "" if self.request.path == reverse("help") else reverse("more")
        return tabs_for(SIGNED_IN, self.request.path, catch_all)


def frame(request: HttpRequest) -> dict[str, Frame]:
    """Context processor: `frame` in every template."""
    return {"frame": Frame(request)}
