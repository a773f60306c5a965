"""Everybody has one directive: new people from the start, and those who were here before it existed."""

from importlib import import_module

import psycopg
import pytest

from directives.models import Directive
from tests.world import Cast

pytestmark = pytest.mark.django_db


def test_it_works(cast: Cast) -> None:
    with cast.ana.acting():
        directive = cast.ana.directive()
        assert (directive.state, directive.skipped) == ("", [])
        assert directive.law is None
        assert Directive.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_who_was_here_before_gets_one(cast: Cast, admin: psycopg.Connection) -> None:
    begin = import_module("directives.migrations.0003_one_each").BEGIN
    with admin.transaction(force_rollback=True):
        admin.execute("SET LOCAL session_replication_role = replica")
        admin.execute("DELETE FROM directives_directive")
        admin.execute(begin)
        held = admin.execute("SELECT holder_id FROM directives_directive").fetchall()
        people = admin.execute("SELECT id FROM accounts_user").fetchall()
    assert {row[0] for row in held} == {row[0] for row in people}
    assert len(held) == len(people) >= 3
