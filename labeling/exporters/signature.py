"""The signature under a release's manifest: whoever has the public key can tell that nobody rewrote the checksums.

An Ed25519 key derived from SECRET_KEY, so that there is nothing more to keep; the same manifest always gets the same
signature. After a change of SECRET_KEY a rebuilt release is signed by another key, and its content is the same.
"""

import base64
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

SIGNATURE = "manifest.sig"
PUBLIC_KEY = "signing-key.pem"
_PURPOSE = b"respite release manifest"


def sign(manifest: Path, *, secret: str) -> None:
    """Write the signature of a manifest, in base64, and the public key beside it."""
    seed = HKDF(algorithm=SHA256(), length=32, salt=None, info=_PURPOSE).derive(secret.encode())
    key = Ed25519PrivateKey.from_private_bytes(seed)
    signature = base64.b64encode(key.sign(manifest.read_bytes()))
    (manifest.parent / SIGNATURE).write_bytes(signature + b"\n")
    public = key.public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)
    (manifest.parent / PUBLIC_KEY).write_bytes(public)
