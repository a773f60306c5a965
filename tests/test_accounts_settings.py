"""A person's own settings: time zone, e-mail; and that each page of the room says who may reach it."""

import re

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse

from tests.accounts_doors import FAST, PASSPHRASE, Clock, make_person, sign_in
from tests.readability import measure

pytestmark = pytest.mark.django_db
SIGNED_IN = [
    "accounts:settings",
    "accounts:time_zone_edit",
    "accounts:email_edit",
    "accounts:recovery_kit",
    "usersessions_list",
    "account_change_password",
]
PUBLIC = ["account_login", "account_signup", "accounts:recovery_kit_use"]
UNWELCOME = ("patient", "fail", "invalid", "abuse", "trigger", "must", "should", "password", "log in", "login")


@pytest.fixture
def person(settings):
    settings.PASSWORD_HASHERS, settings.EMAIL_HOST = FAST, "mail.example.org"
    return make_person()


@pytest.fixture
def client(person):
    device = Client()
    sign_in(device, person.username)
    return device


@pytest.mark.parametrize("name", SIGNED_IN)
def test_pages_of_a_person(client, name):
    assert client.get(reverse(name)).status_code == 200
    assert Client().get(reverse(name))["Location"].startswith(reverse("account_login"))


@pytest.mark.parametrize("name", PUBLIC)
def test_pages_for_anybody(name):
    assert Client().get(reverse(name)).status_code == 200


@pytest.mark.parametrize("name", ["accounts:recovery_kit_make", "accounts:sessions_end_others"])
def test_acts_are_posted(client, name):
    assert client.get(reverse(name)).status_code == 405


@pytest.mark.parametrize("name", [*SIGNED_IN, *PUBLIC, "account_logout"])
def test_words_on_the_pages_are_ours_and_plain(client, name):
    device = Client() if name in PUBLIC else client
    page = device.get(reverse(name)).content.decode()
    assert measure(page).faults == []
    words = re.sub(r"<[^>]*>", " ", page.split("<main", 1)[1].split("</main>")[0]).lower()
    assert [word for word in UNWELCOME if re.search(rf"\b{word}", words)] == []
    assert "!" not in words


def test_time_zone(client, person):
    client.post(reverse("accounts:time_zone_edit"), {"time_zone": "Pacific/Honolulu"})
    person.refresh_from_db()
    assert person.time_zone == "Pacific/Honolulu"
    assert "Pacific/Honolulu" in client.get(reverse("accounts:settings")).content.decode()


def test_an_unknown_time_zone_is_refused(client, person):
    assert client.post(reverse("accounts:time_zone_edit"), {"time_zone": "Mars/Olympus"}).status_code == 422
    person.refresh_from_db()
    assert person.time_zone == "America/New_York"


def test_email_is_set_changed_and_taken_away(client, person):
    address = reverse("accounts:email_edit")
    client.post(address, {"email": "One@example.org"})
    person.refresh_from_db()
    assert person.email == "one@example.org"
    person.emailaddress_set.update(verified=True)
    mail.outbox.clear()
    client.post(address, {"email": "two@example.org"})
    assert {(sent.subject, sent.to[0]) for sent in mail.outbox} == {
        ("Helm", "one@example.org"),
        ("Helm", "two@example.org"),
    }
    client.post(address, {"email": ""})
    person.refresh_from_db()
    assert person.email == ""
    assert not person.emailaddress_set.exists()


def test_email_needs_the_passphrase(client, person, monkeypatch):
    Clock(monkeypatch).wait(301)
    page = client.post(reverse("accounts:email_edit"), {"email": "one@example.org"})
    assert "Type your passphrase to go on" in page.content.decode()
    person.refresh_from_db()
    assert person.email == ""


def test_a_bad_email_is_refused(client):
    assert client.post(reverse("accounts:email_edit"), {"email": "one at example"}).status_code == 422


def test_only_a_proven_address_hears_of_a_new_passphrase(client, person, settings):
    person.emailaddress_set.create(email="one@example.org", primary=True, verified=False)
    change = {"oldpassword": PASSPHRASE, "password1": "a new kettle sings at dawn"}
    client.post(reverse("account_change_password"), change)
    assert mail.outbox == []
    person.emailaddress_set.update(verified=True)
    sign_in(client, person.username, change["password1"])
    client.post(reverse("account_change_password"), {"oldpassword": change["password1"], "password1": PASSPHRASE})
    (sent,) = mail.outbox
    assert sent.subject == "Helm"
    assert person.username not in sent.body
    assert "127.0.0.1" not in sent.body


def test_pages_after_an_act_are_plain(client, monkeypatch):
    kit = client.post(reverse("accounts:recovery_kit_make"))
    again = Client().post(reverse("accounts:settings"), {"words": "some words of mine"})
    Clock(monkeypatch).wait(301)
    confirm = client.post(reverse("accounts:recovery_kit_make"))
    for page in (kit, again, confirm):
        assert measure(page.content.decode()).faults == []
