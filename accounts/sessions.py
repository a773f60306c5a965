"""How long a session lasts, for whom, and in which time zone its pages are shown."""

import time
import zoneinfo
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.contrib.auth import SESSION_KEY, logout
from django.contrib.sessions.middleware import SessionMiddleware
from django.http import HttpRequest, HttpResponse
from django.utils import timezone

GetResponse = Callable[[HttpRequest], HttpResponse]

MINUTE, HOUR, DAY = 60, 3600, 24 * 3600
BEGAN, SEEN, OWN_DEVICE, READS_OTHERS = "began_at", "seen_at", "own_device", "reads_others"
AT_BROWSER_CLOSE = 0


@dataclass(frozen=True)
class Limits:
    """Seconds without any request, and seconds since the sign-in; None is no end."""

    idle: int
    whole: int | None


OF_OWN_DEVICE = Limits(14 * DAY, None)
OF_ANY_DEVICE = Limits(30 * MINUTE, 12 * HOUR)
OF_READER = Limits(15 * MINUTE, 8 * HOUR)


def limits_of(session: Mapping[str, Any]) -> Limits:
    """Whoever reads another's records has the short limits, on their own device too."""
    if session.get(READS_OTHERS):
        return OF_READER
    return OF_OWN_DEVICE if session.get(OWN_DEVICE) else OF_ANY_DEVICE


def is_over(session: Mapping[str, Any], now: float) -> bool:
    """Whether a signed-in session has run out at `now` (seconds since 1970)."""
    # SECURITY: a session that says not when it began was not begun here, and is over.
    began, seen = session.get(BEGAN, 0), session.get(SEEN, 0)
    limits = limits_of(session)
    return now - seen >= limits.idle or (limits.whole is not None and now - began >= limits.whole)


def choose_device(request: HttpRequest, *, own: bool) -> None:
    """What the person said about the device. Asked before the sign-in is done, so a second step keeps it."""
    request.session[OWN_DEVICE] = own


def begin(sender: object, request: HttpRequest, **kwargs: Any) -> None:
    """Receiver of Django's `user_logged_in`: every way of signing in passes there."""
    session = request.session
    session[BEGAN] = session[SEEN] = int(time.time())
    session.pop(READS_OTHERS, None)
    session.set_expiry(OF_OWN_DEVICE.idle if session.get(OWN_DEVICE) else AT_BROWSER_CLOSE)


def mark_as_reader(request: HttpRequest) -> None:
    """From now on this session has read another person's records: the shorter limits hold."""
    if not request.session.get(READS_OTHERS):
        request.session[READS_OTHERS] = True


class Sessions(SessionMiddleware):
    """Django's own, but a cookie no session of ours ever had is no cookie: a NUL in it would be an error in SQL."""

    def process_request(self, request: HttpRequest) -> None:
        if not request.COOKIES.get(settings.SESSION_COOKIE_NAME, "").isalnum():
            request.COOKIES.pop(settings.SESSION_COOKIE_NAME, None)
        super().process_request(request)


class SessionLimits:
    """Ends what has run out, before anybody acts. Notes at most once a minute that the session is in use."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        session, now = request.session, time.time()
        request.session_ended = False  # type: ignore[attr-defined]
        if SESSION_KEY in session:
            if is_over(session, now):
                logout(request)
                request.session_ended = True  # type: ignore[attr-defined]
            elif now - session[SEEN] >= MINUTE:
                session[SEEN] = int(now)
        return self.get_response(request)


class LocalTime:
    """Shows times as the person's own clock does."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        with timezone.override(_zone(request)):
            return self.get_response(request)


def _zone(request: HttpRequest) -> zoneinfo.ZoneInfo | None:
    if not request.user.is_authenticated:
        return None
    try:
        return zoneinfo.ZoneInfo(request.user.time_zone)
    except (zoneinfo.ZoneInfoNotFoundError, ValueError):
        return None
