"""Run inside a trial's site: loads the demo people and prints, as JSON, a session cookie for each.

The session is made without the sign-in pages: a trial measures other things than passphrases.
"""

import json
import os

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "recovery_portal.settings")
django.setup()

from django.conf import settings  # noqa: E402
from django.test import Client  # noqa: E402

from accounts.models import User  # noqa: E402
from recovery_portal.demo import load_demo  # noqa: E402


def session_of(username: str) -> str:
    """The cookie's value of a session that was just made for this person."""
    browser = Client()
    browser.force_login(User.objects.get(username=username))
    return browser.cookies[settings.SESSION_COOKIE_NAME].value


if __name__ == "__main__":
    print(json.dumps({person.username: session_of(person.username) for person in load_demo()}))
