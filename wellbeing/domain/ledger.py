"""The exposure ledger's chain: how a row is put into bytes, and what a whole chain must look like.

Each row's hash is an HMAC-SHA256, under a key that is never in the database, over the row and the hash before it. So a
row cannot be changed, left out, added or moved without the key; what a chain cannot show by itself, that its end was
cut off, its signed heads show (kept outside the database). Where rows were purged after their time, a signed marker
stands for them: the chain begins at it.
"""

import hashlib
import hmac
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from uuid import UUID

from wellbeing.domain.view import EntryKind

FORMAT = "respite-ledger-1"
MARKER_FORMAT = "respite-ledger-marker-1"
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
    # One f-string: a million rows are checked in one go.
    return (
        f"{FORMAT}\n{entry.chain}\n{entry.seq}\n{entry.kind.value}\n{entry.view_ref}\n{entry.milli_points}\n"
        f"{entry.open_ms}\n{entry.severity}\n{entry.modality}\n{entry.share}\n{entry.policy_version}\n"
        f"{entry.day.isoformat()}\n{_micros(entry.at)}\n{entry.prev_hash.hex()}"
    ).encode("ascii")


def hash_of(entry: Entry, key: bytes) -> bytes:
    return hmac.digest(key, canonical(entry), hashlib.sha256)


@dataclass(frozen=True)
class Head:
    """A chain's last row at the time of signing."""

    chain: UUID
    seq: int
    hash: bytes


@dataclass(frozen=True)
class Marker:
    """Where a chain begins after a purge: rows up to `through_seq`, the last of them with `hash`, are gone.

    No row of theirs belonged to a day after `through_day`.
    """

    chain: UUID
    through_seq: int
    hash: bytes
    through_day: date
    at: datetime
    signature: str = ""

    def signed(self, key: bytes) -> "Marker":
        return replace(self, signature=self.signature_under(key))

    def signature_under(self, key: bytes) -> str:
        payload = (
            f"{self.chain}\n{self.through_seq}\n{self.hash.hex()}\n{self.through_day}\n{_micros(self.at)}"
        )
        return signature(payload, key, MARKER_FORMAT)


@dataclass(frozen=True)
class Fault:
    """One thing wrong with a chain, at the row where it shows."""

    chain: UUID
    seq: int
    problem: str


@dataclass
class ChainReport:
    """What a run over all chains found. `uncovered` rows come after the last signed head of their chain.

    `purged` rows stand no longer; the markers of their chains stand for them.
    """

    rows: int = 0
    chains: int = 0
    uncovered: int = 0
    purged: int = 0


def verify(
    rows: Iterable[tuple[Entry, bytes]],
    heads: Iterable[Head],
    key: bytes,
    report: ChainReport,
    markers: Iterable[Marker] = (),
) -> Iterator[Fault]:
    """Every fault of the chains in `rows` (ordered by chain and seq), held against all signed `heads` and `markers`.

    Streams: keeps one row, the heads and the markers in memory. `report` is filled on the way.
    """
    begins: dict[UUID, Marker] = {}
    for marker in markers:
        if not hmac.compare_digest(marker.signature_under(key), marker.signature):
            yield Fault(marker.chain, marker.through_seq, "is a marker that the purge did not sign")
        elif marker.chain not in begins or begins[marker.chain].through_seq < marker.through_seq:
            begins[marker.chain] = marker
    report.purged = sum(marker.through_seq for marker in begins.values())
    wanted: dict[UUID, dict[int, bytes]] = {}
    for head in heads:
        begin = begins.get(head.chain)
        if begin is None or head.seq > begin.through_seq:
            wanted.setdefault(head.chain, {})[head.seq] = head.hash
        elif head.seq == begin.through_seq and head.hash != begin.hash:
            yield Fault(head.chain, head.seq, "is a marker that differs from the signed head")
    chain: UUID | None = None
    seq, previous = 0, GENESIS
    for entry, stored in rows:
        if entry.chain != chain:
            yield from _missing(chain, seq, wanted)
            chain = entry.chain
            begin = begins.pop(chain, None)
            seq, previous = (0, GENESIS) if begin is None else (begin.through_seq, begin.hash)
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
    for marker in begins.values():
        # A purge leaves the last row of every chain.
        yield Fault(marker.chain, marker.through_seq, "has a marker, but the chain is gone")


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


def _micros(moment: datetime) -> int:
    return (moment - EPOCH) // timedelta(microseconds=1)
