"""Check the files of this release against manifest.json. Needs Python 3 and nothing else: `python verify.py`."""

import hashlib
import json
import sys
from pathlib import Path


def main() -> int:
    """Print a line per file; 0 when all of them are what was published."""
    folder = Path(__file__).resolve().parent
    manifest = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
    bad = 0
    for file in manifest["files"]:
        path = folder / file["name"]
        if not path.is_file():
            verdict = "MISSING"
        else:
            digest = hashlib.sha256()
            with path.open("rb") as stream:
                while chunk := stream.read(1 << 20):
                    digest.update(chunk)
            verdict = "ok" if digest.hexdigest() == file["sha256"] else "CHANGED"
        bad += verdict != "ok"
        sys.stdout.write(f"{verdict:8} {file['name']}\n")
    return 1 if bad else 0


if __name__ == "__main__":
    sys.exit(main())
