"""The rows behind a statement of exposure: one statement, so that all of its numbers are of one moment."""

import json
from collections.abc import Mapping
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from django.db import connection

from wellbeing.domain.month import Month
from wellbeing.domain.policy import Scope, as_numbers, combined
from wellbeing.domain.statement import Record, RecordEnd, Rested, Seen
from wellbeing.models import PolicyVersion

BEGINNING, FOREVER = date(1970, 1, 1), date(9999, 1, 1)
LIFETIME = "lifetime"

# Everything but the breaks is summed from the ledger, so that it stays what the named last row says it is.
RECORD = """
WITH moment AS MATERIALIZED (SELECT respite_now() AS now),
me AS MATERIALIZED (
    SELECT d.person_id, d.chain, moment.now,
           CASE WHEN d.next_time_zone_from <= moment.now THEN d.next_time_zone ELSE d.time_zone END AS zone
      FROM moment, dosimeter d WHERE d.person_id = %(person)s
),
rows AS MATERIALIZED (
    SELECT e.seq, e.kind, e.view_ref, e.milli_points, e.open_ms, e.severity, e.policy_version, e.day
      FROM me JOIN ledger_entry e ON e.chain = me.chain
     WHERE e.day >= %(since)s AND e.day < %(before)s
),
ends AS MATERIALIZED (SELECT count(*) AS rows, min(seq) AS first, max(seq) AS last FROM rows),
views AS (
    -- The severity of a view's last row: the largest (seq, severity) in one number, so that nothing has to be sorted.
    SELECT min(day) AS day, max(seq * 8 + severity) %% 8 AS severity,
           bool_or(kind = 'settle') AS is_settled, sum(open_ms)::bigint AS open_ms,
           sum(milli_points)::bigint AS milli_points
      FROM rows GROUP BY view_ref
),
seen AS (
    SELECT to_char(day, %(line)s) AS of, severity, count(*) AS views,
           count(*) FILTER (WHERE NOT is_settled) AS unanswered,
           sum(open_ms)::bigint AS open_ms, sum(milli_points)::bigint AS milli_points
      FROM views GROUP BY 1, 2
),
breaks AS (
    SELECT ((b.started_at AT TIME ZONE me.zone) - interval '4 hours')::date AS day,
           floor(extract(epoch FROM b.ends_at - b.started_at))::bigint AS seconds, b.ends_at <= me.now AS is_over
      FROM me JOIN break_taken b ON b.person_id = me.person_id
),
rested AS (
    SELECT to_char(day, %(line)s) AS of, count(*) AS breaks, sum(seconds)::bigint AS seconds
      FROM breaks WHERE is_over AND day >= %(since)s AND day < %(before)s GROUP BY 1
)
SELECT me.zone, ((me.now AT TIME ZONE me.zone) - interval '4 hours')::date AS today,
       ends.rows,
       (SELECT jsonb_build_array(e.seq, encode(e.hash, 'hex'), e.at)
          FROM ledger_entry e WHERE e.chain = me.chain AND e.seq = ends.first) AS first,
       (SELECT jsonb_build_array(e.seq, encode(e.hash, 'hex'), e.at)
          FROM ledger_entry e WHERE e.chain = me.chain AND e.seq = ends.last) AS last,
       (SELECT jsonb_agg(to_jsonb(seen) ORDER BY of, severity) FROM seen) AS seen,
       (SELECT jsonb_agg(to_jsonb(rested) ORDER BY of) FROM rested) AS rested,
       (SELECT array_agg(DISTINCT policy_version) FROM rows) AS versions,
       EXISTS (SELECT FROM breaks WHERE NOT is_over AND day >= %(since)s AND day < %(before)s) AS is_resting
  FROM me CROSS JOIN ends
"""
# A month is there as long as the ledger still has a row of it.
MONTHS = """
SELECT DISTINCT date_trunc('month', d.day)::date FROM dosimeter me JOIN dose_day d USING (person_id)
 WHERE me.person_id = %s AND EXISTS (SELECT FROM ledger_entry e WHERE e.chain = me.chain AND e.day = d.day)
 ORDER BY 1 DESC
"""


def months_of(*, person_id: int) -> list[Month]:
    """The months with entries in the person's record, the latest first."""
    with connection.cursor() as cursor:
        cursor.execute(MONTHS, [person_id])
        return [Month(first_day) for (first_day,) in cursor.fetchall()]


def month_record(*, person_id: int, month: Month) -> Record | None:
    """The record of that month, a line for each day; None if it has no entry."""
    since, before = month.first_day, month.next.first_day
    return _record(person_id, "month", month.name, since, before, line="YYYY-MM-DD")


def lifetime_record(*, person_id: int) -> Record | None:
    """All that the record still holds, a line for each month; None if there is nothing."""
    return _record(person_id, LIFETIME, LIFETIME, BEGINNING, FOREVER, line="YYYY-MM")


def _record(person_id: int, kind: str, period: str, since: date, before: date, *, line: str) -> Record | None:
    values: dict[str, Any] = {"person": person_id, "since": since, "before": before, "line": line}
    with connection.cursor() as cursor:
        cursor.execute(RECORD, values)
        found = cursor.fetchone()
        if found is None or not found[2]:
            return None
        row: dict[str, Any] = dict(zip((column.name for column in cursor.description), found, strict=True))
    return Record(
        kind=kind,
        period=period,
        time_zone=row["zone"],
        today=row["today"],
        is_over=row["today"] >= before and not row["is_resting"],
        rows=row["rows"],
        first=_end(row["first"]),
        last=_end(row["last"]),
        seen=[Seen(**line) for line in json.loads(row["seen"])],
        rested=[Rested(**line) for line in json.loads(row["rested"] or "[]")],
        limits=_organisations_limits(min(before, row["today"] + timedelta(days=1))),
        team_limits=_team_limits(row["versions"]),
    )


def _end(value: str) -> RecordEnd:
    row, digest, written = json.loads(value)
    return RecordEnd(row, bytes.fromhex(digest), datetime.fromisoformat(written))


def _organisations_limits(day: date) -> tuple[int, Mapping[str, int]]:
    """The organisation's limits as they stood when `day` began (by UTC); version 0 are the defaults."""
    begun = datetime.combine(day, time(), tzinfo=UTC)
    versions = PolicyVersion.objects.filter(scope=Scope.ORGANISATION, valid_from__lt=begun)
    latest = versions.order_by("-valid_from", "-id").first()
    numbers = {} if latest is None else latest.numbers
    return (0 if latest is None else latest.pk), as_numbers(combined([numbers]))


def _team_limits(versions: list[int]) -> list[tuple[int, Mapping[str, int]]]:
    found = PolicyVersion.objects.filter(pk__in=versions, scope=Scope.TEAM).order_by("pk")
    return [(version.pk, version.numbers) for version in found]
