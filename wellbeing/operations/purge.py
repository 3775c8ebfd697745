"""Letting the ledger go after thirteen months: the owner's work, and only where a signed head vouches for the rows."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.conf import settings
from django.db import connections, transaction

from wellbeing.domain.ledger import Marker
from wellbeing.operations.chain_heads import signed_heads, verify_ledger
from wellbeing.queries.ledger import all_chains, purgeable
from wellbeing.queries.time import now

PURGE = "SELECT purge_ledger_entries(%s, %s, %s, %s, %s, %s)"


class LedgerDoesNotHold(Exception):
    """`verify_ledger` finds something: nothing is purged, for that would take the evidence away."""


@dataclass(frozen=True)
class Purge:
    """What went: rows, and the chains they were of."""

    rows: int
    chains: int


def purge_ledger(*, using: str) -> Purge:
    """Remove rows older than thirteen months that lie under a signed head, one chain per transaction. Repeatable.

    `using` is the owner role's connection. The last row of every chain stays, and so do the days' sums and the
    lifetime totals. Raises LedgerDoesNotHold, BrokenHeads.
    """
    found = verify_ledger()
    if found.faults or found.differences:
        raise LedgerDoesNotHold("run verify_ledger: nothing may be purged while the ledger does not hold")
    covered: dict[UUID, int] = {}
    for head in signed_heads():
        covered[head.chain] = max(head.seq, covered.get(head.chain, 0))
    at, rows, chains = now(), 0, 0
    for chain in all_chains():
        marker = _marker(chain, covered.get(chain, 0), at)
        if marker is not None:
            rows += _purge(marker, using)
            chains += 1
    return Purge(rows, chains)


def _marker(chain: UUID, covered: int, at: datetime) -> Marker | None:
    end = purgeable(chain=chain, covered=covered)
    if end is None:
        return None
    marker = Marker(chain, end.seq, end.hash, end.last_day, at)
    return marker.signed(settings.LEDGER_KEY.encode())


def _purge(marker: Marker, using: str) -> int:
    with transaction.atomic(using=using), connections[using].cursor() as cursor:
        cursor.execute(
            PURGE,
            [
                marker.chain,
                marker.through_seq,
                marker.hash,
                marker.through_day,
                marker.at,
                marker.signature,
            ],
        )
        return int(cursor.fetchone()[0])
