from argparse import ArgumentParser
from collections.abc import Iterator
from typing import Any

from django.core.management.base import BaseCommand

from wellbeing.domain.policy import DEFAULTS
from wellbeing.domain.ramp import EXPERIENCED, Ramp
from wellbeing.domain.ramp_words import step_in_words
from wellbeing.domain.typical_day import (
    MIXES,
    UNRATED,
    Doing,
    End,
    Stretch,
    TypicalDay,
    clock_time,
    typical_day,
    week_of,
)

MINUTE_MS = 60_000
MILLI = 1_000
AT_WORK = {Doing.WORK, Doing.OFF_SCREEN}
# "Week 5" is past ramp-up: the fourth step is the last.
WEEKS = ((1, Ramp(1, None)), (5, EXPERIENCED))
ENDS = {
    End.LIMIT: "nothing more of this today: the limit, and only harmless work is left",
    End.SHIFT: "the shift is over",
    End.NOTHING: "nothing of this is handed out",
}


class Command(BaseCommand):
    help = "Print what a labeler's day is under the default limits, by kind of work, in the first week and in the fifth."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--minutes", action="store_true", help="One line for each minute of the day.")

    def handle(self, *args: Any, **options: Any) -> None:
        for week, ramp in WEEKS:
            for mix in (*MIXES, UNRATED):
                day = typical_day(DEFAULTS, mix, ramp)
                self.stdout.write(f"\nWeek {week}, {mix.name}. {step_in_words(ramp.step)}.")
                for line in _each_minute(day) if options["minutes"] else _runs(day):
                    self.stdout.write(f"  {line}")
                self.stdout.write(f"  {clock_time(day.ends_ms)}  {ENDS[day.end]}")
                # A week has the same share of its limit as a day.
                days = f"{week_of(DEFAULTS, mix)} such days in seven" if ramp.is_over else ""
                self.stdout.write(f"         {_sum(day)}{'; ' + days if days else ''}")


def _runs(day: TypicalDay) -> Iterator[str]:
    """One line from break to break; rests off the screen are told with the work around them."""
    run: list[Stretch] = []
    for stretch in day.stretches:
        if stretch.doing in AT_WORK:
            run.append(stretch)
            continue
        yield from _run(run)
        run = []
        yield f"{_from_to(stretch, stretch)}  {stretch.doing.value}, {_minutes(stretch.ends_ms - stretch.starts_ms)}"
    yield from _run(run)


def _run(run: list[Stretch]) -> Iterator[str]:
    if not run:
        return
    off = [stretch for stretch in run if stretch.doing is Doing.OFF_SCREEN]
    views = sum(stretch.views for stretch in run)
    points = sum(stretch.points for stretch in run)
    rests = (
        f", {len(off)} rests of a minute off the screen between them"
        if len(off) > 1
        else ", one minute off the screen"
        if off
        else ""
    )
    yield f"{_from_to(run[0], run[-1])}  {_items(views)}, {points / MILLI:.1f} points{rests}"


def _each_minute(day: TypicalDay) -> Iterator[str]:
    """What the labeler does at the start of each minute, and how many points they have by then."""
    for minute in range(-(-day.ends_ms // MINUTE_MS)):
        at = minute * MINUTE_MS
        stretch = next(one for one in day.stretches if one.starts_ms <= at < one.ends_ms)
        before = sum(one.points for one in day.stretches if one.ends_ms <= at)
        share = (at - stretch.starts_ms) / (stretch.ends_ms - stretch.starts_ms)
        yield f"{clock_time(at)}  {stretch.doing.value:<14} {(before + share * stretch.points) / MILLI:6.1f} points"


def _sum(day: TypicalDay) -> str:
    """Only what there was: a day without a break does not say so."""
    rest, off = day.spent_ms(Doing.SHORT_BREAK, Doing.LONG_BREAK), day.spent_ms(Doing.OFF_SCREEN)
    parts = [
        f"{_minutes(day.spent_ms(Doing.WORK))} at work" if day.views else "",
        f"{_breaks(day.breaks())} of {_minutes(rest)} in all" if rest else "",
        f"{_minutes(off)} off the screen" if off else "",
    ]
    told = ", ".join(part for part in parts if part)
    return f"{_items(day.views)} and {day.points / MILLI:.1f} points in {_minutes(day.ends_ms)}{': ' if told else ''}{told}"


def _items(count: int) -> str:
    return "1 item" if count == 1 else f"{count} items"


def _breaks(count: int) -> str:
    return "one break" if count == 1 else f"{count} breaks"


def _from_to(first: Stretch, last: Stretch) -> str:
    return f"{clock_time(first.starts_ms)}-{clock_time(last.ends_ms)}"


def _minutes(milliseconds: int) -> str:
    whole = round(milliseconds / MINUTE_MS)
    return "1 minute" if whole == 1 else f"{whole} minutes"
