"""The calendar: who is on shift now. It says when somebody is expected at work, and nothing of what they do there."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo


@dataclass(frozen=True)
class Shift:
    """A weekly shift by the person's own wall clock. `weekday` 0 is Monday; one that ends before it starts ends the
    next morning."""

    weekday: int
    starts: time
    ends: time

    @property
    def is_overnight(self) -> bool:
        return self.ends <= self.starts


@dataclass(frozen=True)
class Leave:
    """Away from the first day to the last, both included. Why is not kept."""

    first_day: date
    last_day: date


def on_shift(
    *, shifts: Iterable[Shift], leaves: Iterable[Leave], moment: datetime, time_zone: str
) -> bool | None:
    """Whether the calendar expects the person now; None when it says nothing of them.

    A night shift belongs to the day on which it began, and so does the leave that it may fall into.
    """
    known = tuple(shifts)
    if not known:
        return None
    wall = moment.astimezone(ZoneInfo(time_zone)).replace(tzinfo=None)
    away = tuple(leaves)
    for days_ago in (0, 1):
        day = wall.date() - timedelta(days=days_ago)
        if any(leave.first_day <= day <= leave.last_day for leave in away):
            continue
        for shift in known:
            if shift.weekday != day.weekday():
                continue
            start = datetime.combine(day, shift.starts)
            end = datetime.combine(day + timedelta(days=shift.is_overnight), shift.ends)
            if start <= wall < end:
                return True
    return False
