"""Sealing what a person wrote for their own eyes, or for their counsellor's (docs/adr/0012).

Each person has one data key. It is stored wrapped by a key of the environment that is never in the database; whoever
destroys the wrapped key has made everything under it unreadable, in every copy of the database. AES-256-GCM; what a
sealed text belongs to is authenticated with it, so that it opens at its own place and nowhere else.
"""

import os
from collections.abc import Sequence
from dataclasses import dataclass

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

KEY_BYTES = 32
NONCE_BYTES = 12
SEALED_FORMAT = "respite-sealed-1"
WRAPPED_FORMAT = "respite-person-key-1"


class SealBroken(ValueError):
    """The bytes were changed, moved from another place, or sealed with another key."""


class KeyMissing(LookupError):
    """A person's key is wrapped by a key that this process was not given; `names` says which."""

    def __init__(self, *names: str) -> None:
        super().__init__(f"PRIVATE_KEYS lacks {', '.join(names)}")
        self.names = names


@dataclass(frozen=True)
class Place:
    """Where a sealed text stands: whose it is, and its table, row and field."""

    person_id: int
    table: str
    row: str
    field: str


@dataclass(frozen=True)
class Wrapped:
    """A person's data key as it is stored, and the name of the key that opens it."""

    key_name: str
    wrapped: bytes


class Keyring:
    """The wrapping keys of this process, in order: the first one wraps, all of them unwrap."""

    def __init__(self, keys: Sequence[tuple[str, bytes]]) -> None:
        """`keys` are (name, 32 bytes). Raises ValueError when there is none."""
        if not keys:
            raise ValueError("there is no key to wrap with")
        self.first = keys[0][0]
        self._keys = dict(keys)

    @property
    def names(self) -> frozenset[str]:
        return frozenset(self._keys)

    def wrap(self, data_key: bytes, person_id: int) -> Wrapped:
        return Wrapped(self.first, _encrypt(self._keys[self.first], data_key, _of_key(self.first, person_id)))

    def unwrap(self, stored: Wrapped, person_id: int) -> bytes:
        """Raises KeyMissing for a name that is not here, SealBroken for bytes of another person or key."""
        if stored.key_name not in self._keys:
            raise KeyMissing(stored.key_name)
        return _decrypt(self._keys[stored.key_name], stored.wrapped, _of_key(stored.key_name, person_id))


def new_data_key() -> bytes:
    return os.urandom(KEY_BYTES)


def seal(text: str, data_key: bytes, place: Place) -> bytes:
    """A nonce and the ciphertext; the same text gives other bytes each time."""
    return _encrypt(data_key, text.encode(), _of_place(place))


def unseal(sealed: bytes, data_key: bytes, place: Place) -> str:
    """The text. Raises SealBroken when it does not belong at `place`, or was touched."""
    return _decrypt(data_key, sealed, _of_place(place)).decode()


def _encrypt(key: bytes, plain: bytes, belongs_to: bytes) -> bytes:
    nonce = os.urandom(NONCE_BYTES)
    return nonce + AESGCM(key).encrypt(nonce, plain, belongs_to)


def _decrypt(key: bytes, sealed: bytes, belongs_to: bytes) -> bytes:
    try:
        return AESGCM(key).decrypt(sealed[:NONCE_BYTES], sealed[NONCE_BYTES:], belongs_to)
    except (InvalidTag, ValueError) as error:
        raise SealBroken("these bytes do not open here") from error


def _of_place(place: Place) -> bytes:
    return _joined(SEALED_FORMAT, str(place.person_id), place.table, place.row, place.field)


def _of_key(name: str, person_id: int) -> bytes:
    return _joined(WRAPPED_FORMAT, name, str(person_id))


def _joined(*parts: str) -> bytes:
    """Each part with its length before it, so that no two lists give the same bytes."""
    return b"".join(len(part.encode()).to_bytes(4) + part.encode() for part in parts)
