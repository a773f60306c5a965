"""What every test relies on: its role, its database, and that nothing leaves this machine."""

import socket

import psycopg
import pytest
from django.contrib.contenttypes.models import ContentType
from django.db import connection

from recovery_portal import roles
from tests import testbed
from tests.guard import OutsideNetwork


@pytest.mark.django_db
def test_tests_are_the_web_role() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_user")
        assert cursor.fetchone() == (roles.WEB,)


@pytest.mark.django_db
def test_migrations_have_run() -> None:
    assert ContentType.objects.exists()


@pytest.mark.parametrize("address", [("192.0.2.1", 80), ("example.org", 80)])
def test_the_outside_is_out_of_reach(address: tuple[str, int]) -> None:
    with pytest.raises(OutsideNetwork):
        socket.create_connection(address, timeout=1)


def test_a_datagram_to_the_outside_is_refused() -> None:
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as sender, pytest.raises(OutsideNetwork):
        sender.sendto(b"hello", ("192.0.2.1", 53))


def test_this_machine_can_be_reached() -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        socket.create_connection(server.getsockname(), timeout=1).close()


def test_flushing_passes_append_only_tables(admin: psycopg.Connection, addresses: roles.Addresses) -> None:
    try:
        admin.execute(
            "CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE 'append-only'; END $$;"
            "CREATE TABLE stone (number int);"
            "CREATE TRIGGER refuse BEFORE DELETE ON stone FOR EACH ROW EXECUTE FUNCTION refuse();"
            "INSERT INTO stone VALUES (1)"
        )
        testbed.empty(addresses.admin)
        assert admin.execute("SELECT count(*) FROM stone").fetchone() == (0,)
    finally:
        admin.execute("DROP TABLE stone; DROP FUNCTION refuse")
