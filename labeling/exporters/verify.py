"""Check the files of this release against manifest.json, and the manifest against its signature: `python verify.py`.

Needs Python 3 for the checksums, and the package `cryptography` for the signature. The public key in this folder
proves only that the files belong together; compare it with the one of another release to know who signed.
"""

import base64
import hashlib
import json
import sys
from pathlib import Path

FOLDER = Path(__file__).resolve().parent
MANIFEST = "manifest.json"
SEALS = (MANIFEST, "manifest.sig", "signing-key.pem")
"""What the manifest cannot list: itself, and what proves it."""


def main() -> int:
    """Print a line per file; 0 when all of them are what was published."""
    missing = [name for name in SEALS if not (FOLDER / name).is_file()]
    verdicts = dict.fromkeys(missing, "MISSING")
    if MANIFEST not in missing:
        manifest = json.loads((FOLDER / MANIFEST).read_text(encoding="utf-8"))
        for file in manifest["files"]:
            verdicts[file["name"]] = checksum(FOLDER / file["name"], file["sha256"])
        verdicts[MANIFEST] = "unchecked" if missing else signature()
    for name, verdict in verdicts.items():
        sys.stdout.write(f"{verdict:9} {name}\n")
    return 1 if {"MISSING", "CHANGED"} & set(verdicts.values()) else 0


def checksum(path: Path, expected: str) -> str:
    """ok, CHANGED or MISSING."""
    if not path.is_file():
        return "MISSING"
    digest = hashlib.sha256()
    with path.open("rb") as stream:
        while chunk := stream.read(1 << 20):
            digest.update(chunk)
    return "ok" if digest.hexdigest() == expected else "CHANGED"


def signature() -> str:
    """ok or CHANGED; unchecked where the package for it is not installed."""
    try:
        from cryptography.exceptions import InvalidSignature
        from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
        from cryptography.hazmat.primitives.serialization import load_pem_public_key
    except ImportError:
        return "unchecked"
    key = load_pem_public_key((FOLDER / "signing-key.pem").read_bytes())
    try:
        if not isinstance(key, Ed25519PublicKey):
            return "CHANGED"
        given = base64.b64decode((FOLDER / "manifest.sig").read_bytes())
        key.verify(given, (FOLDER / MANIFEST).read_bytes())
    except (InvalidSignature, ValueError):
        return "CHANGED"
    return "ok"


if __name__ == "__main__":
    sys.exit(main())
