"""Reading the whole ledger: in pages by key, because behind PgBouncer no cursor outlives its statement."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import connection

from wellbeing.domain.ledger import Entry, Head, Marker
from wellbeing.domain.view import EntryKind

PAGE_ROWS = 5_000
PAGE = """
SELECT chain, seq, kind, view_ref, milli_points, open_ms, severity, modality, share, policy_version, day, at,
       prev_hash, hash
  FROM ledger_entry
 WHERE (chain, seq) > (%s, %s)
 ORDER BY chain, seq
 LIMIT %s
"""
# The last row of every chain that moved since; by the dosimeters, so that it costs one index look-up a person.
HEADS = """
SELECT d.chain, last.seq, last.hash
  FROM dosimeter d
 CROSS JOIN LATERAL (SELECT seq, hash, at FROM ledger_entry WHERE chain = d.chain ORDER BY seq DESC LIMIT 1) last
 WHERE last.at >= COALESCE(%s::timestamptz, '-infinity')
 ORDER BY d.chain
"""
MARKERS = "SELECT chain, through_seq, hash, through_day, at, signature FROM ledger_marker"
CHAINS = "SELECT chain FROM dosimeter ORDER BY chain"
# The last row of a chain that may be purged: old enough, under a head, and with another after it. `at` rises with seq.
PURGEABLE = """
SELECT last.seq, last.hash,
       (SELECT max(e.day) FROM ledger_entry e WHERE e.chain = %(chain)s AND e.seq <= last.seq)
  FROM (SELECT seq, hash FROM ledger_entry
         WHERE chain = %(chain)s AND seq <= %(covered)s AND at < respite_now() - interval '13 months'
           AND seq < (SELECT max(seq) FROM ledger_entry WHERE chain = %(chain)s)
         ORDER BY seq DESC LIMIT 1) last
"""
# Each day's row must be the sum of its ledger rows and of its views; whatever differs was not written by record().
# Days of which rows were purged have nothing to be held against any more.
DIFFERENCES = """
WITH ledger AS (
    SELECT chain, day, sum(milli_points) AS points, sum(open_ms) AS open_ms
      FROM ledger_entry WHERE day >= %(since)s GROUP BY chain, day
), marked AS (
    SELECT chain, max(through_day) AS through_day FROM ledger_marker GROUP BY chain
), days AS (
    SELECT d.chain, y.day, y.points_reserved + y.points_charged AS points,
           y.open_ms_reserved + y.open_ms_charged AS open_ms
      FROM dose_day y JOIN dosimeter d USING (person_id) WHERE y.day >= %(since)s
), views AS (
    SELECT d.chain, v.day, sum(v.reserved + v.charged + v.topped_up) AS points
      FROM exposure_view v JOIN dosimeter d USING (person_id) WHERE v.day >= %(since)s GROUP BY d.chain, v.day
)
SELECT chain, day, COALESCE(days.points, 0), COALESCE(ledger.points, 0), COALESCE(views.points, 0),
       COALESCE(days.open_ms, 0), COALESCE(ledger.open_ms, 0)
  FROM ledger FULL JOIN days USING (chain, day) FULL JOIN views USING (chain, day) LEFT JOIN marked USING (chain)
 WHERE (marked.through_day IS NULL OR day > marked.through_day)
   AND (COALESCE(days.points, 0) <> COALESCE(ledger.points, 0)
        OR COALESCE(days.points, 0) <> COALESCE(views.points, 0)
        OR COALESCE(days.open_ms, 0) <> COALESCE(ledger.open_ms, 0))
 ORDER BY chain, day
"""


@dataclass(frozen=True)
class ChainPart:
    """The rows of a chain up to `seq`, the last of them with `hash`; none belongs to a day after `last_day`."""

    seq: int
    hash: bytes
    last_day: date


Difference = tuple[UUID, date, int, int, int, int, int]


def all_entries() -> Iterator[tuple[Entry, bytes]]:
    """Every row with its stored hash, by chain and seq. Holds one page in memory."""
    last: tuple[UUID, int] = (UUID(int=0), 0)
    while True:
        with connection.cursor() as cursor:
            cursor.execute(PAGE, [*last, PAGE_ROWS])
            rows = cursor.fetchall()
        for row in rows:
            yield _entry(row)
        if len(rows) < PAGE_ROWS:
            return
        last = rows[-1][0], rows[-1][1]


def chain_ends(*, since: datetime | None) -> list[Head]:
    """The last row of every chain whose last row is not older than `since`."""
    with connection.cursor() as cursor:
        cursor.execute(HEADS, [since])
        return [Head(chain, seq, bytes(digest)) for chain, seq, digest in cursor.fetchall()]


def all_markers() -> list[Marker]:
    """The markers that purges left, in no order."""
    with connection.cursor() as cursor:
        cursor.execute(MARKERS)
        return [
            Marker(chain, through_seq, bytes(digest), through_day, at, signed)
            for chain, through_seq, digest, through_day, at, signed in cursor.fetchall()
        ]


def all_chains() -> list[UUID]:
    """The chain of every dosimeter."""
    with connection.cursor() as cursor:
        cursor.execute(CHAINS)
        return [chain for (chain,) in cursor.fetchall()]


def purgeable(*, chain: UUID, covered: int) -> ChainPart | None:
    """The beginning of the chain that is older than thirteen months, up to row `covered`; None if there is none."""
    with connection.cursor() as cursor:
        cursor.execute(PURGEABLE, {"chain": chain, "covered": covered})
        row = cursor.fetchone()
    return None if row is None else ChainPart(row[0], bytes(row[1]), row[2])


def differences(*, since: date = date.min + timedelta(days=1)) -> list[Difference]:
    """Days on which the day's row, the ledger and the views do not add up to the same.

    (chain, day, points by day row, by ledger, by views, open_ms by day row, by ledger). One statement: one snapshot.
    """
    with connection.cursor() as cursor:
        cursor.execute(DIFFERENCES, {"since": since})
        return list(cursor.fetchall())


def _entry(row: tuple[Any, ...]) -> tuple[Entry, bytes]:
    (
        chain,
        seq,
        kind,
        view_ref,
        points,
        open_ms,
        severity,
        modality,
        share,
        policy,
        day,
        at,
        prev_hash,
        digest,
    ) = row
    entry = Entry(
        chain=chain,
        seq=seq,
        kind=EntryKind(kind),
        view_ref=view_ref,
        milli_points=points,
        open_ms=open_ms,
        severity=severity,
        modality=modality,
        share=share,
        policy_version=policy,
        day=day,
        at=at,
        prev_hash=bytes(prev_hash),
    )
    return entry, bytes(digest)
