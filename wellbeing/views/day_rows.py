"""Days as rows of a table, in whole numbers that people read."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import gettext

from people.speech import day_in_words, number_in_words
from wellbeing.queries.days import Day


@dataclass(frozen=True)
class DayRow:
    """`minutes` were open and not harmless; `paid` are the minutes of its breaks."""

    name: str
    points: str
    extreme: str
    minutes: int
    breaks: int
    paid: int


def day_rows(days: Iterable[Day]) -> list[DayRow]:
    """The latest first."""
    return [
        _row(day_in_words(day.day, "WEEKDAY_DATE_FORMAT"), day)
        for day in sorted(days, key=lambda day: day.day, reverse=True)
    ]


def sum_row(days: Iterable[Day]) -> DayRow:
    rows = list(days)
    return DayRow(
        name=gettext("All"),
        points=_points(sum(day.points for day in rows)),
        extreme=_points(sum(day.extreme_points for day in rows)),
        minutes=round(sum(day.open_ms for day in rows) / 60_000),
        breaks=sum(day.breaks for day in rows),
        paid=round(sum(day.break_seconds for day in rows) / 60),
    )


def _row(name: str, day: Day) -> DayRow:
    return DayRow(
        name=name,
        points=_points(day.points),
        extreme=_points(day.extreme_points),
        minutes=round(day.open_ms / 60_000),
        breaks=day.breaks,
        paid=round(day.break_seconds / 60),
    )


def _points(milli: int) -> str:
    return number_in_words(milli / 1000, places=1)
