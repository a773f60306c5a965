"""Where a person is signed in, and ending that. No internet address is kept or shown."""

import time
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from allauth.usersessions.models import UserSession
from django.contrib.auth import HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.models import Session
from django.utils import timezone
from django.utils.crypto import constant_time_compare
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import User
from accounts.sessions import is_over

# The first that fits wins: most browsers also name those they want to be taken for.
_BROWSERS = (
    ("Edg", "Edge"),
    ("OPR", "Opera"),
    ("SamsungBrowser", "Samsung Internet"),
    ("Firefox", "Firefox"),
    ("FxiOS", "Firefox"),
    ("CriOS", "Chrome"),
    ("Chrome", "Chrome"),
    ("Safari", "Safari"),
)
_MACHINES = (
    ("iPhone", gettext_lazy("an iPhone")),
    ("iPad", gettext_lazy("an iPad")),
    ("Android", gettext_lazy("an Android device")),
    ("CrOS", gettext_lazy("a Chromebook")),
    ("Windows", gettext_lazy("a Windows computer")),
    ("Macintosh", gettext_lazy("a Mac")),
    ("Linux", gettext_lazy("a Linux computer")),
)


@dataclass(frozen=True)
class OpenSession:
    """One place where the person is signed in. `used` is exact to a minute."""

    pk: int
    device: str
    since: datetime
    used: datetime
    is_this: bool


def device_words(user_agent: str) -> str:
    """A browser and its machine in plain words, as far as the browser tells."""
    browser = next((name for mark, name in _BROWSERS if mark in user_agent), "")
    machine = next((str(name) for mark, name in _MACHINES if mark in user_agent), "")
    if browser and machine:
        return _("%(browser)s on %(machine)s") % {"browser": browser, "machine": machine}
    return browser or machine or _("A device that does not say what it is")


def open_sessions(user: User, this_key: str | None) -> list[OpenSession]:
    """Newest first; those that ran out are forgotten on the way."""
    rows = list(UserSession.objects.filter(user=user).order_by("-created_at"))
    kept = Session.objects.filter(session_key__in=[row.session_key for row in rows], expire_date__gt=timezone.now())
    contents = {session.session_key: session.get_decoded() for session in kept}
    alive = [row for row in rows if _is_alive(contents.get(row.session_key), user)]
    if gone := [row for row in rows if row not in alive]:
        _end(gone)
    return [
        OpenSession(
            row.pk,
            device_words(row.user_agent),
            row.created_at,
            datetime.fromtimestamp(contents[row.session_key]["seen_at"], tz=row.created_at.tzinfo),
            row.session_key == this_key,
        )
        for row in alive
    ]


def end_one(user: User, pk: int) -> str:
    """Ends one of the person's own sessions, at once. Gives its key; "" if they have no such session."""
    found = UserSession.objects.filter(user=user, pk=pk).first()
    if found is None:
        return ""
    _end([found])
    return found.session_key


def end_all(user: User, but: str | None = None) -> int:
    """Ends every session of the person, except the one with this key; gives how many."""
    return _end(UserSession.objects.filter(user=user).exclude(session_key=but or ""))


def _end(rows: Iterable[UserSession]) -> int:
    keys = [row.session_key for row in rows]
    Session.objects.filter(session_key__in=keys).delete()
    UserSession.objects.filter(session_key__in=keys).delete()
    return len(keys)


def _is_alive(content: dict[str, Any] | None, user: User) -> bool:
    """Whether a stored session still opens: this person's, of the present passphrase, and not run out."""
    return (
        content is not None
        and content.get(SESSION_KEY) == str(user.pk)
        and constant_time_compare(content.get(HASH_SESSION_KEY, ""), user.get_session_auth_hash())
        and not is_over(content, time.time())
    )
