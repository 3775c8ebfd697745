"""The exposure day: it turns at 04:00 by the person's own clock, so a night shift is one day (DESIGN section 6)."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

TURN_HOUR = 4


def day_of(moment: datetime, time_zone: str) -> date:
    """The day that `moment` belongs to: the wall clock's date four hours ago. The same sum as in queries.situation."""
    wall = moment.astimezone(ZoneInfo(time_zone)).replace(tzinfo=None)
    return (wall - timedelta(hours=TURN_HOUR)).date()


@dataclass(frozen=True)
class ZoneChange:
    """The zone by which days turn from a moment on."""

    time_zone: str
    starts_at: datetime


def start_of(day: date, time_zone: str, change: ZoneChange | None = None) -> datetime:
    """The moment at which a coming `day` begins, also for somebody whose zone changes on the way."""
    starts_at = turn_after(day - timedelta(days=1), time_zone)
    if change is None or starts_at < change.starts_at:
        return starts_at
    return max(change.starts_at, turn_after(day - timedelta(days=1), change.time_zone))


def turn_after(day: date, time_zone: str) -> datetime:
    """The moment at which `day` ends, in UTC."""
    next_day = day + timedelta(days=1)
    wall = datetime(next_day.year, next_day.month, next_day.day, TURN_HOUR, tzinfo=ZoneInfo(time_zone))
    return wall.astimezone(UTC)
