"""The recovery kit: made once, used once, the way back in that nobody else can close."""

from typing import Any

import pytest
from django.contrib.auth import SESSION_KEY
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from records.acting import acting_as
from records.models import Pass
from records.passes import make_pass
from tests.accounts_doors import FAST, WRONG, Clock, from_address, is_signed_in, make_person, sign_in

# Real transactions: within one, the database would go on taking the last person for the one who acts.
pytestmark = pytest.mark.django_db(transaction=True)
NEW = "a new kettle sings at dawn"
USE = "accounts:recovery_kit_use"


@pytest.fixture
def person(settings):
    settings.PASSWORD_HASHERS = FAST
    return make_person()


@pytest.fixture
def client(person):
    device = Client()
    sign_in(device, person.username)
    return device


def make_kit(device: Client) -> str:
    return device.post(reverse("accounts:recovery_kit_make")).context["words"]


def use(device: Client, words: str, passphrase: str = NEW, **headers: Any):
    return device.post(reverse(USE), {"words": words, "passphrase": passphrase, "offered": "kept offer"}, **headers)


def test_it_works(person, client):
    words = make_kit(client)
    device = Client()
    response = use(device, words)
    assert (response.status_code, response["Location"]) == (302, reverse("accounts:recovery_kit"))
    assert device.session[SESSION_KEY] == str(person.pk)
    assert "Make a new one now." in device.get(response["Location"]).content.decode()
    assert not is_signed_in(client)
    assert sign_in(Client(), person.username, NEW).status_code == 302


def test_the_words_are_shown_once_and_kept_nowhere(person, client, admin):
    page = client.post(reverse("accounts:recovery_kit_make"))
    words = page.context["words"]
    assert len(words.split()) == 9
    text = page.content.decode()
    assert words in text
    assert person.username in text
    assert "data-print" in text
    assert words not in client.get(reverse("accounts:recovery_kit")).content.decode()
    for table in ("records_pass", "django_session", "accounts_counter"):
        kept = admin.execute(f"SELECT string_agg(t::text, ' ') FROM {table} t").fetchone()[0]
        assert words.split()[0] + " " + words.split()[1] not in kept


@pytest.mark.parametrize("changed", [str.upper, str.title, lambda words: "  " + words.replace(" ", "-\n") + "."])
def test_capitals_and_spaces_make_no_difference(client, changed):
    assert use(Client(), changed(make_kit(client))).status_code == 302


def test_it_opens_once(client):
    words = make_kit(client)
    use(Client(), words)
    assert use(Client(), words, "yet another long passphrase").status_code == 422


def test_a_new_kit_ends_the_one_before(client):
    old, new = make_kit(client), make_kit(client)
    assert use(Client(), old).status_code == 422
    assert use(Client(), new).status_code == 302


def test_wrong_words_change_nothing_and_are_told_calmly(person, client):
    response = use(Client(), "nine words that are on no paper at all")
    assert response.status_code == 422
    form = response.context["form"]
    assert list(form.errors) == ["words"]
    assert form["words"].value() == "nine words that are on no paper at all"
    assert form.offered == "kept offer"
    assert is_signed_in(client)


def test_words_of_another_purpose_do_not_open(person):
    with acting_as(person.pk):
        _pass, words = make_pass(person.pk, Pass.Purpose.INVITATION, words=9, lasts=None)
    assert use(Client(), words).status_code == 422


@pytest.mark.parametrize("easy", ["too short", "quiet-river-482 12345", "passwordpassword"])
def test_an_easy_passphrase_leaves_the_kit_good(client, easy):
    words = make_kit(client)
    response = use(Client(), words, easy)
    assert list(response.context["form"].errors) == ["passphrase"]
    assert is_signed_in(client)
    assert use(Client(), words).status_code == 302


def test_strangers_tries_under_the_name_do_not_touch_it(person, client):
    words = make_kit(client)
    for number in range(60):
        sign_in(Client(), person.username, WRONG, **from_address(number))
    assert use(Client(), words, **from_address(9000)).status_code == 302


def test_guessing_is_limited_per_address_and_released(client, monkeypatch):
    words, clock = make_kit(client), Clock(monkeypatch)
    for _ in range(20):
        use(Client(), "no such words")
    assert use(Client(), words).status_code == 429
    assert use(Client(), words, **from_address(5)).status_code == 302
    words = make_kit(_signed_in_again())
    clock.wait(601)
    assert use(Client(), words).status_code == 302


def _signed_in_again() -> Client:
    device = Client()
    sign_in(device, "quiet-river-482", NEW, **from_address(6))
    return device


def test_a_closed_account_stays_closed(person, client):
    words = make_kit(client)
    User.objects.update(is_active=False)
    assert use(Client(), words).status_code == 422


def test_it_needs_the_passphrase_when_the_sign_in_is_old(person, client, monkeypatch):
    Clock(monkeypatch).wait(301)
    page = client.post(reverse("accounts:recovery_kit_make"))
    assert "words" not in page.context
    assert "Type your passphrase to go on" in page.content.decode()
    with acting_as(person.pk):
        assert not Pass.objects.exists()


def test_the_page_says_whether_there_is_one(client):
    assert "still works" not in client.get(reverse("accounts:recovery_kit")).content.decode()
    make_kit(client)
    page = client.get(reverse("accounts:recovery_kit"), {"next": "/more/"})
    assert "still works" in page.content.decode()
    assert page.context["made_at"] <= timezone.now()
    assert page.context["onwards"] == "/more/"


def test_next_goes_through_making_it(client):
    page = client.post(reverse("accounts:recovery_kit_make"), {"next": "/more/"})
    assert 'href="/more/"' in page.content.decode()
    page = client.post(reverse("accounts:recovery_kit_make"), {"next": "//evil.example"})
    assert "evil" not in page.content.decode()


def test_one_persons_kit_is_not_anothers(client):
    words = make_kit(client)
    other = make_person("other-name-1")
    device = Client()
    sign_in(device, other.username)
    assert device.get(reverse("accounts:recovery_kit")).context["made_at"] is None
    use(device, words)
    assert device.session[SESSION_KEY] == str(User.objects.get(username="quiet-river-482").pk)
    other.refresh_from_db()
    assert not other.check_password(NEW)


def test_reloading_the_words_does_not_end_the_kit_on_paper(person, client):
    once = client.get(reverse("accounts:recovery_kit")).context["once"]
    words = client.post(reverse("accounts:recovery_kit_make"), {"once": once}).context["words"]
    again = client.post(reverse("accounts:recovery_kit_make"), {"once": once})
    assert again.status_code == 302
    use(Client(), words)
    person.refresh_from_db()
    assert person.check_password(NEW)
