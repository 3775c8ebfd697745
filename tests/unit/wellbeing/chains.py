"""Chains of ledger rows as the application would have written them."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from uuid import UUID

from wellbeing.domain.ledger import GENESIS, ChainReport, Entry, Fault, Head, hash_of, verify
from wellbeing.domain.view import EntryKind

KEY = b"k" * 40
START = datetime(2026, 3, 2, 9, tzinfo=UTC)
Row = tuple[Entry, bytes]


def chain(number: int, length: int, *, key: bytes = KEY) -> list[Row]:
    rows: list[Row] = []
    previous = GENESIS
    for seq in range(1, length + 1):
        entry = Entry(
            chain=UUID(int=number),
            seq=seq,
            kind=EntryKind.RESERVE,
            view_ref=UUID(int=seq),
            milli_points=100 * seq,
            open_ms=1_000,
            severity=2,
            modality="text",
            share=1_000,
            policy_version=0,
            day=date(2026, 3, 2),
            at=START + timedelta(seconds=seq),
            prev_hash=previous,
        )
        previous = hash_of(entry, key)
        rows.append((entry, previous))
    return rows


def head(rows: list[Row], at: int = -1) -> Head:
    entry, digest = rows[at]
    return Head(entry.chain, entry.seq, digest)


def faults(rows: list[Row], heads: list[Head] | None = None) -> list[Fault]:
    return list(verify(rows, heads or [], KEY, ChainReport()))


def rewritten(rows: list[Row], start: int, key: bytes) -> list[Row]:
    """The rows from index `start` on with hashes that fit each other again, as somebody with `key` could make them."""
    result = rows[:start]
    previous = result[-1][1] if result else GENESIS
    for seq, (entry, _) in enumerate(rows[start:], start=start + 1):
        entry = replace(entry, seq=seq, prev_hash=previous)
        previous = hash_of(entry, key)
        result.append((entry, previous))
    return result
