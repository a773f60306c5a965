"""The vault: whatever is sealed opens for its own holder, field and row, and for nothing else."""

import copy
import hashlib
import hmac
import os
import pickle
import time
import uuid
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.test.utils import override_settings
from hypothesis import given
from hypothesis import strategies as st

from records import vault
from records.vault import OpenedKey, SealBroken, Sealed, VaultMissing, new_wrapped_key, open_key, rewrap

HOLDER, ROW, FIELD = uuid.uuid4(), uuid.uuid4(), "plans_plan.called"
HEADER = len(vault.FORMAT) + vault.NONCE_BYTES
TAG = 16


def key_of(holder: uuid.UUID = HOLDER) -> OpenedKey:
    return OpenedKey(holder, bytes(range(32)))


def sealed(text: str = "I sing when I am well") -> bytes:
    return key_of().seal(text, field=FIELD, row=ROW)


@pytest.fixture
def folder(tmp_path: Path) -> Iterator[Path]:
    """A vault folder of our own; its keys are read once a process, so the memory of them is emptied too."""
    put(tmp_path, 1)
    with override_settings(VAULT_KEYS_DIR=tmp_path):
        yield tmp_path
    vault._read_master_keys.cache_clear()


def put(folder: Path, number: int, text: str = "") -> None:
    (folder / str(number)).write_text(text or os.urandom(32).hex())
    vault._read_master_keys.cache_clear()


def test_it_works() -> None:
    assert key_of().open(sealed("Call Denise before noon"), field=FIELD, row=ROW) == "Call Denise before noon"


@given(st.text() | st.text(st.just("\x00") | st.just("\x80"), max_size=200))
def test_any_text_comes_back_as_it_was(text: str) -> None:
    assert key_of().open(sealed(text), field=FIELD, row=ROW) == text


@pytest.mark.parametrize("text", ["", "\x00", "a\x00\x00", "\x80", "é" * 31, "🌊" * 16, "ß" * 10_000, "x" * 1_000_000])
def test_texts_that_look_like_padding_or_are_long_come_back(text: str) -> None:
    assert key_of().open(sealed(text), field=FIELD, row=ROW) == text


@given(text=st.text(max_size=300), where=st.integers(min_value=0), bit=st.integers(0, 7))
def test_one_flipped_bit_is_refused(text: str, where: int, bit: int) -> None:
    changed = bytearray(sealed(text))
    changed[where % len(changed)] ^= 1 << bit
    with pytest.raises(SealBroken):
        key_of().open(bytes(changed), field=FIELD, row=ROW)


def test_every_byte_is_guarded() -> None:
    whole = sealed()
    for where in range(len(whole)):
        changed = bytearray(whole)
        changed[where] ^= 0xFF
        with pytest.raises(SealBroken):
            key_of().open(bytes(changed), field=FIELD, row=ROW)


@given(st.binary(max_size=400))
def test_any_bytes_come_back_as_they_were(content: bytes) -> None:
    seal = key_of().seal_bytes(content, field=FIELD, row=ROW)
    assert key_of().open_bytes(seal, field=FIELD, row=ROW) == content
    assert len(seal) == HEADER + (len(content) // vault.STEP + 1) * vault.STEP + TAG


def test_bytes_that_are_no_text_do_not_open_as_one() -> None:
    with pytest.raises(SealBroken):
        key_of().open(key_of().seal_bytes(b"\xff\xfe", field=FIELD, row=ROW), field=FIELD, row=ROW)


def test_what_is_sealed_says_so_by_its_type() -> None:
    assert type(sealed()) is Sealed
    assert type(key_of().open_bytes(sealed(), field=FIELD, row=ROW)) is bytes


def test_a_fingerprint_is_the_same_for_the_same_content_of_the_same_holder() -> None:
    one = key_of().fingerprint(b"a page")
    assert one == key_of().fingerprint(b"a page")
    assert len(one) == 32


def test_a_fingerprint_cannot_be_made_without_the_key() -> None:
    """Neither a plain digest, nor another holder's, nor one under the sealing key itself."""
    one = key_of().fingerprint(b"a page")
    plain = hashlib.sha256(b"a page").digest()
    under_the_key = hmac.digest(bytes(range(32)), b"a page", "sha256")
    others = OpenedKey(uuid.uuid4(), os.urandom(32)).fingerprint(b"a page")
    assert len({one, plain, under_the_key, others, key_of().fingerprint(b"a page.")}) == 5


def test_cut_off_bytes_are_refused() -> None:
    whole = sealed()
    for length in range(len(whole)):
        with pytest.raises(SealBroken):
            key_of().open(whole[:length], field=FIELD, row=ROW)


def test_bytes_added_are_refused() -> None:
    with pytest.raises(SealBroken):
        key_of().open(sealed() + b"\x00", field=FIELD, row=ROW)


def test_a_seal_moved_to_another_row_is_refused() -> None:
    with pytest.raises(SealBroken):
        key_of().open(sealed(), field=FIELD, row=uuid.uuid4())


@pytest.mark.parametrize("field", ["plans_plan.calle", "plans_plan.called2", "sharing_share.label", ""])
def test_a_seal_moved_to_another_field_is_refused(field: str) -> None:
    with pytest.raises(SealBroken):
        key_of().open(sealed(), field=field, row=ROW)


def test_a_seal_moved_to_another_holder_is_refused_even_under_the_same_key() -> None:
    with pytest.raises(SealBroken):
        key_of(uuid.uuid4()).open(sealed(), field=FIELD, row=ROW)


def test_another_key_of_the_same_holder_is_refused() -> None:
    with pytest.raises(SealBroken):
        OpenedKey(HOLDER, bytes(32)).open(sealed(), field=FIELD, row=ROW)


@given(st.text(max_size=400), st.text(max_size=400))
def test_length_shows_only_in_steps_of_64_bytes(one: str, other: str) -> None:
    steps = [len(text.encode()) // vault.STEP for text in (one, other)]
    sizes = [len(sealed(text)) for text in (one, other)]
    assert sizes == [HEADER + (step + 1) * vault.STEP + TAG for step in steps]
    assert (sizes[0] == sizes[1]) == (steps[0] == steps[1])


def test_an_empty_and_a_short_answer_look_alike() -> None:
    assert len(sealed("")) == len(sealed("yes")) == len(sealed("x" * 63)) != len(sealed("x" * 64))


def test_the_same_words_twice_look_different() -> None:
    nonces = {sealed("same")[1:HEADER] for _ in range(10_000)}
    assert len(nonces) == 10_000


def test_the_words_are_not_in_the_sealed_bytes() -> None:
    assert b"canary" not in sealed("canary " * 30)


def test_an_opened_key_is_never_printed_pickled_or_copied() -> None:
    key = key_of()
    assert repr(key) == f"<key of {HOLDER}>"
    for carry in (pickle.dumps, copy.copy, copy.deepcopy):
        with pytest.raises(TypeError):
            carry(key)


def test_a_new_key_opens_for_its_holder(folder: Path) -> None:
    wrapped = new_wrapped_key(HOLDER)
    seal = open_key(HOLDER, wrapped).seal("hello", field=FIELD, row=ROW)
    assert open_key(HOLDER, wrapped).open(seal, field=FIELD, row=ROW) == "hello"


def test_a_wrapped_key_moved_to_another_holder_does_not_open(folder: Path) -> None:
    with pytest.raises(SealBroken):
        open_key(uuid.uuid4(), new_wrapped_key(HOLDER))


def test_every_byte_of_a_wrapped_key_is_guarded(folder: Path) -> None:
    wrapped = new_wrapped_key(HOLDER)
    for where in range(2, len(wrapped)):
        changed = bytearray(wrapped)
        changed[where] ^= 1
        with pytest.raises(SealBroken):
            open_key(HOLDER, bytes(changed))
    for length in range(2, len(wrapped)):
        with pytest.raises(SealBroken):
            open_key(HOLDER, wrapped[:length])


def test_a_wrapped_key_does_not_open_under_another_master_key(folder: Path) -> None:
    wrapped = new_wrapped_key(HOLDER)
    put(folder, 2)
    with pytest.raises(SealBroken):
        open_key(HOLDER, b"\x00\x02" + wrapped[2:])


def test_after_a_change_of_master_keys_old_words_open_and_new_keys_use_the_newest(folder: Path) -> None:
    before = new_wrapped_key(HOLDER)
    seal = open_key(HOLDER, before).seal("hello", field=FIELD, row=ROW)
    put(folder, 2)
    assert open_key(HOLDER, before).open(seal, field=FIELD, row=ROW) == "hello"
    assert new_wrapped_key(uuid.uuid4())[:2] == b"\x00\x02"


def test_once_rewrapped_the_old_master_key_can_go(folder: Path) -> None:
    before = new_wrapped_key(HOLDER)
    seal = open_key(HOLDER, before).seal("hello", field=FIELD, row=ROW)
    put(folder, 2)
    after = rewrap(HOLDER, before)
    (folder / "1").unlink()
    vault._read_master_keys.cache_clear()
    assert open_key(HOLDER, after).open(seal, field=FIELD, row=ROW) == "hello"


def test_a_missing_old_master_key_is_named(folder: Path) -> None:
    before = new_wrapped_key(HOLDER)
    put(folder, 2)
    (folder / "1").unlink()
    vault._read_master_keys.cache_clear()
    with pytest.raises(VaultMissing, match="master key 1 is gone"):
        open_key(HOLDER, before)


@pytest.mark.parametrize("text", ["", "not hex", "ab" * 31, "ab" * 33])
def test_a_master_key_that_is_not_one_is_refused(folder: Path, text: str) -> None:
    put(folder, 1, text or " ")
    with pytest.raises(VaultMissing, match=str(folder)):
        new_wrapped_key(HOLDER)


def test_an_empty_or_missing_folder_is_named(tmp_path: Path) -> None:
    for folder in (tmp_path, tmp_path / "nowhere"):
        with override_settings(VAULT_KEYS_DIR=folder), pytest.raises(VaultMissing, match=str(folder)):
            new_wrapped_key(HOLDER)


def test_other_files_in_the_folder_are_left_alone(folder: Path) -> None:
    (folder / "README").write_text("keys of this installation")
    assert new_wrapped_key(HOLDER)[:2] == b"\x00\x01"


def test_a_page_of_thirty_fields_costs_under_two_milliseconds(folder: Path) -> None:
    wrapped = new_wrapped_key(HOLDER)
    seal = open_key(HOLDER, wrapped).seal("x" * 400, field=FIELD, row=ROW)

    def page() -> float:
        began = time.perf_counter()
        key = open_key(HOLDER, wrapped)
        for _ in range(30):
            key.open(seal, field=FIELD, row=ROW)
        return time.perf_counter() - began

    # The best of many: other programs on the machine are not what is measured.
    assert min(page() for _ in range(50)) < 0.002
