"""What a person's record adds up to since it began, the purged part included."""

from dataclasses import dataclass

from django.db import connection

# What stands, by what each view was charged at; and what a purge summed up in the same way before it took the rows.
_TOTALS = """
WITH me AS (SELECT chain FROM dosimeter WHERE person_id = %s)
SELECT severity, sum(milli_points)::bigint, sum(open_ms)::bigint
  FROM (SELECT COALESCE(v.charged_severity, v.severity, e.severity) AS severity, e.milli_points, e.open_ms
          FROM me JOIN ledger_entry e USING (chain) LEFT JOIN exposure_view v ON v.ref = e.view_ref
         UNION ALL
        SELECT t.severity, t.milli_points, t.open_ms FROM me JOIN lifetime_total t USING (chain)) part
 GROUP BY severity
 ORDER BY severity
"""


@dataclass(frozen=True)
class SeverityTotal:
    """All exposure of one severity (0-4): milli-EP and open milliseconds."""

    severity: int
    milli_points: int
    open_ms: int


def lifetime_totals(*, person_id: int) -> list[SeverityTotal]:
    """Per severity that the person was ever charged at, the mildest first. One statement."""
    with connection.cursor() as cursor:
        cursor.execute(_TOTALS, [person_id])
        return [SeverityTotal(*row) for row in cursor.fetchall()]
