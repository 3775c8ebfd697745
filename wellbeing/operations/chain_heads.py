"""The signed heads of the ledger's chains, in a file outside the database.

A chain alone cannot show that its end was cut off; a head that was signed while that end stood can. Each line is one
signing: the time, and the heads of the chains that moved since the line before.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from uuid import UUID

from django.conf import settings

from wellbeing.domain.ledger import HEAD_FORMAT, ChainReport, Fault, Head, verify
from wellbeing.operations.signed_lines import BrokenLines, Document, SignedLines
from wellbeing.queries.ledger import Difference, all_entries, chain_ends, differences
from wellbeing.queries.time import now

# A row carries the time of its decision and becomes visible when its transaction commits, somewhat later.
OVERLAP = timedelta(minutes=5)


class BrokenHeads(BrokenLines):
    """The file of chain heads was changed; the message says in which line."""


HEADS = SignedLines("chain-heads.jsonl", HEAD_FORMAT, BrokenHeads)


@dataclass(frozen=True)
class Verification:
    """What `verify_ledger` found. Nothing wrong: no faults and no differences."""

    report: ChainReport
    faults: list[Fault]
    differences: list[Difference]
    last_signed_at: datetime | None


def heads_file() -> Path:
    return HEADS.path


def sign_chain_heads() -> int:
    """Add a line with every chain that moved since the last one, flushed to disk. Returns how many heads it holds.

    Safe to run twice at once. Raises BrokenHeads if the line before was changed.
    """
    return len(HEADS.add(_moved_since)["heads"])


def signed_heads() -> Iterator[Head]:
    """Every head that was ever signed, in order. Raises BrokenHeads at the first line that does not hold."""
    for document in HEADS.lines():
        yield from _heads_of(document)


def last_signed_at() -> datetime | None:
    """When chain heads were last signed. Older than 20 minutes: readiness and the officer should say so."""
    last = HEADS.last()
    return None if last is None else datetime.fromisoformat(last["at"])


def verify_ledger() -> Verification:
    """Check every row of every chain against its key, its neighbours and all signed heads, and the days' sums.

    Raises BrokenHeads when the file of heads itself was changed.
    """
    report = ChainReport()
    faults = list(verify(all_entries(), signed_heads(), settings.LEDGER_KEY.encode(), report))
    return Verification(report, faults, differences(), last_signed_at())


def _moved_since(last: Document | None) -> Document:
    since = None if last is None else datetime.fromisoformat(last["at"]) - OVERLAP
    # The time is read before the heads: what commits in between is in the next line too.
    return {"at": now().isoformat(), "heads": _document(chain_ends(since=since))}


def _document(heads: list[Head]) -> Document:
    return {str(head.chain): [head.seq, head.hash.hex()] for head in heads}


def _heads_of(document: Document) -> Iterator[Head]:
    for chain, (seq, digest) in document["heads"].items():
        yield Head(UUID(chain), seq, bytes.fromhex(digest))
