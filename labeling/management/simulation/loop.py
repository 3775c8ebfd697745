"""The discrete-event loop: whoever acts next, acts; the clock goes there first."""

import heapq
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Protocol

from labeling.management.simulation.shift import Shift

NIGHT_HOUR_UTC = 3


class Clock(Protocol):
    def now(self) -> datetime: ...
    def wait_until(self, moment: datetime) -> None: ...


@dataclass(frozen=True)
class Progress:
    """How far the project is, as its API says."""

    tasks: int
    open: int


@dataclass(frozen=True)
class Limits:
    """Where a run ends even if the project is not done."""

    days: int
    idle: timedelta = timedelta(days=3)


def run(
    shifts: Sequence[Shift],
    clock: Clock,
    *,
    progress: Callable[[], Progress],
    night: Callable[[datetime], None],
    tell: Callable[[datetime, Progress], None],
    limits: Limits,
) -> bool:
    """Let everybody work until no task is open. Returns whether that was reached within the limits.

    `night` is called once for each simulated night that passes; `tell` at most once a simulated hour.
    """
    began = clock.now()
    queue = [(began + timedelta(seconds=3 * number), number) for number, _ in enumerate(shifts)]
    heapq.heapify(queue)
    next_night, next_word, worked_at = _next_night(began), began, began
    while queue:
        moment, number = heapq.heappop(queue)
        while moment >= next_night:
            clock.wait_until(next_night)
            night(next_night)
            next_night += timedelta(days=1)
        clock.wait_until(moment)
        now = clock.now()
        shift = shifts[number]
        before = shift.tally.annotations
        heapq.heappush(queue, (shift.next_step(now), number))
        if shift.tally.annotations > before:
            worked_at = now
        if now >= next_word or shift.idle_since_all_done:
            standing = progress()
            if standing.open == 0:
                tell(now, standing)
                return True
            if now >= next_word:
                tell(now, standing)
                next_word = now + timedelta(hours=1)
        if now - began > timedelta(days=limits.days) or now - worked_at > limits.idle:
            return False
    return False


def _next_night(moment: datetime) -> datetime:
    night = moment.replace(hour=NIGHT_HOUR_UTC, minute=0, second=0, microsecond=0)
    return night if night > moment else night + timedelta(days=1)
