"""Which passphrases are good enough, and that they are kept as they were typed."""

import time

import pytest
from django.contrib.auth.password_validation import CommonPasswordValidator, validate_password
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse

from accounts.models import User
from accounts.passphrases import hard_part
from records.passes import spoken_words
from tests.accounts_doors import FAST, PASSPHRASE, make_person, sign_in


@pytest.fixture(autouse=True)
def fast(settings):
    settings.PASSWORD_HASHERS = FAST


PERSON = User(username="quiet-river-482", email="marisol.vega@example.org")


def is_refused(passphrase: str) -> bool:
    try:
        validate_password(passphrase, PERSON)
    except ValidationError:
        return True
    return False


@pytest.mark.parametrize("length", [15, 16, 64, 128, 500])
def test_long_ones_are_accepted(length):
    long = "the otter sleeps under grey boats and wakes when rain begins; " * 9
    varied = "".join(chr(97 + (i * i + 7 * i) % 23) for i in range(15)) + long
    assert not is_refused(varied[:length])


def test_fourteen_are_refused():
    assert is_refused("mild fox jumps")


def test_3000_common_ones_are_refused():
    common = sorted(CommonPasswordValidator().passwords)[:4000]
    assert [word for word in common if not is_refused(word)] == []


@pytest.mark.parametrize(
    "easy",
    [
        "passwordpassword",
        "password 1234567",
        "aaaaaaaaaaaaaaaaaaaa",
        "123456789012345678",
        "qwertyuiopasdfghjkl",
        "abcdefghijklmnopqrstuvwxyz",
        "iloveyouiloveyouiloveyou",
        "recovery portal helm",
        "My Helm Passphrase 1",
        "quiet-river-482 quiet-river-482",
        "quiet river 482!!",
        "marisol.vega 2027",
        "zyxwvutsrqponmlkjihg",
    ],
)
def test_easy_ones_are_refused(easy):
    assert len(easy) >= 15
    assert is_refused(easy)


def test_a_known_word_among_many_is_fine():
    assert not is_refused("recovery began where the lemon trees stood")


@pytest.mark.parametrize(
    "good",
    [
        "пять слов на бумаге дома",
        "  two spaces  in front ",
        "naïve café ☕ at nine pm",
        "雨の日は静かな川を見て歩くのが好きだ",
    ],
)
@pytest.mark.django_db
def test_letters_of_the_world_and_spaces_stay_as_typed(good):
    client = Client()
    client.post(reverse("account_signup"), {"username": "quiet-river-482", "password1": good})
    assert User.objects.get().check_password(good)
    assert sign_in(Client(), "quiet-river-482", good).status_code == 302
    assert sign_in(Client(), "quiet-river-482", good + " ").status_code == 200


def test_what_we_offer_is_never_refused():
    assert [words for words in (spoken_words(5) for _ in range(2000)) if is_refused(words)] == []


def test_an_endless_one_takes_no_time():
    began = time.perf_counter()
    for sign in ("ab", "abcdefgx" * 9, "é "):
        is_refused(sign * 100_000)
    assert time.perf_counter() - began < 2


def test_double_letters_cost_nothing():
    assert hard_part("letter bottle tree") == "letter bottle tree"


@pytest.mark.django_db
def test_change_ends_all_sessions_and_asks_to_sign_in():
    person, here, there = make_person(), Client(), Client()
    sign_in(here, person.username)
    sign_in(there, person.username)
    form = {"oldpassword": PASSPHRASE, "password1": "a new kettle sings at dawn"}
    response = here.post(reverse("account_change_password"), form)
    assert response["Location"] == reverse("account_login")
    for device in (here, there):
        assert device.get(reverse("accounts:settings")).status_code == 302
    assert "Your passphrase is changed." in here.get(response["Location"]).content.decode()
    assert sign_in(Client(), person.username).status_code == 200
    assert sign_in(Client(), person.username, "a new kettle sings at dawn").status_code == 302


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("old", "new", "field"),
    [("not the one I have", "a new kettle sings at dawn", "oldpassword"), (PASSPHRASE, "too short", "password1")],
)
def test_change_refused(old, new, field):
    person, client = make_person(), Client()
    sign_in(client, person.username)
    page = client.post(
        reverse("account_change_password"), {"oldpassword": old, "password1": new, "offered": "five kept words"}
    )
    assert list(page.context["form"].errors) == [field]
    assert page.context["form"].offered == "five kept words"
    assert User.objects.get().check_password(PASSPHRASE)
