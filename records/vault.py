"""Keys and sealing: what is written here can be read only with a key that is not in the database.

Each holder (a person or a group) has one key of 32 bytes. It is stored wrapped (AES key wrap,
RFC 3394) under a master key kept in a file outside the database; the wrapping key is derived for
that holder (HKDF, RFC 5869), so a wrapped key moved to another holder does not open. Texts and files are
sealed with AES-256-GCM (NIST SP 800-38D) and bound to holder, field and row.
"""

import functools
import hmac
import os
from pathlib import Path
from uuid import UUID

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from cryptography.hazmat.primitives.keywrap import InvalidUnwrap, aes_key_unwrap, aes_key_wrap
from django.conf import settings

FORMAT = b"\x01"
NONCE_BYTES = 12
TAG_BYTES = 16
STEP = 64


class SealBroken(Exception):
    """A sealed text was changed, moved, or belongs to another key."""


class VaultMissing(Exception):
    """The folder with the master keys is missing, empty or holds something else, or one that is needed is not in it."""


class Sealed(bytes):
    """Sealed bytes, told apart from bytes in clear by their type: from the table, or from `OpenedKey`."""


class OpenedKey:
    """A holder's key while it is in use. Never printed, pickled or stored."""

    __slots__ = ("_cipher", "_raw", "holder_id")

    def __init__(self, holder_id: UUID, raw: bytes) -> None:
        self.holder_id = holder_id
        self._raw = raw
        self._cipher = AESGCM(raw)

    def seal(self, text: str, *, field: str, row: UUID) -> Sealed:
        """A text, sealed: see `seal_bytes`."""
        return self.seal_bytes(text.encode(), field=field, row=row)

    def open(self, sealed: bytes, *, field: str, row: UUID) -> str:
        """The text. Raises SealBroken if it was sealed for another row, field or holder, or changed since."""
        raw = self.open_bytes(sealed, field=field, row=row)
        try:
            return raw.decode()
        except UnicodeDecodeError as broken:
            raise SealBroken(f"{field} of {row} is no text") from broken

    def seal_bytes(self, content: bytes, *, field: str, row: UUID) -> Sealed:
        """Sealed bytes: format (1), nonce (12), ciphertext and tag (16); length hidden in steps of 64 bytes."""
        nonce = os.urandom(NONCE_BYTES)
        return Sealed(FORMAT + nonce + self._cipher.encrypt(nonce, _pad(content), self._bound_to(field, row)))

    def open_bytes(self, sealed: bytes, *, field: str, row: UUID) -> bytes:
        """The bytes. Raises SealBroken if they were sealed for another row, field or holder, or changed since."""
        if sealed[:1] != FORMAT:
            raise SealBroken("unknown format")
        nonce, body = sealed[1 : 1 + NONCE_BYTES], sealed[1 + NONCE_BYTES :]
        try:
            return _unpad(self._cipher.decrypt(nonce, body, self._bound_to(field, row)))
        except (InvalidTag, ValueError) as broken:  # ValueError: cut off before the nonce ends
            raise SealBroken(f"{field} of {row}") from broken

    def fingerprint(self, content: bytes) -> bytes:
        """32 bytes that tell whether two contents of this holder are the same (HMAC-SHA256, RFC 2104).

        SECURITY: keyed. A plain digest in a dump would let a short text, or one made by a template, be guessed.
        """
        key = HKDF(algorithm=SHA256(), length=32, salt=None, info=b"fingerprint").derive(self._raw)
        return hmac.digest(key, content, "sha256")

    def _bound_to(self, field: str, row: UUID) -> bytes:
        return b"\x1f".join([b"v1", self.holder_id.bytes, field.encode(), row.bytes])

    def __repr__(self) -> str:
        return f"<key of {self.holder_id}>"

    def __reduce__(self) -> str:
        raise TypeError("an opened key is never pickled")


def new_wrapped_key(holder_id: UUID) -> bytes:
    """A fresh key for a holder: number of the master key (2 bytes), then the wrapped key (40 bytes)."""
    number = max(_master_keys())
    return _wrap(holder_id, os.urandom(32), number)


def open_key(holder_id: UUID, wrapped: bytes) -> OpenedKey:
    """Raises SealBroken when the wrapped key belongs to another holder, VaultMissing when its master key is gone."""
    return OpenedKey(holder_id, _unwrap(holder_id, bytes(wrapped)))


def rewrap(holder_id: UUID, wrapped: bytes) -> bytes:
    """The same key under the newest master key: what a change of master keys does to each row."""
    return _wrap(holder_id, _unwrap(holder_id, bytes(wrapped)), max(_master_keys()))


def looks_sealed(value: bytes | memoryview) -> bool:
    """Whether this has the shape of sealed bytes. Says nothing about whether they open."""
    header = len(FORMAT) + NONCE_BYTES + TAG_BYTES
    return value[:1] == FORMAT and len(value) > header and (len(value) - header) % STEP == 0


def _wrap(holder_id: UUID, raw: bytes, number: int) -> bytes:
    return number.to_bytes(2, "big") + aes_key_wrap(_wrapping_key(holder_id, number), raw)


def _unwrap(holder_id: UUID, wrapped: bytes) -> bytes:
    number = int.from_bytes(wrapped[:2], "big")
    try:
        return aes_key_unwrap(_wrapping_key(holder_id, number), wrapped[2:])
    except InvalidUnwrap as broken:
        raise SealBroken(f"key of {holder_id}") from broken


def _wrapping_key(holder_id: UUID, number: int) -> bytes:
    info = b"holder key|" + holder_id.bytes + b"|%d" % number
    if (master := _master_keys().get(number)) is None:
        raise VaultMissing(f"The master key {number} is gone from {settings.VAULT_KEYS_DIR}: bring back its copy")
    return HKDF(algorithm=SHA256(), length=32, salt=None, info=info).derive(master)


def _master_keys() -> dict[int, bytes]:
    return _read_master_keys(Path(settings.VAULT_KEYS_DIR))


@functools.cache
def _read_master_keys(folder: Path) -> dict[int, bytes]:
    """Files named 1, 2, …, each the hex of 32 bytes. The highest number seals new keys."""
    try:
        keys = {int(file.name): bytes.fromhex(file.read_text()) for file in folder.iterdir() if file.name.isdecimal()}
    except (OSError, ValueError) as wrong:
        raise VaultMissing(f"The folder of master keys cannot be read: {folder}") from wrong
    if not keys or any(len(key) != 32 for key in keys.values()):
        raise VaultMissing(f"No master key of 32 bytes (as hex, in a file named 1) in {folder}")
    return keys


def _pad(raw: bytes) -> bytes:
    return raw + b"\x80" + bytes(-(len(raw) + 1) % STEP)


def _unpad(padded: bytes) -> bytes:
    return padded.rstrip(b"\x00")[:-1]
