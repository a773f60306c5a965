"""Who acts is said once a transaction, to the database, and is gone with it."""

import uuid

import pytest
from django.db import connection, transaction
from django.db.transaction import TransactionManagementError

from accounts.models import User
from plans.models import Entry, Plan
from records.acting import acting_as, say_who_acts, who_acts
from records.models import Holder, HolderKey
from sharing.models import AccessEvent, Share

pytestmark = pytest.mark.django_db(transaction=True)

SOMEBODY, ANOTHER = uuid.uuid4(), uuid.uuid4()
WALLED = [Holder, HolderKey, Plan, Entry, Share, AccessEvent]


def pass_hash() -> bytes | None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT sec.pass_hash()")
        found = cursor.fetchone()[0]
        return found if found is None else bytes(found)


def test_it_works() -> None:
    with acting_as(SOMEBODY, with_pass=b"\x00\xff"):
        assert (who_acts(), pass_hash()) == (SOMEBODY, b"\x00\xff")
    assert (who_acts(), pass_hash()) == (None, None)


def test_nobody_acts_before_it_is_said() -> None:
    assert who_acts() is None
    assert pass_hash() is None


def test_outside_a_transaction_it_cannot_be_said() -> None:
    with pytest.raises(TransactionManagementError):
        say_who_acts(SOMEBODY)


@pytest.mark.parametrize("ends_well", [True, False])
def test_it_ends_with_the_transaction_on_the_same_connection(ends_well: bool) -> None:
    with transaction.atomic():
        say_who_acts(SOMEBODY, b"\x01")
        server = connection.connection.info.backend_pid
        transaction.set_rollback(not ends_well)
    assert (who_acts(), pass_hash()) == (None, None)
    assert connection.connection.info.backend_pid == server


def test_an_error_ends_it_too() -> None:
    with pytest.raises(ZeroDivisionError), acting_as(SOMEBODY):
        _ = 1 / 0
    assert who_acts() is None


def test_inside_somebody_elses_turn_it_is_given_back() -> None:
    with acting_as(SOMEBODY, with_pass=b"\x01"):
        with acting_as(ANOTHER):
            assert (who_acts(), pass_hash()) == (ANOTHER, None)
        assert (who_acts(), pass_hash()) == (SOMEBODY, b"\x01")
        with acting_as(None):
            assert who_acts() is None
        assert who_acts() == SOMEBODY


def test_inside_somebody_elses_turn_it_is_given_back_after_an_error() -> None:
    with acting_as(SOMEBODY):
        with pytest.raises(ZeroDivisionError), acting_as(ANOTHER):
            _ = 1 / 0
        assert who_acts() == SOMEBODY


def test_a_savepoint_that_is_rolled_back_takes_along_what_was_said_in_it() -> None:
    with transaction.atomic():
        say_who_acts(SOMEBODY)
        with transaction.atomic():
            say_who_acts(ANOTHER)
            transaction.set_rollback(True)
        assert who_acts() == SOMEBODY


def test_whoever_acts_sees_their_own_rows_and_nobody_sees_any() -> None:
    for name in ("marisol", "denise"):
        User.objects.create_user(name)
    marisol = User.objects.get(username="marisol")
    with acting_as(marisol.pk):
        assert [plan.holder_id for plan in Plan.objects.all()] == [marisol.pk]
        assert [key.pk for key in HolderKey.objects.all()] == [marisol.pk]
    for model in WALLED:
        assert not model._default_manager.exists(), model
    with acting_as(SOMEBODY):
        for model in WALLED:
            assert not model._default_manager.exists(), model


def test_nobody_can_write_in_another_name() -> None:
    marisol, denise = User.objects.create_user("marisol"), User.objects.create_user("denise")
    with acting_as(denise.pk):
        assert Plan.objects.filter(holder=marisol.pk).update(called=None) == 0
    for owner in (marisol.pk, None):
        with pytest.raises(Exception, match="row-level security"), acting_as(denise.pk):
            HolderKey.objects.create(pk=owner or uuid.uuid4(), wrapped=b"")
