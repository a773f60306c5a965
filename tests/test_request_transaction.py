"""One transaction a request: all of it is kept before the answer leaves, or none of it and the answer says so."""

import json
import logging
import uuid
from collections.abc import Callable, Iterator
from typing import cast

import psycopg
import pytest
from django.contrib.sessions.models import Session
from django.db import connection
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.test import Client
from django.urls import include, path
from pytest_django import Settings

from accounts.models import User
from plans.models import Entry, Plan
from records.access import public, signed_in
from records.acting import acting_as, who_acts
from recovery_portal import errors
from recovery_portal.roles import Addresses
from sharing import giving
from sharing.access import own_key
from sharing.models import AccessEvent, Share

CANARY = "canary 91c2"
ADMIN = "X-Test-Admin"

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.urls(__name__)]


def _write(request: HttpRequest) -> Plan:
    """Something in each of the three places: her plan, the log, the session."""
    plan = Plan.objects.visible_to(cast(User, request.user)).get()
    plan.called = CANARY
    plan.save()
    plan.new(AccessEvent, actor_id=request.user.pk, what=AccessEvent.What.SHARED).save()
    request.session["wrote"] = True
    return plan


def cut(request: HttpRequest) -> None:
    """End the connection from outside, as a restart of the database does."""
    with psycopg.connect(request.headers[ADMIN], autocommit=True) as admin:
        admin.execute("SELECT pg_terminate_backend(%s)", [connection.connection.info.backend_pid])


class CutAtCommit:
    """Stands right inside the transaction: after it only the commit is left to do."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if request.path == "/write/cut/":
            cut(request)
        return response


@signed_in
def write(request: HttpRequest, then: str) -> HttpResponse:
    plan = _write(request)
    match then:
        case "raise":
            raise RuntimeError(CANARY)
        case "stream":
            return cast(HttpResponse, StreamingHttpResponse([CANARY]))
        case "constraint":
            # The foreign key is checked at commit: until then all looks well.
            Entry.objects.create(holder_id=plan.holder_id, record_id=uuid.uuid4(), section="x", part="x", place=0)
        case "cut in the view":
            cut(request)
    return HttpResponse(plan.called, status=int(then) if then.isdigit() else 200)


@public
def look(request: HttpRequest) -> HttpResponse:
    seen = {"plans": Plan.objects.count(), "acts": str(who_acts()), "server": connection.connection.info.backend_pid}
    return HttpResponse(json.dumps(seen))


handler500 = errors.server_error
urlpatterns = [
    path("write/<str:then>/", write),
    path("look/", look),
    path("", include("recovery_portal.urls")),
]


@pytest.fixture
def marisol() -> User:
    return User.objects.create_user("marisol")


@pytest.fixture
def visitor(marisol: User, addresses: Addresses, settings: Settings) -> Iterator[Client]:
    """Her browser."""
    inside = settings.MIDDLEWARE.index("records.transaction.RequestTransaction") + 1
    settings.MIDDLEWARE = [*settings.MIDDLEWARE[:inside], f"{__name__}.CutAtCommit", *settings.MIDDLEWARE[inside:]]
    visitor = Client(raise_request_exception=False, headers={ADMIN: addresses.admin})
    visitor.force_login(marisol)
    yield visitor
    connection.close()


def kept(marisol: User) -> tuple[str | None, int, bool]:
    """What she is called, how many lines her log has, and whether the session knows that she wrote."""
    with acting_as(marisol.pk):
        called = Plan.objects.visible_to(marisol).get().called
        return called, AccessEvent.objects.count(), any("wrote" in each.get_decoded() for each in Session.objects.all())


def looked(visitor: Client) -> dict[str, object]:
    return json.loads(visitor.get("/look/").content)


def test_it_works(visitor: Client, marisol: User) -> None:
    assert visitor.post("/write/go on/").content.decode() == CANARY
    assert kept(marisol) == (CANARY, 1, True)


@pytest.mark.parametrize("status", [200, 302, 403, 404, 409, 422, 429])
def test_below_500_all_is_kept(visitor: Client, marisol: User, status: int) -> None:
    assert visitor.post(f"/write/{status}/").status_code == status
    assert kept(marisol) == (CANARY, 1, True)


@pytest.mark.parametrize(
    ("then", "status"), [("raise", 500), ("stream", 500), ("500", 500), ("503", 503), ("599", 599)]
)
def test_from_500_on_nothing_is_kept(visitor: Client, marisol: User, then: str, status: int) -> None:
    assert visitor.post(f"/write/{then}/").status_code == status
    assert kept(marisol) == (None, 0, False)


@pytest.mark.parametrize("then", ["constraint", "cut", "cut in the view"])
def test_a_commit_that_does_not_work_shows_nothing_and_keeps_nothing(visitor: Client, marisol: User, then: str) -> None:
    answer = visitor.post(f"/write/{then}/")
    assert answer.status_code == 503
    assert answer.headers["Retry-After"] == "10"
    assert CANARY.encode() not in answer.content
    assert b"was not saved" in answer.content
    assert kept(marisol) == (None, 0, False)


@pytest.mark.parametrize("then", ["raise", "stream", "constraint", "cut"])
def test_an_answer_of_ours_has_the_private_headers(visitor: Client, then: str) -> None:
    answer = visitor.post(f"/write/{then}/")
    assert "no-store" in answer.headers["Cache-Control"]
    assert "Content-Security-Policy" in answer.headers
    assert not answer.cookies


@pytest.mark.parametrize("then", ["go on", "raise", "constraint", "cut", "cut in the view"])
def test_the_next_request_works(visitor: Client, marisol: User, then: str) -> None:
    visitor.post(f"/write/{then}/")
    assert visitor.post("/write/go on/").status_code == 200
    assert kept(marisol)[0] == CANARY


@pytest.mark.parametrize("then", ["go on", "raise", "stream", "constraint", "404"])
def test_whoever_comes_next_on_the_connection_is_nobody(visitor: Client, then: str) -> None:
    before = looked(visitor)
    visitor.post(f"/write/{then}/")
    visitor.logout()
    after = looked(visitor)
    assert before["plans"] == 1
    assert after == {"plans": 0, "acts": "None", "server": before["server"]}


def test_two_people_on_one_connection_see_each_their_own(visitor: Client, marisol: User) -> None:
    denise, other = User.objects.create_user("denise"), Client()
    other.force_login(denise)
    for _ in range(3):
        assert [looked(each)["acts"] for each in (visitor, other)] == [str(marisol.pk), str(denise.pk)]


def test_a_denied_try_is_in_the_log_although_the_view_was_rolled_back(visitor: Client, marisol: User) -> None:
    osei = User.objects.create_user("osei")
    with acting_as(marisol.pk):
        share, _words = giving.give(own_key(marisol), giving.Terms("Dr. Osei", "M.", ["plan.tools"]), recipient=osei)
        giving.stop(Share.objects.visible_to(marisol).get(pk=share.pk))
    reader = Client()
    reader.force_login(osei)
    assert reader.get(f"/people/{share.pk}/").status_code == 404
    with acting_as(marisol.pk):
        denied = AccessEvent.objects.get(what=AccessEvent.What.TURNED_AWAY)
        assert (denied.actor_id, denied.share_id) == (osei.pk, share.pk)


def test_a_strangers_guess_writes_nothing(visitor: Client, marisol: User) -> None:
    with acting_as(marisol.pk):
        share, _words = giving.give(own_key(marisol), giving.Terms("x", "M.", ["plan.tools"]), recipient=None)
        lines = AccessEvent.objects.count()
    stranger = Client()
    stranger.force_login(User.objects.create_user("stranger"))
    for guess in (share.pk, uuid.uuid4()):
        assert stranger.get(f"/people/{guess}/").status_code == 404
    assert kept(marisol)[1] == lines


@pytest.mark.parametrize("then", ["constraint", "cut"])
def test_the_log_says_why_without_words(visitor: Client, caplog: pytest.LogCaptureFixture, then: str) -> None:
    with caplog.at_level(logging.ERROR):
        visitor.post(f"/write/{then}/")
    [record] = [record for record in caplog.records if record.name == "records.transaction"]
    assert type(cast(tuple[object, ...], record.exc_info)[1]).__name__ in {"IntegrityError", "OperationalError"}
    assert CANARY not in record.getMessage()
