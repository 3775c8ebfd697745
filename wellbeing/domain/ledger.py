"""The exposure ledger's chain: how a row is put into bytes, and what a whole chain must look like.

Each row's hash is an HMAC-SHA256, under a key that is never in the database, over the row and the hash before it. So a
row cannot be changed, left out, added or moved without the key; what a chain cannot show by itself, that its end was
cut off, its signed heads show (kept outside the database).
"""

import hashlib
import hmac
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from uuid import UUID

from wellbeing.domain.view import EntryKind

FORMAT = "respite-ledger-1"
HEAD_FORMAT = "respite-chain-heads-1"
GENESIS = bytes(32)
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


@dataclass(frozen=True)
class Entry:
    """One row. `milli_points` and `open_ms` are signed: what the day's sum changed by. `view_ref` names no item."""

    chain: UUID
    seq: int
    kind: EntryKind
    view_ref: UUID
    milli_points: int
    open_ms: int
    severity: int
    modality: str
    share: int
    policy_version: int
    day: date
    at: datetime
    prev_hash: bytes


def canonical(entry: Entry) -> bytes:
    """The bytes that are hashed: one field a line in this order, so that no two rows share them."""
    micros = (entry.at - EPOCH) // timedelta(microseconds=1)
    values = (
        FORMAT,
        entry.chain,
        entry.seq,
        entry.kind.value,
        entry.view_ref,
        entry.milli_points,
        entry.open_ms,
        entry.severity,
        entry.modality,
        entry.share,
        entry.policy_version,
        entry.day.isoformat(),
        micros,
        entry.prev_hash.hex(),
    )
    return "\n".join(str(value) for value in values).encode("ascii")


def hash_of(entry: Entry, key: bytes) -> bytes:
    return hmac.digest(key, canonical(entry), hashlib.sha256)


@dataclass(frozen=True)
class Head:
    """A chain's last row at the time of signing."""

    chain: UUID
    seq: int
    hash: bytes


@dataclass(frozen=True)
class Fault:
    """One thing wrong with a chain, at the row where it shows."""

    chain: UUID
    seq: int
    problem: str


@dataclass
class ChainReport:
    """What a run over all chains found. `uncovered` rows come after the last signed head of their chain."""

    rows: int = 0
    chains: int = 0
    uncovered: int = 0


def verify(
    rows: Iterable[tuple[Entry, bytes]], heads: Iterable[Head], key: bytes, report: ChainReport
) -> Iterator[Fault]:
    """Every fault of the chains in `rows` (ordered by chain and seq), held against all signed `heads`.

    Streams: keeps one row and the heads in memory. `report` is filled on the way.
    """
    wanted: dict[UUID, dict[int, bytes]] = {}
    for head in heads:
        wanted.setdefault(head.chain, {})[head.seq] = head.hash
    chain: UUID | None = None
    seq, previous = 0, GENESIS
    for entry, stored in rows:
        if entry.chain != chain:
            yield from _missing(chain, seq, wanted)
            chain, seq, previous = entry.chain, 0, GENESIS
            report.chains += 1
            covered = max(wanted.get(entry.chain, {0: b""}))
        report.rows += 1
        report.uncovered += entry.seq > covered
        yield from _row_faults(entry, stored, seq, previous, key)
        signed = wanted.get(entry.chain, {}).pop(entry.seq, None)
        if signed is not None and signed != stored:
            yield Fault(entry.chain, entry.seq, "differs from the signed head")
        seq, previous = entry.seq, stored
    yield from _missing(chain, seq, wanted)
    for absent, unseen in wanted.items():
        for head_seq in sorted(unseen):
            yield Fault(absent, head_seq, "was signed, but the chain is gone")


def _row_faults(entry: Entry, stored: bytes, seq: int, previous: bytes, key: bytes) -> Iterator[Fault]:
    if entry.seq != seq + 1:
        yield Fault(entry.chain, entry.seq, f"follows row {seq}")
    if entry.prev_hash != previous:
        yield Fault(entry.chain, entry.seq, "does not continue the row before it")
    if not hmac.compare_digest(hash_of(entry, key), stored):
        yield Fault(entry.chain, entry.seq, "was changed, or was not written by the application")


def _missing(chain: UUID | None, last: int, wanted: dict[UUID, dict[int, bytes]]) -> Iterator[Fault]:
    if chain is None:
        return
    for seq in sorted(wanted.pop(chain, {})):
        yield Fault(chain, seq, f"was signed, but the chain ends at row {last}")


def signature(payload: str, key: bytes, kind: str = HEAD_FORMAT) -> str:
    """Hex HMAC of one line of a file beside the database, each kind in a domain of its own."""
    return hmac.digest(key, f"{kind}\n{payload}".encode(), hashlib.sha256).hex()
