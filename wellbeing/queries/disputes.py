"""Disputed entries: one's own with their answers, and what an officer has to decide."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import connection

from people.queries import ALL, AllTeams
from wellbeing.models import Dispute

# What an officer decides on, and no more: neither who it is, nor what was shown, nor what was thought of it.
_OPEN = """
SELECT p.id, p.person_id, p.made_at, v.first_opened_at, v.modality, COALESCE(v.charged_severity, v.severity),
       p.severity, v.reserved + v.charged + v.topped_up
  FROM dispute p
  JOIN dosimeter d ON d.person_id = p.person_id
  JOIN ledger_entry e ON e.chain = d.chain AND e.seq = p.seq
  JOIN exposure_view v ON v.ref = e.view_ref
 WHERE p.resolved_at IS NULL AND p.person_id <> %(officer)s
   AND (%(everywhere)s
        OR p.person_id IN (SELECT m.user_id FROM people_membership m WHERE m.team_id = ANY(%(teams)s)))
   AND (%(id)s::bigint IS NULL OR p.id = %(id)s)
 ORDER BY p.made_at, p.id
 LIMIT %(count)s
"""


@dataclass(frozen=True)
class OpenDispute:
    """An entry that counts at `severity` and, its person says, should at `wished`. Points in milli-EP."""

    id: int
    person_id: int
    made_at: datetime
    opened_at: datetime
    modality: str
    severity: int
    wished: int
    milli_points: int


def open_disputes(
    *, teams: set[int] | AllTeams, officer_id: int, dispute_id: int | None = None, count: int = 50
) -> list[OpenDispute]:
    """Open disputes of people in these teams, the oldest first, never the officer's own. One statement."""
    values: dict[str, Any] = {
        "officer": officer_id,
        "everywhere": teams is ALL,
        "teams": [] if teams is ALL else sorted(teams),
        "id": dispute_id,
        "count": count,
    }
    with connection.cursor() as cursor:
        cursor.execute(_OPEN, values)
        return [OpenDispute(*row) for row in cursor.fetchall()]


def disputes_of(*, person_id: int, count: int = 10) -> list[Dispute]:
    """The person's own, the latest first."""
    return list(Dispute.objects.filter(person_id=person_id).order_by("-made_at", "-pk")[:count])


def latest_disputes(*, person_id: int, rows: Iterable[int]) -> dict[int, Dispute]:
    """The latest dispute of each of these entries (by first row) that has one."""
    found = Dispute.objects.filter(person_id=person_id, seq__in=list(rows)).order_by("made_at", "pk")
    return {dispute.seq: dispute for dispute in found}
