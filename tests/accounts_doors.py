"""Ways in, for the tests of accounts: people with a passphrase, devices with their own cookies, a clock to turn."""

import time
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from accounts.models import User

PASSPHRASE = "slow walnut keeps the tide"
WRONG = "somebody else's long guess"
FAST = ["django.contrib.auth.hashers.MD5PasswordHasher"]


class Clock:
    """`clock.wait(60)`: a minute passes for everything that asks `time.time()`."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.passed, real = 0.0, time.time
        monkeypatch.setattr(time, "time", lambda: real() + self.passed)

    def wait(self, seconds: float) -> None:
        self.passed += seconds


def make_person(username: str = "quiet-river-482", **fields: Any) -> User:
    return User.objects.create_user(username, password=PASSPHRASE, **fields)


def sign_in(device: Client, username: str, passphrase: str = PASSPHRASE, **more: Any) -> Any:
    """One try on a device. `more`: form fields in small letters, headers of the request in capitals."""
    headers = {name: more.pop(name) for name in list(more) if name.isupper()}
    form = {"login": username, "password": passphrase, **more}
    return device.post(reverse("account_login"), form, **headers)


def is_signed_in(device: Client) -> bool:
    return device.get(reverse("accounts:settings")).status_code == 200


def from_address(number: int) -> dict[str, Any]:
    """As a client with an internet address of its own."""
    return {"REMOTE_ADDR": f"10.{number // 65536}.{number // 256 % 256}.{number % 256}"}


def offered(response: Any) -> str:
    return response.context["form"].offered
