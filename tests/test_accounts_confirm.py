"""The passphrase once more before something weighty: asked when it is due, and nothing typed is lost."""

from html.parser import HTMLParser

import pytest
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.test import Client
from django.urls import include, path, reverse
from django.views.decorators.http import require_POST

from accounts.confirm import CAME_BY, PASSPHRASE, recently_confirmed
from records.access import signed_in
from recovery_portal import urls as site
from tests.accounts_doors import FAST, WRONG, Clock, from_address, make_person, sign_in
from tests.accounts_doors import PASSPHRASE as RIGHT

pytestmark = [pytest.mark.django_db, pytest.mark.urls(__name__)]


@require_POST
@signed_in
@recently_confirmed
def act(request: HttpRequest, number: int) -> HttpResponse:
    return JsonResponse({"number": number, "posted": dict(request.POST.lists()), "query": request.GET.dict()})


@signed_in
@recently_confirmed
def look(request: HttpRequest) -> HttpResponse:
    return JsonResponse({"method": request.method})


urlpatterns = [path("act/<int:number>/", act), path("look/", look), path("", include(site))]
ACT = "/act/7/?a=1"
WORDS = {"words": 'One line.\r\nAnd <another> & "more"', "part": ["tools", "crisis"], "empty": ""}


class Hidden(HTMLParser):
    """What a browser would send from the form of the page."""

    def __init__(self, page: HttpResponse) -> None:
        super().__init__()
        self.fields: list[tuple[str, str]] = []
        self.feed(page.content.decode())

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        if tag == "input" and given.get("type") == "hidden":
            self.fields.append((given["name"] or "", given.get("value") or ""))

    def sent_with(self, passphrase: str) -> dict[str, list[str]]:
        posted: dict[str, list[str]] = {PASSPHRASE: [passphrase]}
        for name, value in self.fields:
            posted.setdefault(name, []).append(value)
        return posted


@pytest.fixture
def clock(monkeypatch):
    return Clock(monkeypatch)


@pytest.fixture
def person(settings):
    settings.PASSWORD_HASHERS = FAST
    return make_person()


@pytest.fixture
def client(person):
    device = Client()
    sign_in(device, person.username)
    return device


def test_a_fresh_sign_in_is_enough(client, clock):
    clock.wait(299)
    assert client.post(ACT, WORDS).json()["number"] == 7


def test_after_five_minutes_it_asks_and_carries_everything(client, clock):
    clock.wait(301)
    page = client.post(ACT, WORDS)
    assert page.status_code == 200
    assert "Type your passphrase to go on" in page.content.decode()
    answer = client.post(ACT, Hidden(page).sent_with(RIGHT)).json()
    assert answer["posted"] == {"words": [WORDS["words"]], "part": ["tools", "crisis"], "empty": [""]} | {
        "csrfmiddlewaretoken": answer["posted"]["csrfmiddlewaretoken"]
    }
    assert answer["query"] == {"a": "1"}


def test_once_confirmed_it_holds_for_five_minutes(client, clock):
    clock.wait(301)
    client.post(ACT, Hidden(client.post(ACT, WORDS)).sent_with(RIGHT))
    clock.wait(299)
    assert client.post(ACT, WORDS)["Content-Type"] == "application/json"
    clock.wait(2)
    assert client.post(ACT, WORDS)["Content-Type"] != "application/json"


def test_a_wrong_one_is_asked_again_and_loses_nothing(client, clock):
    clock.wait(301)
    page = client.post(ACT, Hidden(client.post(ACT, WORDS)).sent_with(WRONG))
    assert page.status_code == 422
    assert "This is not your passphrase." in page.content.decode()
    assert WRONG not in page.content.decode()
    answer = client.post(ACT, Hidden(page).sent_with(RIGHT)).json()
    assert answer["posted"]["part"] == ["tools", "crisis"]
    assert answer["posted"]["words"] == [WORDS["words"]]


def test_the_view_never_sees_the_passphrase(client, clock):
    clock.wait(301)
    posted = client.post(ACT, {PASSPHRASE: RIGHT}).json()["posted"]
    assert posted == {}
    assert client.post(ACT, {PASSPHRASE: WRONG}).json()["posted"] == {}


def test_a_page_is_shown_again_after_it_was_asked_for(client, clock):
    clock.wait(301)
    page = client.get("/look/?x=1")
    assert page.status_code == 200
    response = client.post("/look/?x=1", Hidden(page).sent_with(RIGHT))
    assert (response.status_code, response["Location"]) == (302, "/look/?x=1")
    assert client.get("/look/?x=1").json() == {"method": "GET"}
    again = client.post("/look/?x=1", {PASSPHRASE: RIGHT, CAME_BY: "GET"})
    assert again.status_code == 302


def test_guessing_is_limited_per_person_and_released(client, clock):
    clock.wait(301)
    for _ in range(10):
        assert client.post(ACT, {PASSPHRASE: WRONG, "words": "mine"}).status_code == 422
    page = client.post(ACT, {PASSPHRASE: RIGHT, "words": "mine"})
    assert page.status_code == 429
    assert ("words", "mine") in Hidden(page).fields
    clock.wait(61)
    assert client.post(ACT, {PASSPHRASE: RIGHT}).status_code == 200


def test_strangers_tries_under_the_name_do_not_count(person, client, clock):
    clock.wait(301)
    for number in range(60):
        sign_in(Client(), person.username, WRONG, **from_address(number))
    assert client.post(ACT, {PASSPHRASE: RIGHT}).json()["number"] == 7


def test_the_check_against_forgery_holds(person, clock):
    device = Client(enforce_csrf_checks=True)
    device.get(reverse("account_login"))
    token = device.cookies["csrftoken"].value
    sign_in(device, person.username, csrfmiddlewaretoken=token)
    clock.wait(301)
    assert device.post(ACT, {PASSPHRASE: RIGHT}).status_code == 403


def test_anonymous_people_are_asked_to_sign_in_first():
    assert Client().post(ACT, WORDS).status_code == 401
    assert Client().get("/look/").status_code == 302
