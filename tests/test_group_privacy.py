"""Running a group, or being in one, shows nothing of anybody's own: no plan, directive or share is even asked for."""

import re
import uuid
from typing import Any

import pytest
from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from peers.urls import urlpatterns
from tests.matrix import IN_GROUPS, arguments, form, laid_out
from tests.matrix_peers import GROUPS, RUN, hidden
from tests.matrix_visits import Ledger, deviations
from tests.reading_code import ROOT
from tests.world import World

NAMES = sorted(f"peers:{pattern.name}" for pattern in urlpatterns)
ROLES = (*IN_GROUPS, "stranger")
# What is a person's own. A group's words, names, sessions and papers are in other tables.
OWN = re.compile(r"\b(plans_|directives_|sharing_share|records_pass)\w*", re.I)
TITLE = re.compile(r"<title>(.*?)</title>", re.S)


def pages(world: World, role: str, name: str, method: str) -> tuple[Any, list[str]]:
    """One visit, rolled back: the answer, and what was asked of the database for it."""
    client = Client(raise_request_exception=False)
    client.cookies = world.people[role].client.cookies.copy()  # type: ignore[assignment]
    send = getattr(client, method.lower())
    address, sent = reverse(name, args=arguments(world, name, role)), form(world, name, role)
    with transaction.atomic(), CaptureQueriesContext(connection) as captured:
        response = send(address, sent)
        transaction.set_rollback(True)
    return response, [query["sql"] for query in captured.captured_queries]


@pytest.mark.parametrize("name", NAMES)
def test_it_works(world: World, name: str) -> None:
    """Every address of groups, looked at and acted on, by everybody who has to do with one."""
    for role in ROLES:
        for method in ("GET", "POST"):
            _response, asked = pages(world, role, name, method)
            assert asked
            assert not [sql for sql in asked if OWN.search(sql)], (role, method)


def test_what_is_ones_own_would_be_noticed(world: World) -> None:
    for name in ("plans:plan_read", "directives:directive_read", "sharing:share_list"):
        _response, asked = pages(world, "facilitator", name, "GET")
        assert [sql for sql in asked if OWN.search(sql)], name


@pytest.mark.parametrize("name", NAMES)
def test_no_tab_names_a_group_or_anybody(world: World, name: str) -> None:
    """Titles are seen in tabs, in the history and over one's shoulder."""
    for role in ("facilitator", "member", "stranger", "asked_to_help"):
        response, _asked = pages(world, role, name, "GET")
        for title in TITLE.findall(response.content.decode()):
            assert not world.canaries.found_in(title), (role, title)


def test_logs_hold_no_names(world: World, capfd: pytest.CaptureFixture[str]) -> None:
    """Neither of those who act, nor of the group, also where something is refused."""
    for name in NAMES:
        for role in ("facilitator", "stranger"):
            for method in ("GET", "POST"):
                pages(world, role, name, method)
    out, err = capfd.readouterr()
    written = out + err
    assert "django.request" in written, "refusals are logged: else this shows nothing"
    assert world.canaries.found_in(written) == set()
    assert str(world.groups.group.pk) not in written
    assert "Robin" not in written
    assert "Morning walk" not in written


@pytest.mark.parametrize("name", [name for name in NAMES if "member_" in name and name != "peers:member_add"])
def test_ids_of_another_group_find_nobody(world: World, addresses: Any, name: str) -> None:
    _found_nobody(world, addresses, name, world.groups.other_membership.pk)


@pytest.mark.parametrize(
    ("name", "thing"),
    [
        ("peers:helper_end", "other_helper"),
        ("peers:session_sheet", "other_session"),
        ("peers:walk_in_add", "other_session"),
        ("peers:sign_in_ask", "other_session"),
        ("peers:paper_download", "other_paper"),
    ],
)
def test_things_of_another_group_are_not_there(world: World, addresses: Any, name: str, thing: str) -> None:
    _found_nobody(world, addresses, name, getattr(world.groups, thing).pk)


def _found_nobody(world: World, addresses: Any, name: str, pk: uuid.UUID) -> None:
    """With the address of a group that one runs, and somebody or something of a group that one does not."""
    facilitator, ledger = world.people["facilitator"], Ledger(addresses.admin)
    try:
        for method in ("get", "post"):
            address = reverse(name, args=[world.groups.group.pk, pk])
            with transaction.atomic():
                response = getattr(facilitator.client, method)(address, form(world, name, "facilitator"))
                # Who is not in the group any more, and who never was, are answered alike.
                assert response.status_code in (302, 404, 405)
                assert not ledger.changed()
                transaction.set_rollback(True)
    finally:
        ledger.close()


def test_a_group_on_no_list_is_not_there(world: World, addresses: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """Every address of the matrix with its id: as if nobody had ever begun it."""
    monkeypatch.setattr(world.groups, "group", world.groups.unlisted)
    ledger = Ledger(addresses.admin)
    try:
        assert not list(deviations(world, ledger, laid_out(hidden(GROUPS), hidden(RUN)), ("GET", "POST")))
    finally:
        ledger.close()


def test_no_room_of_ones_own_is_imported() -> None:
    """The contract of import-linter counts groups among the rooms that never import each other."""
    assert '"plans | directives | peers"' in (ROOT / "pyproject.toml").read_text()
    for file in (ROOT / "peers").rglob("*.py"):
        assert not re.search(r"^\s*(from|import) (plans|directives)\b", file.read_text(), re.M), file
