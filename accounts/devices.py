"""Devices on which somebody signed in before. Tries on them are counted apart from those of strangers.

The cookie holds a random number for the device and one mark for each person who signed in there: a keyed
hash of number and name. It tells nobody who they are, opens nothing, and is no help on another name.
"""

import re
import secrets

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils.crypto import constant_time_compare, salted_hmac

KEPT_SECONDS = 365 * 24 * 3600
MOST_PEOPLE = 6
_SHAPE = re.compile(rf"[0-9a-f]{{32}}(\.[0-9a-f]{{32}}){{1,{MOST_PEOPLE}}}")


def cookie_name() -> str:
    """With the prefix that keeps other hosts from setting it, wherever HTTPS makes that possible."""
    return "__Host-device" if settings.SESSION_COOKIE_SECURE else "device"


def own_tries(request: HttpRequest, username: str) -> str:
    """Under which key this device's tries for this name are counted; "" where the person never signed in."""
    device, marks = _read(request)
    mine = _mark(device, username)
    known = any([constant_time_compare(mark, mine) for mark in marks])
    return f"{device}:{username.lower()}" if known else ""


def remember(request: HttpRequest, response: HttpResponse, username: str) -> None:
    """Mark the device as one on which this person signed in."""
    device, marks = _read(request)
    device = device or secrets.token_hex(16)
    mark = _mark(device, username)
    marks = [*[other for other in marks if other != mark], mark][-MOST_PEOPLE:]
    response.set_cookie(
        cookie_name(),
        ".".join([device, *marks]),
        max_age=KEPT_SECONDS,
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )


def _read(request: HttpRequest) -> tuple[str, list[str]]:
    cookie = request.COOKIES.get(cookie_name(), "")
    if not _SHAPE.fullmatch(cookie):
        return "", []
    device, *marks = cookie.split(".")
    return device, marks


def _mark(device: str, username: str) -> str:
    # SECURITY: without the name in it, a mark of one's own would open a fresh count for anybody's name.
    return salted_hmac("accounts.devices", f"{device}:{username.lower()}", algorithm="sha256").hexdigest()[:32]
