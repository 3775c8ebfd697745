"""The signature under a statement: whoever has the public key can tell that nobody changed it."""

import base64
from typing import Any

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from wellbeing.domain.verify_statement import canonical

PURPOSE = b"respite statement of exposure"
KEY_BYTES = 32


def public_key(secret: str) -> str:
    """The public key that belongs to `secret`, in base64."""
    return base64.b64encode(_private_key(secret).public_key().public_bytes_raw()).decode()


def is_public_key(text: str) -> bool:
    try:
        return len(base64.b64decode(text, validate=True)) == KEY_BYTES
    except ValueError:
        return False


def signed(statement: dict[str, Any], secret: str) -> dict[str, Any]:
    """What a statement's file holds: {"statement", "public_key", "signature"}; the key also inside what is signed."""
    key = public_key(secret)
    whole = {**statement, "public_key": key}
    signature = base64.b64encode(_private_key(secret).sign(canonical(whole))).decode()
    return {"statement": whole, "public_key": key, "signature": signature}


def _private_key(secret: str) -> Ed25519PrivateKey:
    seed = HKDF(algorithm=SHA256(), length=KEY_BYTES, salt=None, info=PURPOSE).derive(secret.encode())
    return Ed25519PrivateKey.from_private_bytes(seed)
