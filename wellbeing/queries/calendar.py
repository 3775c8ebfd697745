"""The calendar as it is kept: a person's shifts and leave, and who of many is on shift now."""

import json
from collections.abc import Iterable
from datetime import date, time, timedelta
from typing import Any
from zoneinfo import ZoneInfoNotFoundError

from django.db import connection
from django.db.models import QuerySet

from wellbeing.domain.calendar import Leave, Shift, on_shift
from wellbeing.models import LeavePeriod, WeeklyShift
from wellbeing.queries.time import now

CALENDARS = """
SELECT u.id, u.time_zone, respite_now(),
       (SELECT jsonb_agg(jsonb_build_array(s.weekday, s.starts, s.ends)) FROM weekly_shift s WHERE s.person_id = u.id),
       (SELECT jsonb_agg(jsonb_build_array(l.first_day, l.last_day)) FROM leave_period l
         WHERE l.person_id = u.id AND l.last_day >= respite_now()::date - 2)
  FROM people_user u WHERE u.id = ANY (%s)
"""


def shifts_of(person_id: int) -> list[Shift]:
    """The person's weekly shifts, from Monday on."""
    rows = WeeklyShift.objects.filter(person_id=person_id).order_by("weekday", "starts")
    return [Shift(row.weekday, row.starts, row.ends) for row in rows]


def leave_of(person_id: int) -> QuerySet[LeavePeriod]:
    """The person's leave that is not long over, the next first."""
    # The day before by this clock may be today by the person's.
    since = now().date() - timedelta(days=1)
    return LeavePeriod.objects.filter(person_id=person_id, last_day__gte=since).order_by("first_day")


def on_shift_now(person_ids: Iterable[int]) -> dict[int, bool | None]:
    """Whether the calendar expects each of these people now; None for those it says nothing of. One statement."""
    with connection.cursor() as cursor:
        cursor.execute(CALENDARS, [list(person_ids)])
        rows = cursor.fetchall()
    answer: dict[int, bool | None] = {}
    for person_id, time_zone, moment, shifts, leaves in rows:
        try:
            answer[person_id] = on_shift(
                shifts=[_shift(*row) for row in _rows(shifts)],
                leaves=[Leave(date.fromisoformat(a), date.fromisoformat(b)) for a, b in _rows(leaves)],
                moment=moment,
                time_zone=time_zone,
            )
        except ZoneInfoNotFoundError:  # a name from another machine: then nobody knows what their clock says
            answer[person_id] = None
    return answer


def _shift(weekday: int, starts: str, ends: str) -> Shift:
    return Shift(weekday, time.fromisoformat(starts), time.fromisoformat(ends))


def _rows(value: str | None) -> list[list[Any]]:
    """A jsonb array; Django leaves it a text in raw statements."""
    rows: list[list[Any]] = json.loads(value) if value else []
    return rows
