"""Making an account: what is offered, what is refused, where it leads."""

import re

import pytest
from allauth.account.models import EmailAddress
from django.core import mail
from django.test import Client
from django.urls import reverse

from accounts.models import User
from accounts.names import neutral_name
from records.acting import acting_as
from records.models import Holder
from tests.accounts_doors import FAST, PASSPHRASE, is_signed_in, make_person, offered

pytestmark = pytest.mark.django_db
KIT = "/account/kit/"


@pytest.fixture(autouse=True)
def mail_server(settings):
    settings.EMAIL_HOST, settings.PASSWORD_HASHERS = "mail.example.org", FAST


def sign_up(client: Client, **form: str):
    form = {"username": "quiet-river-482", "password1": PASSPHRASE, **form}
    return client.post(reverse("account_signup"), form)


def test_it_works(client):
    response = sign_up(client, time_zone="America/Denver")
    assert (response.status_code, response["Location"]) == (302, KIT)
    person = User.objects.get(username="quiet-river-482")
    assert person.time_zone == "America/Denver"
    assert person.check_password(PASSPHRASE)
    with acting_as(person.pk):
        assert Holder.objects.filter(pk=person.pk).exists()
    assert is_signed_in(client)


def test_the_kit_can_be_made_at_once(client):
    sign_up(client)
    assert len(client.post(reverse("accounts:recovery_kit_make")).context["words"].split()) == 9


def test_a_name_and_a_passphrase_are_offered(client):
    page = client.get(reverse("account_signup"))
    form = page.context["form"]
    assert re.fullmatch(r"[a-z]+-[a-z]+-\d{3}", form["username"].value())
    assert len(form.offered.split()) == 5
    assert form["password1"].value() == form.offered
    assert form.offered in page.content.decode()


def test_what_is_offered_is_accepted(client):
    form = client.get(reverse("account_signup")).context["form"]
    response = sign_up(client, username=form["username"].value(), password1=form.offered, offered=form.offered)
    assert response.status_code == 302


def test_after_an_error_the_same_is_offered_and_nothing_is_lost(client):
    first = offered(client.get(reverse("account_signup")))
    page = sign_up(client, username="a b c d e", password1=first, offered=first, email="one@example.org")
    assert page.status_code == 200
    assert offered(page) == first
    form = page.context["form"]
    assert form["username"].value() == "a b c d e"
    assert form["password1"].value() == first
    assert form["email"].value() == "one@example.org"
    assert f'value="{first}"' in page.content.decode()


def test_another_name_and_passphrase(client):
    page = sign_up(client, another="1", email="one@example.org", offered="kept from before")
    assert not User.objects.exists()
    form = page.context["form"]
    assert not form.is_bound
    assert form.offered != "kept from before"
    assert form["email"].value() == "one@example.org"


@pytest.mark.parametrize("name", ["abcd", "two words", "me@example.org", "x" * 41])
def test_names_that_are_refused(client, name):
    assert "username" in sign_up(client, username=name).context["form"].errors


def test_a_taken_name_is_refused_in_any_capitals(client):
    make_person("taken-name-1")
    page = sign_up(client, username="Taken-Name-1")
    assert page.context["form"].errors["username"] == ["Somebody has this name already. Choose another one."]


@pytest.mark.parametrize("zone", ["", "Mars/Olympus", "../../etc/passwd", "<script>"])
def test_an_unknown_time_zone_counts_as_not_said(client, zone):
    sign_up(client, time_zone=zone)
    assert User.objects.get().time_zone == "America/New_York"


def test_no_other_field_can_be_set(client):
    sign_up(client, is_staff="on", is_superuser="on", id="00000000-0000-0000-0000-000000000001")
    person = User.objects.get()
    assert not person.is_staff
    assert not person.is_superuser
    assert person.pk.version == 4


def test_next_survives_the_kit(client):
    response = client.post(
        reverse("account_signup"), {"username": "quiet-river-482", "password1": PASSPHRASE, "next": "/more/?a=1&b=2"}
    )
    assert response["Location"].startswith(KIT + "?next=")
    assert 'href="/more/?a=1&amp;b=2"' in client.get(response["Location"]).content.decode()


@pytest.mark.parametrize(
    "evil", ["https://evil.example/", "//evil.example/", "javascript:alert(1)", "\\\\evil.example"]
)
def test_foreign_next_is_dropped(client, evil):
    response = client.post(
        reverse("account_signup"), {"username": "quiet-river-482", "password1": PASSPHRASE, "next": evil}
    )
    assert response["Location"] == KIT
    assert "evil" not in client.get(KIT, {"next": evil}).content.decode()


def test_next_is_on_the_pages_and_between_them(client):
    for name, other in (("account_signup", "account_login"), ("account_login", "account_signup")):
        page = client.get(reverse(name), {"next": "/more/"}).content.decode()
        assert '<input type="hidden" name="next" value="/more/">' in page
        assert f'href="{reverse(other)}?next=%2Fmore%2F"' in page


def test_without_email_no_mail_is_sent(client):
    sign_up(client)
    assert mail.outbox == []


def test_an_email_is_asked_to_say_yes_in_neutral_words(client):
    sign_up(client, email="One@Example.org")
    (sent,) = mail.outbox
    assert (sent.subject, sent.to) == ("Helm", ["one@example.org"])
    assert "quiet-river" not in sent.body
    (link,) = re.findall(r"https?://[^/]+(/\S+)", str(sent.body))
    page = Client().get(link)
    assert "one@example.org" in page.content.decode()
    person = User.objects.get()
    assert not EmailAddress.objects.get(user=person).verified
    Client().post(link)
    assert EmailAddress.objects.get(user=person).verified


def test_an_email_in_use_tells_nothing(client):
    sign_up(Client(), email="one@example.org")
    response = sign_up(client, username="other-name-1", email="one@example.org")
    assert response["Location"] == KIT


def test_mail_that_cannot_be_sent_stops_nobody(client, settings):
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 1
    assert sign_up(client, email="one@example.org").status_code == 302
    assert User.objects.exists()


def test_without_a_mail_server_no_address_is_asked(client, settings):
    settings.EMAIL_HOST = ""
    assert "email" not in client.get(reverse("account_signup")).context["form"].fields
    sign_up(client, email="one@example.org")
    assert User.objects.get().email == ""


def test_names_come_from_a_large_and_kind_store():
    names = {neutral_name() for _ in range(300)}
    assert len(names) > 290


def test_a_signed_in_person_is_sent_on(client):
    sign_up(client)
    assert client.get(reverse("account_signup"))["Location"] == reverse("home")
    assert client.get(reverse("account_signup"), {"next": "/more/"})["Location"] == "/more/"


def test_a_hundred_an_hour_from_one_place(client):
    for _ in range(100):
        assert sign_up(client, username="no", password1="short").status_code == 200
    page = sign_up(client)
    assert page.status_code == 429
    assert "Please wait a little" in page.content.decode()
    assert not User.objects.exists()
