"""One's own views, each with the ledger rows that it is made of: what the record of a person reads like."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import connection

BIGGEST = 2**63

# The points are what the view holds of its day now: reserved while it is not answered, charged after.
_VIEW = """
SELECT view.id, view.ref, view.first_opened_at, COALESCE(view.charged_severity, view.severity), view.modality,
       view.share, view.reserved + view.charged + view.topped_up, view.open_ms,
       view.charged_severity IS NOT NULL, view.day
  FROM exposure_view view
"""
_VIEWS = f"""{_VIEW}
 WHERE view.person_id = %(person)s AND (%(before)s::bigint IS NULL OR view.id < %(before)s)
 ORDER BY view.id DESC
 LIMIT %(count)s
"""
_BY_ROW = f"""{_VIEW}
  JOIN dosimeter me ON me.person_id = view.person_id
  JOIN ledger_entry entry ON entry.chain = me.chain AND entry.view_ref = view.ref
 WHERE view.person_id = %(person)s AND entry.seq = %(row)s
"""
# By chain and days, which is how the ledger can be found; a reference has no index of its own.
_BOOKINGS = """
SELECT entry.view_ref, entry.seq, entry.at, entry.kind, entry.milli_points
  FROM dosimeter me JOIN ledger_entry entry ON entry.chain = me.chain
 WHERE me.person_id = %(person)s AND entry.day = ANY(%(days)s) AND entry.view_ref = ANY(%(refs)s)
 ORDER BY entry.seq
"""


@dataclass(frozen=True)
class Booking:
    """One row of the ledger: signed milli-EP, and what it was for (wellbeing.domain.view.EntryKind)."""

    seq: int
    at: datetime
    kind: str
    milli_points: int


@dataclass(frozen=True)
class OwnView:
    """A view with the severity that it counts at (expected, or found once `is_settled`), milli-EP, milliseconds."""

    id: int
    opened_at: datetime
    severity: int
    modality: str
    share: int
    milli_points: int
    open_ms: int
    is_settled: bool
    bookings: tuple[Booking, ...]

    @property
    def row(self) -> int:
        """The number of its first row in the ledger, by which it is named; 0 once the ledger has let go of it."""
        return self.bookings[0].seq if self.bookings else 0


def own_views(*, person_id: int, before: int | None = None, count: int = 25) -> list[OwnView]:
    """A page of the person's views, the latest first; `before` is the id after which it goes on. Two statements."""
    return _with_bookings(person_id, _VIEWS, {"before": before, "count": count})


def own_view(*, person_id: int, row: int) -> OwnView | None:
    """The person's view whose first row in their ledger is `row`; None if there is none. Two statements."""
    if row >= BIGGEST:
        return None
    found = _with_bookings(person_id, _BY_ROW, {"row": row})
    return found[0] if found and found[0].row == row else None


def _with_bookings(person_id: int, statement: str, values: dict[str, int | None]) -> list[OwnView]:
    with connection.cursor() as cursor:
        cursor.execute(statement, {"person": person_id, **values})
        rows = cursor.fetchall()
        bookings: dict[UUID, list[Booking]] = {row[1]: [] for row in rows}
        keys: dict[str, Any] = {
            "person": person_id,
            "days": list({row[9] for row in rows}),
            "refs": list(bookings),
        }
        cursor.execute(_BOOKINGS, keys)
        for ref, *booking in cursor.fetchall():
            bookings[ref].append(Booking(*booking))
    return [
        OwnView(
            id=view_id,
            opened_at=opened_at,
            severity=severity,
            modality=modality,
            share=share,
            milli_points=milli_points,
            open_ms=open_ms,
            is_settled=is_settled,
            bookings=tuple(bookings[ref]),
        )
        for view_id, ref, opened_at, severity, modality, share, milli_points, open_ms, is_settled, _ in rows
    ]
