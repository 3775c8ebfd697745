"""One's own days: what each held, and the breaks of it."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import connection

# A break belongs to the day in which it began; one that runs counts up to now.
_DAYS = """
WITH moment AS MATERIALIZED (SELECT respite_now() AS now, COALESCE(known_time_zone(%(zone)s), 'UTC') AS zone),
rested AS (
    SELECT ((b.started_at AT TIME ZONE moment.zone) - interval '4 hours')::date AS day, count(*) AS breaks,
           sum(extract(epoch FROM LEAST(b.ends_at, moment.now) - b.started_at))::bigint AS seconds
      FROM moment, break_taken b WHERE b.person_id = %(person)s AND b.started_at <= moment.now
     GROUP BY 1
)
SELECT COALESCE(d.day, r.day) AS day, COALESCE(d.points_reserved + d.points_charged, 0),
       COALESCE(d.open_ms_reserved + d.open_ms_charged, 0), COALESCE(d.extreme_reserved + d.extreme_charged, 0),
       COALESCE(r.breaks, 0), COALESCE(r.seconds, 0)
  FROM (SELECT * FROM dose_day WHERE person_id = %(person)s AND day >= %(since)s AND day < %(before)s) d
  FULL JOIN (SELECT * FROM rested WHERE day >= %(since)s AND day < %(before)s) r ON r.day = d.day
 ORDER BY 1
"""
_FIRST = """
SELECT LEAST((SELECT min(day) FROM dose_day WHERE person_id = %(person)s),
             (SELECT min(started_at)::date FROM break_taken WHERE person_id = %(person)s))
"""


@dataclass(frozen=True)
class Day:
    """One day: milli-EP, milliseconds open, the part of extreme content, breaks and their length so far."""

    day: date
    points: int = 0
    open_ms: int = 0
    extreme_points: int = 0
    breaks: int = 0
    break_seconds: int = 0


def days_of(*, person_id: int, since: date, before: date, time_zone: str) -> list[Day]:
    """The days from `since` up to `before` on which anything was opened or a break was taken, in order. One statement."""
    values: dict[str, Any] = {"person": person_id, "since": since, "before": before, "zone": time_zone}
    with connection.cursor() as cursor:
        cursor.execute(_DAYS, values)
        return [Day(*row) for row in cursor.fetchall()]


def first_day_of(*, person_id: int) -> date | None:
    """The day with which the person's record begins, give or take a night's break; None for an empty one."""
    with connection.cursor() as cursor:
        cursor.execute(_FIRST, {"person": person_id})
        first: date | None = cursor.fetchone()[0]
    return first
