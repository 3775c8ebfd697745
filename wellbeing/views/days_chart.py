"""Bars by day, as coordinates for inline SVG. The same numbers stand in the table beside it."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.utils.translation import gettext

from people.speech import day_in_words
from wellbeing.queries.days import Day

WIDTH, BASE, TALLEST, WIDEST = 640, 120, 104, 34
NAME = 50  # half of the longest name, in the large letters of a narrow column: it ends within the picture


@dataclass(frozen=True)
class DayBar:
    """One day; `name` stands under it where there is room for one, with its middle at `middle`."""

    x: int
    y: int
    width: int
    height: int
    middle: int
    name: str


@dataclass(frozen=True)
class DaysChart:
    """`label` says in words what the picture shows. No bars where there is nothing to show."""

    label: str
    bars: tuple[DayBar, ...]


def days_chart(
    days: Sequence[Day], *, since: date, count: int, span: str, name: Callable[[date], str]
) -> DaysChart:
    """`count` days from `since` on, those without an entry too. `span` is what they are called: "Seven days"."""
    held = {day.day: day.points for day in days}
    most = max(held.values(), default=0)
    if most <= 0:
        return DaysChart(gettext("{span}: nothing opened").format(span=span), ())
    step = (WIDTH - 20) // count
    width = min(WIDEST, step - 4)
    bars = []
    for place in range(count):
        day = since + timedelta(days=place)
        height = max(2, max(0, held.get(day, 0)) * TALLEST // most)
        x = 10 + place * step + (step - width) // 2
        middle = min(max(x + width // 2, NAME), WIDTH - NAME)
        bars.append(DayBar(x, BASE - height, width, height, middle, name(day)))
    peak = max(held, key=lambda day: held[day])
    label = gettext("{span}: exposure by day, most of it on {day}")
    return DaysChart(label.format(span=span, day=day_in_words(peak, "MONTH_DAY_FORMAT")), tuple(bars))


def weekday(day: date) -> str:
    return day_in_words(day, "D")


def each_monday(day: date) -> str:
    """The date under every Monday."""
    return day_in_words(day, "SHORT_MONTH_DAY_FORMAT") if day.weekday() == 0 else ""


def each_fifth(day: date) -> str:
    """1, 5, 10 … 30."""
    return str(day.day) if day.day == 1 or day.day % 5 == 0 else ""
