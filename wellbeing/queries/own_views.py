"""One's own views, each with the ledger rows that it is made of: what the record of a person reads like."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import connection

from wellbeing.models import LedgerEntry

# The points are what the view holds of its day now: reserved while it is not answered, charged after.
_VIEWS = """
SELECT view.id, view.ref, view.first_opened_at, COALESCE(view.charged_severity, view.severity), view.modality,
       view.share, view.reserved + view.charged + view.topped_up, view.open_ms,
       view.charged_severity IS NOT NULL
  FROM exposure_view view
 WHERE view.person_id = %(person)s AND (%(before)s::bigint IS NULL OR view.id < %(before)s)
 ORDER BY view.id DESC
 LIMIT %(count)s
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
        """The number of its first row in the ledger, by which it is named."""
        return self.bookings[0].seq


def own_views(*, person_id: int, before: int | None = None, count: int = 25) -> list[OwnView]:
    """A page of the person's views, the latest first; `before` is the id after which it goes on. Two statements."""
    with connection.cursor() as cursor:
        cursor.execute(_VIEWS, {"person": person_id, "before": before, "count": count})
        rows = cursor.fetchall()
    bookings: dict[UUID, list[Booking]] = {row[1]: [] for row in rows}
    for entry in LedgerEntry.objects.filter(view_ref__in=bookings).order_by("seq"):
        bookings[entry.view_ref].append(Booking(entry.seq, entry.at, entry.kind, entry.milli_points))
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
        for view_id, ref, opened_at, severity, modality, share, milli_points, open_ms, is_settled in rows
    ]
