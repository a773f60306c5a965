"""Signing in and out, and limits that stop guessing without locking anybody out."""

import re

import pytest
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.urls import reverse

from accounts import devices
from accounts.models import User
from accounts.passphrases import HardToGuess
from tests.accounts_doors import FAST, PASSPHRASE, WRONG, Clock, from_address, is_signed_in, make_person, sign_in

pytestmark = pytest.mark.django_db
PER_NAME, PER_ADDRESS, PER_DEVICE = 50, 30, 10
MANY_TRIES = "There were many tries"


@pytest.fixture
def clock(monkeypatch):
    return Clock(monkeypatch)


@pytest.fixture
def person(settings):
    settings.PASSWORD_HASHERS = FAST
    return make_person()


def strangers_try(username: str, times: int, start: int = 0) -> None:
    """Wrong tries, each from another place."""
    for number in range(start, start + times):
        sign_in(Client(), username, WRONG, **from_address(number))


def is_limited(response) -> bool:
    return response.status_code == 200 and MANY_TRIES in response.content.decode()


def test_it_works(person, client):
    assert sign_in(client, person.username)["Location"] == reverse("home")
    assert is_signed_in(client)


def test_capitals_in_the_name_make_no_difference(person, client):
    assert sign_in(client, "Quiet-River-482").status_code == 302


def test_a_new_session_id(person, client):
    client.get(reverse("account_login"))
    sign_in(client, person.username, WRONG)
    before = client.session.session_key
    sign_in(client, person.username)
    assert client.session.session_key not in {before, None}


def body(response) -> str:
    """A page without what differs between any two: the token, and the name that was typed."""
    return re.sub(r'name="csrfmiddlewaretoken" value="\w+"|value="[\w-]*-name-1"', "", response.content.decode())


def test_wrong_passphrase_says_the_same_for_anybody(person):
    make_person("known-name-1")
    known, unknown = (sign_in(Client(), name, WRONG) for name in ("known-name-1", "other-name-1"))
    assert body(known) == body(unknown)
    assert "do not fit together" in known.content.decode()
    assert known.status_code == unknown.status_code == 200


def test_next_is_followed_and_foreign_ones_are_not(person):
    assert sign_in(Client(), person.username, next="/more/")["Location"] == "/more/"
    for evil in ("//evil.example", "https://evil.example", "/\\evil.example"):
        assert sign_in(Client(), person.username, next=evil)["Location"] == reverse("home")


def test_sign_out(person, client):
    sign_in(client, person.username)
    old = client.cookies["sessionid"].value
    assert client.get(reverse("account_logout")).status_code == 200
    assert is_signed_in(client)
    response = client.post(reverse("account_logout"))
    assert response["Clear-Site-Data"] == '"cache", "storage"'
    thief = Client()
    thief.cookies["sessionid"] = old
    assert not is_signed_in(thief)


def test_one_name_is_limited_and_released(person, clock):
    strangers_try(person.username, PER_NAME)
    assert is_limited(sign_in(Client(), person.username, **from_address(9000)))
    clock.wait(3601)
    assert sign_in(Client(), person.username, **from_address(9000)).status_code == 302


def test_only_that_name_is_limited(person):
    make_person("other-name-1")
    strangers_try(person.username, PER_NAME)
    assert sign_in(Client(), "other-name-1").status_code == 302


def test_a_name_that_does_not_exist_is_limited_alike(person):
    strangers_try("nobody-here-1", PER_NAME)
    assert is_limited(sign_in(Client(), "nobody-here-1", **from_address(9000)))


def test_one_address_is_limited_and_released(person, clock):
    for number in range(PER_ADDRESS):
        sign_in(Client(), f"guess-{number}-x", WRONG)
    assert is_limited(sign_in(Client(), person.username))
    clock.wait(601)
    assert sign_in(Client(), person.username).status_code == 302


def test_right_answers_are_not_counted(person):
    for _ in range(PER_ADDRESS + 5):
        assert sign_in(Client(), person.username).status_code == 302


def test_strangers_cannot_keep_a_known_device_out(person, client):
    sign_in(client, person.username)
    client.post(reverse("account_logout"))
    strangers_try(person.username, PER_NAME + 10)
    for number in range(PER_ADDRESS):
        sign_in(Client(), f"guess-{number}-x", WRONG)
    assert is_limited(sign_in(Client(), person.username))
    assert sign_in(client, person.username, WRONG).status_code == 200
    assert sign_in(client, person.username).status_code == 302


def test_a_known_device_is_limited_too_and_released(person, client, clock):
    sign_in(client, person.username)
    client.post(reverse("account_logout"))
    strangers_try(person.username, PER_NAME)
    for _ in range(PER_DEVICE):
        assert not is_limited(sign_in(client, person.username, WRONG))
    assert is_limited(sign_in(client, person.username))
    clock.wait(601)
    assert sign_in(client, person.username).status_code == 302


def test_a_known_device_whose_tries_are_used_up_still_has_those_of_a_new_one(person, client):
    sign_in(client, person.username)
    client.post(reverse("account_logout"))
    for _ in range(PER_DEVICE + 3):
        sign_in(client, person.username, WRONG)
    assert sign_in(client, person.username).status_code == 302


def test_a_device_is_known_for_its_own_people_only(person):
    make_person("stranger-1x")
    device = Client()
    sign_in(device, "stranger-1x")
    device.post(reverse("account_logout"))
    strangers_try(person.username, PER_NAME)
    assert is_limited(sign_in(device, person.username, **from_address(9000)))


@pytest.mark.parametrize("cookie", ["", "x", "0" * 32, "0" * 32 + "." + "0" * 32, "0" * 32 + ("." + "0" * 32) * 50])
def test_a_made_up_device_is_not_known(person, client, cookie):
    strangers_try(person.username, PER_NAME)
    client.cookies["device"] = cookie
    assert is_limited(sign_in(client, person.username, **from_address(9000)))


def test_the_device_cookie_names_nobody(person, client):
    cookie = sign_in(client, person.username).cookies["device"]
    assert person.username not in cookie.value
    assert person.pk.hex not in cookie.value
    assert (cookie["httponly"], cookie["max-age"], cookie["samesite"]) == (True, 365 * 24 * 3600, "Lax")


def test_over_https_the_device_cookie_is_bound_to_the_host(person, settings):
    settings.SESSION_COOKIE_SECURE = True
    cookie = sign_in(Client(), person.username).cookies["__Host-device"]
    assert (cookie["secure"], cookie["path"], cookie["domain"]) == (True, "/", "")


def test_several_people_share_a_device(person, client):
    names = [person.username, *(f"person-{n}-x" for n in range(devices.MOST_PEOPLE))]
    for name in names[1:]:
        make_person(name)
    for name in names:
        assert sign_in(client, name).status_code == 302
        client.post(reverse("account_logout"))
    assert len(client.cookies["device"].value.split(".")) == 1 + devices.MOST_PEOPLE


def test_a_forged_forwarding_header_does_not_help(person):
    for number in range(PER_ADDRESS):
        sign_in(Client(), f"guess-{number}-x", WRONG, HTTP_X_FORWARDED_FOR=f"203.0.113.{number}")
    assert is_limited(sign_in(Client(), person.username, HTTP_X_FORWARDED_FOR="203.0.113.99"))


def test_behind_a_proxy_only_its_own_word_counts(person, settings):
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = 1
    for number in range(PER_ADDRESS):
        sign_in(Client(), f"guess-{number}-x", WRONG, HTTP_X_FORWARDED_FOR=f"198.51.100.{number}, 203.0.113.7")
    assert is_limited(sign_in(Client(), person.username, HTTP_X_FORWARDED_FOR="192.0.2.1, 203.0.113.7"))


def test_40_clients_behind_one_proxy_do_not_meet(person, settings):
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = 1
    for number in range(40):
        for _ in range(2):
            sign_in(Client(), f"guess-{number}-x", WRONG, HTTP_X_FORWARDED_FOR=f"203.0.113.{number}")
    for number in range(40):
        response = sign_in(Client(), person.username, HTTP_X_FORWARDED_FOR=f"203.0.113.{number}")
        assert response.status_code == 302


def test_counters_hold_no_address_and_no_name(person):
    sign_in(Client(), person.username, WRONG, **from_address(77))
    with connection.cursor() as cursor:
        cursor.execute("SELECT string_agg(cache_key, ' ') FROM accounts_counter")
        keys = cursor.fetchone()[0]
    assert keys
    assert "10.0.0.77" not in keys
    assert person.username not in keys


def test_a_full_table_drops_only_what_ran_out(settings):
    cache._max_entries, before = 3, cache._max_entries
    try:
        cache.set("over", 1, timeout=-10)
        for number in range(8):
            cache.set(f"live-{number}", number, timeout=600)
        assert [cache.get(f"live-{number}") for number in range(8)] == list(range(8))
        with connection.cursor() as cursor:
            cursor.execute("SELECT count(*) FROM accounts_counter")
            assert cursor.fetchone() == (8,)
    finally:
        cache._max_entries = before


@pytest.mark.django_db(transaction=True)
def test_counts_outlive_the_request(settings):
    settings.PASSWORD_HASHERS = FAST
    person = make_person()
    strangers_try(person.username, PER_NAME)
    assert is_limited(sign_in(Client(), person.username, **from_address(9000)))


def test_a_closed_account_cannot_sign_in(person, client):
    User.objects.filter(pk=person.pk).update(is_active=False)
    response = sign_in(client, person.username)
    assert response.status_code == 302 or b"closed" in response.content
    assert not is_signed_in(client)


def test_the_site_uses_our_own_checks(settings):
    assert [check["NAME"] for check in settings.AUTH_PASSWORD_VALIDATORS] == [
        f"{HardToGuess.__module__}.{HardToGuess.__name__}"
    ]
    assert len(settings.AUTHENTICATION_BACKENDS) == 1
    assert len(PASSPHRASE) >= 15


@pytest.mark.parametrize("name", ["account_login", "account_signup"])
def test_an_address_nobody_can_read_is_no_way_round_the_limits(person, name):
    """It was a 500, which took the counted try back with it."""
    device = Client()
    assert device.get(reverse(name), {"next": "http://["}).status_code == 200
    for _try in range(60):
        response = sign_in(device, person.username, WRONG, next="http://[")
        assert response.status_code < 500
    assert is_limited(response)
