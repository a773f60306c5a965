"""What every answer carries, and what the answers are when something did not work."""

import pytest
from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.test import Client, RequestFactory
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from recovery_portal import errors
from recovery_portal.frame import Frame
from recovery_portal.headers import PrivateByDefault


@pytest.fixture
def request_(rf: RequestFactory) -> HttpRequest:
    return rf.get("/")


def test_it_works(request_: HttpRequest) -> None:
    response = PrivateByDefault(lambda request: HttpResponse())(request_)
    assert response["Cache-Control"] == "no-store"
    assert response["Cross-Origin-Resource-Policy"] == "same-origin"
    assert response["X-Robots-Tag"] == "noindex"


def test_a_view_may_say_otherwise(request_: HttpRequest) -> None:
    own = HttpResponse(headers={"Cache-Control": "public, max-age=60"})
    assert PrivateByDefault(lambda request: own)(request_)["Cache-Control"] == "public, max-age=60"


def test_only_passkeys_are_permitted(request_: HttpRequest) -> None:
    policy = PrivateByDefault(lambda request: HttpResponse())(request_)["Permissions-Policy"]
    allowed = [part.split("=")[0] for part in policy.split(", ") if not part.endswith("=()")]
    assert allowed == ["publickey-credentials-create", "publickey-credentials-get"]
    assert "camera=()" in policy
    assert "geolocation=()" in policy


def test_a_public_page_carries_them_and_asks_the_database_nothing(client: Client, db: None) -> None:
    with CaptureQueriesContext(connection) as queries:
        response = client.get(reverse("help"))
    assert response["Cache-Control"] == "no-store"
    assert [query["sql"] for query in queries if "SAVEPOINT" not in query["sql"]] == []


def test_the_frame_marks_one_tab(rf: RequestFactory) -> None:
    frame = Frame(rf.get(reverse("account_login")))
    assert [tab.current for tab in frame.tabs] == ["", "page"]


def test_a_missing_page_says_nothing_about_why(client: Client, db: None) -> None:
    response = client.get("/there-is-no-such-page/")
    assert response.status_code == 404
    assert "We did not find this page" in response.content.decode()


def test_a_form_without_token_gets_a_page(rf: RequestFactory) -> None:
    response = errors.csrf_failure(rf.post("/"))
    assert response.status_code == 403
    assert "This page has been open for a while" in response.content.decode()


def test_a_save_with_an_old_token_gets_a_fresh_one_and_one_more_try(rf: RequestFactory) -> None:
    first = errors.csrf_failure(rf.post("/", {"save": "a1", "seen": "3"}, headers={"HX-Request": "true"}))
    html = first.content.decode()
    assert first["X-Save-Region"] == "1"
    assert 'id="save-a1" data-state="again"' in html
    assert 'name="seen" value="3"' in html
    assert 'name="csrfmiddlewaretoken"' in html
    posted = {"save": "a1", "seen": "3", "again": "1"}
    second = errors.csrf_failure(rf.post("/", posted, headers={"HX-Request": "true"}))
    assert 'data-state="reload"' in second.content.decode()


def test_what_is_echoed_is_escaped(rf: RequestFactory) -> None:
    response = errors.csrf_failure(rf.post("/", {"save": '"><b>', "seen": "<i>"}, headers={"HX-Request": "true"}))
    assert "<b>" not in response.content.decode()
    assert "<i>" not in response.content.decode()
