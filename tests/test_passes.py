"""Links, codes and cards: known by a hash, found by their bearer only, used once."""

import hashlib
import threading
import uuid
from collections.abc import Callable
from datetime import timedelta

import psycopg
import pytest
from django.db import DatabaseError, connection, transaction
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from accounts.models import User
from records import passes
from records.acting import acting_as
from records.models import Pass
from records.passes import bearing, hash_of, make_pass, spoken_words, use_up

INVITATION, RECOVERY = Pass.Purpose.INVITATION, Pass.Purpose.RECOVERY
WEEK = timedelta(days=7)

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def marisol() -> User:
    return User.objects.create_user("marisol")


def make(holder: User, lasts: timedelta | None = WEEK) -> tuple[Pass, str]:
    with acting_as(holder.pk):
        return make_pass(holder.pk, INVITATION, words=5, lasts=lasts, subject=uuid.uuid4())


def test_it_works(marisol: User) -> None:
    made, secret = make(marisol)
    with bearing(secret, INVITATION) as found:
        assert found == made
        assert found.subject_id == made.subject_id


def test_the_secret_is_kept_nowhere(marisol: User, admin: psycopg.Connection) -> None:
    made, secret = make(marisol)
    [row] = admin.execute("SELECT * FROM records_pass").fetchall()
    assert made.secret_hash == hashlib.sha256(secret.replace(" ", "").encode()).digest()
    assert not [word for word in secret.split() if word in str(row)]


@pytest.mark.parametrize("count", [5, 9])
def test_words_are_as_many_as_asked_and_can_be_said(count: int) -> None:
    words = spoken_words(count).split(" ")
    assert len(words) == count
    assert all(word.isalpha() and word.isascii() and word.islower() for word in words)


def test_five_words_are_64_bits() -> None:
    assert len(set(passes._word_list())) ** 5 > 2**64


@given(
    st.lists(st.sampled_from(passes._word_list()), min_size=1, max_size=9),
    st.sampled_from([" ", "-", "  ", ",\n", ". "]),
    st.sampled_from([str.upper, str.title, str.lower]),
)
def test_capitals_spaces_and_hyphens_make_no_difference(
    words: list[str], between: str, said: Callable[[str], str]
) -> None:
    assert hash_of(between + said(between.join(words))) == hash_of(" ".join(words))


@given(st.text(max_size=30))
def test_hashing_what_anybody_types_raises_nothing(typed: str) -> None:
    assert len(hash_of(typed)) == 32


@pytest.mark.parametrize("typed", ["", "   ", "12345", "no such words at all", "ünknöwn"])
def test_other_words_open_nothing(marisol: User, typed: str) -> None:
    make(marisol)
    with bearing(typed, INVITATION) as found:
        assert found is None


def test_a_pass_opens_only_what_it_was_made_for(marisol: User) -> None:
    _made, secret = make(marisol)
    with bearing(secret, RECOVERY) as found:
        assert found is None


def test_a_used_pass_opens_nothing(marisol: User) -> None:
    _made, secret = make(marisol)
    with bearing(secret, INVITATION) as found:
        assert found
        use_up(found)
    with bearing(secret, INVITATION) as found:
        assert found is None


@pytest.mark.parametrize(
    ("lasts", "opens"), [(timedelta(seconds=5), True), (timedelta(0), False), (-WEEK, False), (None, True)]
)
def test_a_pass_opens_until_its_end(marisol: User, lasts: timedelta | None, opens: bool) -> None:
    _made, secret = make(marisol, lasts)
    with bearing(secret, INVITATION) as found:
        assert (found is not None) == opens


def test_a_pass_is_seen_by_its_holder_and_its_bearer_only(marisol: User) -> None:
    denise = User.objects.create_user("denise")
    make(marisol)
    with acting_as(marisol.pk):
        assert Pass.objects.count() == 1
    with acting_as(denise.pk):
        assert Pass.objects.count() == 0
    with acting_as(denise.pk, with_pass=hash_of("other words")):
        assert Pass.objects.count() == 0
    assert Pass.objects.count() == 0


def test_bearing_a_pass_ends_with_its_block(marisol: User) -> None:
    _made, secret = make(marisol)
    with transaction.atomic():
        with bearing(secret, INVITATION):
            assert Pass.objects.count() == 1
        assert Pass.objects.count() == 0


@pytest.mark.parametrize("change", [{"purpose": RECOVERY}, {"subject_id": uuid.uuid4()}, {"holder_id": uuid.uuid4()}])
def test_nothing_about_a_pass_changes_but_its_use_and_end(marisol: User, change: dict[str, object]) -> None:
    make(marisol)
    with pytest.raises(DatabaseError, match="permission denied"), acting_as(marisol.pk):
        Pass.objects.update(**change)


def test_a_pass_is_not_deleted_by_the_site(marisol: User) -> None:
    made, _secret = make(marisol)
    with pytest.raises(DatabaseError, match="permission denied"), acting_as(marisol.pk):
        made.delete()


def test_the_holder_can_end_it_early(marisol: User) -> None:
    made, secret = make(marisol)
    with acting_as(marisol.pk):
        Pass.objects.filter(pk=made.pk).update(expires_at=timezone.now())
    with bearing(secret, INVITATION) as found:
        assert found is None


def test_of_ten_who_use_it_at_once_one_succeeds(marisol: User) -> None:
    _made, secret = make(marisol)
    gate, used = threading.Barrier(10), []

    def use() -> None:
        try:
            gate.wait()
            with bearing(secret, INVITATION) as found:
                if found:
                    use_up(found)
                    used.append(found)
        finally:
            connection.close()

    threads = [threading.Thread(target=use) for _ in range(10)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(used) == 1


@pytest.mark.parametrize("undo", [{"used_at": None}, {"expires_at": None}, {"expires_at": timezone.now() + WEEK * 9}])
def test_a_pass_that_was_used_or_has_ended_stays_so(marisol: User, undo: dict[str, object]) -> None:
    made, _secret = make(marisol)
    with acting_as(marisol.pk):
        Pass.objects.filter(pk=made.pk).update(used_at=timezone.now(), expires_at=timezone.now())
        with pytest.raises(DatabaseError), transaction.atomic():
            Pass.objects.filter(pk=made.pk).update(**undo)
