"""Reads of exposure for pages. Who looks at somebody else's is written down by operations.looks."""

from datetime import timedelta
from uuid import UUID

from django.db import connection
from django.db.models import Subquery

from wellbeing.domain.clearance import Clearance, Refusal, decide
from wellbeing.domain.exposure import BreakRow, DayDose, Gauge, LedgerRow, Look, exposure_at, gauge_of
from wellbeing.domain.situation import Situation, as_if_closed
from wellbeing.models import BreakTaken, DoseDay, ExposureLook, LedgerEntry
from wellbeing.queries.situation import NoSuchPerson, read_situation


def situation_of(person_id: int) -> Situation:
    """Where a person stands now, also one who has never been shown anything. One statement, without a lock.

    Raises NoSuchPerson.
    """
    situation = read_situation(person_id=person_id)
    if situation is None:
        raise NoSuchPerson(f"there is no person {person_id}")
    return situation


def own_clearance(*, person_id: int) -> Clearance | Refusal:
    """What the person could be handed at this moment, for a page that says what is waiting. One statement, no lock.

    A claim decides anew. Raises NoSuchPerson.
    """
    return decide(as_if_closed(situation_of(person_id)))


def own_gauge(*, person_id: int) -> Gauge:
    """The header's gauge. One statement."""
    return gauge_of(exposure_at(situation_of(person_id)))


def ledger_rows(*, person_id: int, before: int | None = None, count: int = 50) -> list[LedgerRow]:
    """A page of the person's ledger, the latest first; `before` is the seq after which it goes on."""
    rows = LedgerEntry.objects.filter(chain__in=_chain_of(person_id))
    if before is not None:
        rows = rows.filter(seq__lt=before)
    return [
        LedgerRow(
            seq=row.seq,
            at=row.at,
            day=row.day,
            kind=row.kind,
            milli_points=row.milli_points,
            open_ms=row.open_ms,
            severity=row.severity,
            modality=row.modality,
            share=row.share,
            view=str(row.view_ref)[:8],
        )
        for row in rows.order_by("-seq")[:count]
    ]


def past_days(*, person_id: int, count: int = 28) -> list[DayDose]:
    """The person's days with any exposure among the last `count`, the latest first."""
    today = situation_of(person_id).today
    rows = DoseDay.objects.filter(dosimeter_id=person_id, day__gt=today - timedelta(days=count))
    return [
        DayDose(
            row.day,
            row.points_reserved + row.points_charged,
            row.open_ms_reserved + row.open_ms_charged,
            row.extreme_reserved + row.extreme_charged,
        )
        for row in rows.order_by("-day")
    ]


def breaks_taken(*, person_id: int, count: int = 20) -> list[BreakRow]:
    """The person's own breaks, the latest first."""
    rows = BreakTaken.objects.filter(dosimeter_id=person_id).order_by("-started_at")[:count]
    return [BreakRow(row.kind, row.started_at, row.ends_at) for row in rows]


def looks_at(*, person_id: int, before: int | None = None, count: int = 50) -> list[Look]:
    """Who looked at this person's exposure, the latest first; `before` is the id after which it goes on."""
    rows = ExposureLook.objects.filter(person_id=person_id).select_related("looked_by")
    if before is not None:
        edge = Subquery(ExposureLook.objects.filter(person_id=person_id, pk=before).values("at"))
        rows = rows.filter(at__lte=edge).exclude(at=edge, pk__gte=before)
    return [
        Look(row.pk, row.at, row.looked_by.get_full_name(), row.what)
        for row in rows.order_by("-at", "-pk")[:count]
    ]


def _chain_of(person_id: int) -> list[UUID]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT chain FROM dosimeter WHERE person_id = %s", [person_id])
        return [row[0] for row in cursor.fetchall()]
