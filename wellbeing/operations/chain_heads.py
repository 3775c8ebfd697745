"""The signed heads of the ledger's chains, in a file outside the database.

A chain alone cannot show that its end was cut off; a head that was signed while that end stood can. Each line is one
signing: JSON with the time, the heads of the chains that moved since the line before, the hash of that line, and an
HMAC over all of it.
"""

import fcntl
import hashlib
import hmac
import json
import os
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any, BinaryIO
from uuid import UUID

from django.conf import settings

from wellbeing.domain.ledger import ChainReport, Fault, Head, signature, verify
from wellbeing.queries.ledger import Difference, all_entries, chain_ends, differences
from wellbeing.queries.time import now

FILE_NAME = "chain-heads.jsonl"
# A row carries the time of its decision and becomes visible when its transaction commits, somewhat later.
OVERLAP = timedelta(minutes=5)
NO_LINE = "0" * 64


class BrokenHeads(Exception):
    """The file of chain heads was changed; the message says in which line."""


@dataclass(frozen=True)
class Verification:
    """What `verify_ledger` found. Nothing wrong: no faults and no differences."""

    report: ChainReport
    faults: list[Fault]
    differences: list[Difference]
    last_signed_at: datetime | None


def heads_file() -> Path:
    return Path(settings.STATE_DIR) / FILE_NAME


def sign_chain_heads() -> int:
    """Add a line with every chain that moved since the last one, flushed to disk. Returns how many heads it holds.

    Safe to run twice at once. Raises BrokenHeads if the line before was changed.
    """
    path = heads_file()
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("a+b") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        last = _last_line(file)
        since = None if not last else datetime.fromisoformat(_opened(last, "the last line")["at"]) - OVERLAP
        # The time is read before the heads: what commits in between is in the next line too.
        at = now()
        heads = chain_ends(since=since)
        file.write(_line(at, heads, last))
        file.flush()
        os.fsync(file.fileno())
    return len(heads)


def signed_heads() -> Iterator[Head]:
    """Every head that was ever signed, in order. Raises BrokenHeads at the first line that does not hold."""
    for document in _lines():
        for chain, (seq, digest) in document["heads"].items():
            yield Head(UUID(chain), seq, bytes.fromhex(digest))


def last_signed_at() -> datetime | None:
    """When chain heads were last signed. Older than 20 minutes: readiness and the officer should say so."""
    path = heads_file()
    if not path.exists():
        return None
    with path.open("rb") as file:
        last = _last_line(file)
    return datetime.fromisoformat(_opened(last, "the last line")["at"]) if last else None


def verify_ledger() -> Verification:
    """Check every row of every chain against its key, its neighbours and all signed heads, and the days' sums.

    Raises BrokenHeads when the file of heads itself was changed.
    """
    report = ChainReport()
    faults = list(verify(all_entries(), signed_heads(), settings.LEDGER_KEY.encode(), report))
    return Verification(report, faults, differences(), last_signed_at())


def _last_line(file: BinaryIO) -> bytes:
    """The last line of an open file, empty if there is none. Reads only the file's end."""
    size = file.seek(0, os.SEEK_END)
    block = 4_096
    while True:
        start = max(0, size - block)
        file.seek(start)
        lines = file.read(size - start).splitlines(keepends=True)
        if len(lines) > 1 or start == 0:
            return lines[-1] if lines else b""
        block *= 4


def _lines() -> Iterator[dict[str, Any]]:
    path = heads_file()
    if not path.exists():
        return
    previous = NO_LINE
    with path.open("rb") as file:
        for number, line in enumerate(file, start=1):
            document = _opened(line, f"line {number}")
            if document["previous"] != previous:
                raise BrokenHeads(f"{path.name}: line {number} does not follow the line before it")
            previous = _digest(line)
            yield document


def _line(at: datetime, heads: list[Head], last: bytes) -> bytes:
    payload = _payload(
        {
            "at": at.isoformat(),
            "heads": {str(head.chain): [head.seq, head.hash.hex()] for head in heads},
            "previous": _digest(last) if last else NO_LINE,
        }
    )
    signed = {**json.loads(payload), "signature": signature(payload, settings.LEDGER_KEY.encode())}
    return _payload(signed).encode() + b"\n"


def _opened(line: bytes, name: str) -> dict[str, Any]:
    try:
        document: dict[str, Any] = json.loads(line)
        claimed = str(document.pop("signature"))
    except (ValueError, KeyError, AttributeError, TypeError) as error:
        raise BrokenHeads(f"{FILE_NAME}: {name} is not a signed line") from error
    if not hmac.compare_digest(claimed, signature(_payload(document), settings.LEDGER_KEY.encode())):
        raise BrokenHeads(f"{FILE_NAME}: {name} was changed, or signed with another key")
    return document


def _payload(document: dict[str, Any]) -> str:
    return json.dumps(document, sort_keys=True, separators=(",", ":"))


def _digest(line: bytes) -> str:
    return hashlib.sha256(line).hexdigest()
