"""The signed heads of the ledger's chains, in a file outside the database.

A chain alone cannot show that its end was cut off; a head that was signed while that end stood can. Each line is one
signing: the time, and the heads of the chains that moved since the line before. A line may also say that the database
was restored to an earlier time; what was signed in between is not expected any more.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from uuid import UUID

from django.conf import settings

from wellbeing.domain.ledger import HEAD_FORMAT, ChainReport, Fault, Head, verify
from wellbeing.operations.signed_lines import BrokenLines, Document, SignedLines
from wellbeing.queries.ledger import Difference, all_entries, all_markers, chain_ends, differences
from wellbeing.queries.time import now

# A row carries the time of its decision and becomes visible when its transaction commits, somewhat later.
OVERLAP = timedelta(minutes=5)


class BrokenHeads(BrokenLines):
    """The file of chain heads was changed; the message says in which line."""


class RestoreNotPossible(ValueError):
    """Nobody restores to a time that has not come."""


HEADS = SignedLines("chain-heads.jsonl", HEAD_FORMAT, BrokenHeads)


@dataclass(frozen=True)
class Verification:
    """What `verify_ledger` found. Nothing wrong: no faults and no differences."""

    report: ChainReport
    faults: list[Fault]
    differences: list[Difference]
    last_signed_at: datetime | None
    restores: list["Restore"]


@dataclass(frozen=True)
class Restore:
    """At `at` somebody with the key said that the database had been restored to `to`."""

    at: datetime
    to: datetime


def heads_file() -> Path:
    return HEADS.path


def sign_chain_heads() -> int:
    """Add a line with every chain that moved since the last one, flushed to disk. Returns how many heads it holds.

    Safe to run twice at once. Raises BrokenHeads if the line before was changed.
    """
    return len(HEADS.add(_moved_since)["heads"])


def mark_restore(*, to: datetime) -> int:
    """Add a line that says so, with the heads of all chains as they stand now. Returns how many heads it explains away.

    Run it before anything new is written. Raises BrokenHeads, RestoreNotPossible.
    """
    if to > now():
        raise RestoreNotPossible(f"{to.isoformat()} has not come yet")
    before = sum(1 for _ in signed_heads())
    added = HEADS.add(
        lambda _last: {
            "at": now().isoformat(),
            "heads": _document(chain_ends(since=None)),
            "restored_to": to.isoformat(),
        }
    )
    return before + len(added["heads"]) - sum(1 for _ in signed_heads())


def restores() -> list[Restore]:
    """Every restore that was marked, in order. Raises BrokenHeads."""
    return [restore for document in HEADS.lines() if (restore := _restore_of(document)) is not None]


def signed_heads() -> Iterator[Head]:
    """Every signed head that must still stand, in order. Raises BrokenHeads at the first line that does not hold.

    Heads that were signed after a time to which the database was restored later are not among them.
    """
    # The restores that are still to come, the next one first.
    ahead = restores()
    for document in HEADS.lines():
        restore = _restore_of(document)
        if restore is not None:
            ahead.remove(restore)
        signed = datetime.fromisoformat(document["at"])
        if all(signed <= later.to for later in ahead):
            yield from _heads_of(document)


def last_signed_at() -> datetime | None:
    """When chain heads were last signed. Older than 20 minutes: readiness and the officer should say so."""
    last = HEADS.last()
    return None if last is None else datetime.fromisoformat(last["at"])


def signing_times() -> Iterator[datetime]:
    """When heads were signed, in order. Raises BrokenHeads at the first line that does not hold."""
    return (datetime.fromisoformat(document["at"]) for document in HEADS.lines())


def verify_ledger() -> Verification:
    """Check every row of every chain against its key, its neighbours and all signed heads, and the days' sums.

    Raises BrokenHeads when the file of heads itself was changed.
    """
    report = ChainReport()
    key = settings.LEDGER_KEY.encode()
    faults = list(verify(all_entries(), signed_heads(), key, report, all_markers()))
    return Verification(report, faults, differences(), last_signed_at(), restores())


def _moved_since(last: Document | None) -> Document:
    since = None if last is None else datetime.fromisoformat(last["at"]) - OVERLAP
    # The time is read before the heads: what commits in between is in the next line too.
    return {"at": now().isoformat(), "heads": _document(chain_ends(since=since))}


def _document(heads: list[Head]) -> Document:
    return {str(head.chain): [head.seq, head.hash.hex()] for head in heads}


def _heads_of(document: Document) -> Iterator[Head]:
    for chain, (seq, digest) in document["heads"].items():
        yield Head(UUID(chain), seq, bytes.fromhex(digest))


def _restore_of(document: Document) -> Restore | None:
    if "restored_to" not in document:
        return None
    return Restore(datetime.fromisoformat(document["at"]), datetime.fromisoformat(document["restored_to"]))
