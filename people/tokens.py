"""The text of an API token: `rsp_<prefix>_<secret><checksum>`. Plain values, no database.

The prefix finds the row, the secret is 32 random bytes, the checksum lets a mistyped or cut token be refused
without asking the database. What is stored is the SHA-256 of the whole text: with 256 random bits there is nothing
for a slower hash to protect.
"""

import hashlib
import re
import secrets
import zlib
from base64 import b32encode
from dataclasses import dataclass

BRAND = "rsp"
PREFIX_LENGTH = 8
SECRET_BYTES = 32

# 32 bytes are 52 letters of base32, a CRC-32 is 7.
TOKEN = re.compile(r"rsp_(?P<prefix>[a-z2-7]{8})_(?P<secret>[a-z2-7]{52})(?P<checksum>[a-z2-7]{7})", re.ASCII)


@dataclass(frozen=True)
class NewToken:
    """A fresh token. `plaintext` is shown once and never stored."""

    prefix: str
    plaintext: str


def _letters(raw: bytes) -> str:
    return b32encode(raw).decode("ascii").rstrip("=").lower()


def _checksum(text: str) -> str:
    return _letters(zlib.crc32(text.encode("ascii")).to_bytes(4, "big"))


def new_token() -> NewToken:
    """A token that nobody has yet."""
    prefix = _letters(secrets.token_bytes(5))
    body = f"{BRAND}_{prefix}_{_letters(secrets.token_bytes(SECRET_BYTES))}"
    return NewToken(prefix=prefix, plaintext=body + _checksum(body))


def prefix_of(plaintext: str) -> str | None:
    """The prefix of a well-formed token; None for anything else."""
    match = TOKEN.fullmatch(plaintext)
    if match is None or _checksum(plaintext[:-7]) != match["checksum"]:
        return None
    return match["prefix"]


def digest(plaintext: str) -> bytes:
    """What is stored instead of a token or an invitation: SHA-256, 32 bytes."""
    return hashlib.sha256(plaintext.encode("utf-8")).digest()
