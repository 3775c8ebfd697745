"""One's own day by the hour, summed from the ledger.

All that follows from a view belongs to the hour in which it opened, as it belongs to that day: what is given back in the
next hour would stand there as less than nothing.
"""

from dataclasses import dataclass
from datetime import date

from django.db import connection

_HOURS = """
WITH clock AS MATERIALIZED (SELECT COALESCE(known_time_zone(%(zone)s), 'UTC') AS zone),
viewed AS (
    SELECT min(entry.at) AS opened_at, sum(entry.milli_points) AS milli_points, sum(entry.open_ms) AS open_ms,
           count(*) FILTER (WHERE entry.kind = 'reserve') AS opened
      FROM dosimeter JOIN ledger_entry entry ON entry.chain = dosimeter.chain
     WHERE dosimeter.person_id = %(person)s AND entry.day = %(day)s
     GROUP BY entry.view_ref
)
SELECT extract(hour FROM viewed.opened_at AT TIME ZONE clock.zone)::int, sum(viewed.milli_points)::bigint,
       sum(viewed.open_ms)::bigint, sum(viewed.opened)::bigint
  FROM clock CROSS JOIN viewed
 GROUP BY 1
"""


@dataclass(frozen=True)
class Hour:
    """What was opened in one hour of the day (0-23, by the person's clock): milli-EP, open milliseconds, how often."""

    hour: int
    points: int
    open_ms: int
    opened: int


def hours_of(*, person_id: int, day: date, time_zone: str) -> list[Hour]:
    """The hours of `day` in which anything was opened, in their order: the day turns at 04:00. One statement."""
    with connection.cursor() as cursor:
        cursor.execute(_HOURS, {"person": person_id, "day": day, "zone": time_zone})
        found = [Hour(*row) for row in cursor.fetchall()]
    return sorted(found, key=lambda row: (row.hour - 4) % 24)
