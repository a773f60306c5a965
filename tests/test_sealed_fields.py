"""Sealed columns: bound to row, column and holder in the database too, and opened only by a lent key."""

import copy
import pickle
import uuid

import pytest
from django.core import serializers
from django.core.exceptions import FieldError
from django.db import connection
from django.db.models import F, Value
from django.db.models.functions import Upper
from django.test import Client
from psycopg import sql
from pytest_django import DjangoAssertNumQueries

from accounts.models import User
from plans.models import Entry, Plan, Wording
from records.acting import say_who_acts
from records.files import File
from records.models import HolderKey, NotLent
from records.vault import SealBroken
from records.writing import Edit, Spot, add
from sharing import giving
from sharing.access import own_key
from sharing.models import Share

CANARY = "canary 7f3a: she sings in the kitchen"

pytestmark = pytest.mark.django_db


def person(name: str) -> User:
    return User.objects.create_user(name)


def act(user: User) -> Plan:
    """From here on this person acts; gives their plan."""
    say_who_acts(user.pk)
    return Plan.objects.visible_to(user).get(holder=user.pk)


@pytest.fixture
def marisol() -> User:
    return person("marisol")


@pytest.fixture
def plan(marisol: User) -> Plan:
    """Her plan with one sealed text in it, as she reads it."""
    plan = act(marisol)
    plan.called = CANARY
    plan.save(update_fields=["called"])
    return act(marisol)


def raw(row: Plan | Share, column: str) -> bytes:
    """What the table holds."""
    with connection.cursor() as cursor:
        cursor.execute(
            sql.SQL("SELECT {} FROM {} WHERE id = %s").format(
                sql.Identifier(column), sql.Identifier(row._meta.db_table)
            ),
            [row.pk],
        )
        return bytes(cursor.fetchone()[0])


def put(row: Plan | Share, column: str, sealed: bytes) -> None:
    """Overwrite a column behind the application's back, as somebody with the database's password could."""
    with connection.cursor() as cursor:
        cursor.execute(
            sql.SQL("UPDATE {} SET {} = %s WHERE id = %s").format(
                sql.Identifier(row._meta.db_table), sql.Identifier(column)
            ),
            [sealed, row.pk],
        )


def write(plan: Plan, words: dict[str, str]) -> Wording:
    return add(plan, Spot("tools", "tools"), entry_id=uuid.uuid4(), edit=Edit(words))


def share_of(user: User, label: str, my_name: str = "Marisol V.") -> Share:
    say_who_acts(user.pk)
    share, _words = giving.give(own_key(user), giving.Terms(label, my_name, ["plan.tools"]), recipient=None)
    return Share.objects.visible_to(user).get(pk=share.pk)


def test_it_works(plan: Plan) -> None:
    assert plan.called == CANARY


def test_the_table_holds_no_readable_byte_of_it(plan: Plan) -> None:
    kept = raw(plan, "called")
    assert kept[:1] == b"\x01"
    assert not any(word.encode() in kept for word in CANARY.split())


def test_a_dictionary_of_answers_comes_back_whole_and_shows_no_key(plan: Plan) -> None:
    words = {"text": CANARY, "kind": "activity", "how_it_helps": "🌊\n\x01 é"}
    wording = write(plan, words)
    [read] = plan.lend(Wording.objects.filter(pk=wording.pk))
    assert read.words == words
    with connection.cursor() as cursor:
        cursor.execute("SELECT words FROM plans_wording WHERE id = %s", [wording.pk])
        assert b"activity" not in bytes(cursor.fetchone()[0])


def test_nothing_written_is_nothing_kept(plan: Plan) -> None:
    plan.called = None
    plan.save()
    say_who_acts(plan.holder_id)
    assert Plan.objects.filter(called__isnull=True).exists()


def test_a_record_that_was_not_lent_does_not_open(plan: Plan) -> None:
    with pytest.raises(NotLent):
        _ = Plan.objects.get(pk=plan.pk).called
    with pytest.raises(NotLent):
        Plan(holder_id=plan.holder_id, called="new").save()


def test_a_column_that_was_left_out_of_the_query_does_not_open_either(plan: Plan) -> None:
    with pytest.raises(NotLent):
        _ = Plan.objects.only("holder").get(pk=plan.pk).called


def test_moved_to_another_row_it_is_refused(plan: Plan, marisol: User) -> None:
    one, other = share_of(marisol, "Dr. Osei"), share_of(marisol, "my sister")
    put(other, "label", raw(one, "label"))
    with pytest.raises(SealBroken):
        _ = Share.objects.visible_to(marisol).get(pk=other.pk).label


def test_moved_to_another_column_of_the_same_row_it_is_refused(marisol: User) -> None:
    share = share_of(marisol, "Dr. Osei")
    put(share, "my_name", raw(share, "label"))
    with pytest.raises(SealBroken):
        _ = Share.objects.visible_to(marisol).get(pk=share.pk).my_name


def test_moved_to_another_table_it_is_refused(plan: Plan, marisol: User) -> None:
    put(plan, "called", raw(share_of(marisol, "Dr. Osei"), "label"))
    with pytest.raises(SealBroken):
        _ = act(marisol).called


def test_moved_to_another_holder_it_is_refused(plan: Plan) -> None:
    sealed, other = raw(plan, "called"), person("denise")
    theirs = act(other)
    put(theirs, "called", sealed)
    with pytest.raises(SealBroken):
        _ = act(other).called


def test_with_the_wrapped_key_moved_along_it_is_refused_still(plan: Plan) -> None:
    wrapped, sealed = bytes(HolderKey.objects.get(holder=plan.holder_id).wrapped), raw(plan, "called")
    other = person("denise")
    theirs = act(other)
    put(theirs, "called", sealed)
    theirs = act(other)
    vars(theirs)["wrapped_key"] = wrapped
    with pytest.raises(SealBroken):
        _ = theirs.called


def test_a_row_given_to_another_holder_is_not_lent_a_key(plan: Plan) -> None:
    with pytest.raises(SealBroken):
        plan.lend([Entry(holder_id=uuid.uuid4())])


def test_a_page_with_a_broken_text_is_a_calm_500(plan: Plan, marisol: User, client: Client) -> None:
    changed = bytearray(raw(plan, "called"))
    changed[-1] ^= 1
    put(plan, "called", bytes(changed))
    client.force_login(marisol)
    client.raise_request_exception = False
    answer = client.get("/")
    assert answer.status_code == 500
    assert b"Traceback" not in answer.content
    assert str(plan.pk).encode() not in answer.content


@pytest.mark.parametrize("lookup", ["called", "called__contains", "called__gt", "called__in", "called__startswith"])
def test_nobody_can_search_in_it(plan: Plan, lookup: str) -> None:
    with pytest.raises(FieldError):
        Plan.objects.filter(**{lookup: ["x"] if lookup.endswith("in") else "x"}).exists()


@pytest.mark.parametrize("text", ["in clear", b"in clear", Value("in clear"), F("id"), Upper("called")])
def test_an_update_round_the_seal_is_refused(plan: Plan, text: object) -> None:
    with pytest.raises(FieldError):
        Plan.objects.filter(pk=plan.pk).update(called=text)


def test_a_bulk_update_round_the_seal_is_refused(plan: Plan) -> None:
    with pytest.raises(FieldError):
        Plan.objects.bulk_update([plan], ["called"])


def test_bytes_that_were_never_sealed_are_refused(plan: Plan) -> None:
    plan.called = b"in clear"  # type: ignore[assignment]
    with pytest.raises(FieldError):
        plan.save()


def a_file(plan: Plan, content: object) -> File:
    return plan.new(File, subject_id=plan.pk, kind="test", part="plan.tools", fingerprint=bytes(32), content=content)


def looks_like_sealed() -> bytes:
    """In clear, with a first byte and a length that pass for sealed."""
    return b"\x01" + CANARY.encode().ljust(28 + 64, b".")


def test_bytes_of_a_file_are_sealed_whatever_they_look_like(plan: Plan) -> None:
    for content in (CANARY.encode(), looks_like_sealed()):
        file = a_file(plan, content)
        file.subject_id = uuid.uuid4()
        file.save()
        assert file.content == content
        with connection.cursor() as cursor:
            cursor.execute("SELECT content FROM records_file WHERE id = %s", [file.pk])
            [kept] = cursor.fetchone()
        assert b"canary" not in bytes(kept)
        [read] = plan.lend(File.objects.filter(pk=file.pk))
        assert read.content == content


def test_bytes_that_look_sealed_are_refused_where_text_belongs(plan: Plan) -> None:
    plan.called = looks_like_sealed()  # type: ignore[assignment]
    with pytest.raises(FieldError):
        plan.save()
    with pytest.raises(FieldError):
        Plan.objects.filter(pk=plan.pk).update(called=looks_like_sealed())


@pytest.mark.parametrize("content", [CANARY, 7, memoryview(b"words"), bytearray(b"words")])
def test_only_bytes_are_a_files_content(plan: Plan, content: object) -> None:
    with pytest.raises(FieldError):
        a_file(plan, content).save()


def test_a_dump_of_a_file_is_refused(plan: Plan) -> None:
    """Its content is bytes, which serializers would write out as they are."""
    file = a_file(plan, b"words")
    file.save()
    with pytest.raises(TypeError, match="never written out"):
        serializers.serialize("json", [file])


def test_rows_made_in_bulk_are_sealed(plan: Plan) -> None:
    [entry] = plan.lend([write(plan, {"text": "walk"}).entry])
    rows = [entry.new(Wording, entry=entry, number=number, words={"text": CANARY}) for number in (2, 3)]
    Wording.objects.bulk_create(rows)
    assert [row.words["text"] for row in entry.lend(Wording.objects.filter(number__gt=1))] == [CANARY, CANARY]
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM plans_wording WHERE position('canary'::bytea in words) > 0")
        assert cursor.fetchone() == (0,)


def test_saving_again_seals_afresh_only_what_was_set(plan: Plan, marisol: User) -> None:
    before = raw(plan, "called")
    plan.save()
    assert raw(plan, "called") == before
    plan.called = CANARY
    plan.save()
    assert raw(plan, "called") != before
    assert act(marisol).called == CANARY


def test_printing_copying_and_dumping_show_nothing(plan: Plan) -> None:
    assert plan.called == CANARY
    assert CANARY not in f"{plan} {plan!r} {vars(plan)}"
    for carry in (pickle.dumps, copy.deepcopy, lambda record: serializers.serialize("json", [record])):
        with pytest.raises(TypeError):
            carry(plan)


def test_a_list_of_thirty_opens_with_one_key_and_one_query(
    plan: Plan, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for number in range(30):
        write(plan, {"text": f"tool {number}"})
    plan = Plan.objects.visible_to(User(pk=plan.holder_id)).get(pk=plan.pk)
    with django_assert_num_queries(1):
        texts = [wording.words["text"] for wording in plan.newest_wordings(["tools"])]
    assert texts == [f"tool {number}" for number in range(30)]
