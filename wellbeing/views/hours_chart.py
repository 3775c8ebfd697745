"""Bars of a day by the hour, as coordinates for inline SVG. The same numbers stand in the table under it."""

from dataclasses import dataclass

from django.utils.translation import gettext

from people.speech import number_in_words
from wellbeing.queries.hours import Hour

WIDTH, BASE, TALLEST = 640, 120, 104
FEWEST = 8  # hours on the axis, so that one bar does not fill the page


@dataclass(frozen=True)
class HourBar:
    x: int
    y: int
    width: int
    height: int
    middle: int
    hour: int
    points: str
    minutes: int


@dataclass(frozen=True)
class HoursChart:
    """`label` says in words what the picture shows."""

    label: str
    bars: tuple[HourBar, ...]


def hours_chart(hours: list[Hour]) -> HoursChart:
    """The hours from the first with an entry to the last, gaps included. No bars for a day without entries."""
    if not hours:
        return HoursChart(gettext("Nothing opened today"), ())
    found = {(hour.hour - 4) % 24: hour for hour in hours}
    first, last = min(found), max(found)
    last = min(23, max(last, first + FEWEST - 1))
    top = max(1, *(hour.points for hour in hours))
    step = (WIDTH - 20) // (last - first + 1)
    width = min(34, step - 6)
    bars = []
    for place, slot in enumerate(range(first, last + 1)):
        hour = found.get(slot) or Hour((slot + 4) % 24, 0, 0, 0)
        height = max(2, max(0, hour.points) * TALLEST // top)
        x = 10 + place * step + (step - width) // 2
        bars.append(
            HourBar(
                x=x,
                y=BASE - height,
                width=width,
                height=height,
                middle=x + width // 2,
                hour=hour.hour,
                points=number_in_words(hour.points / 1000, places=1),
                minutes=round(hour.open_ms / 60_000),
            )
        )
    most = max(hours, key=lambda hour: hour.points)
    label = gettext("Exposure by hour today, most of it from {hour} on").format(hour=f"{most.hour}:00")
    return HoursChart(label, tuple(bars))
