"""The break clock: when a break is due, and when it is over.

A stretch begins with the first reveal after a pause and ends with the next pause. A pause is time in which nothing was
open, claimed or submitted; a lunch counts as one without any click, and a refused request does not end it.
"""

from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum

from wellbeing.domain.policy import HARD_STRETCH_MS, MOVE_MS, MOVE_POINTS, Policy
from wellbeing.domain.window import between_ms, later


class BreakKind(StrEnum):
    """The length of a break. Whether it was due, wished for, or a stop is not kept."""

    MICRO = "micro"
    LONG = "long"


@dataclass(frozen=True)
class BreakClock:
    """Where a person stands between two pauses. `micro_moved`: the due break was moved once in this stretch."""

    last_activity_at: datetime | None = None
    stretch_started_at: datetime | None = None
    long_stretch_started_at: datetime | None = None
    micro_moved: bool = False
    long_moved: bool = False


@dataclass(frozen=True)
class DueBreak:
    """A break that has to be taken before anything new is claimed or revealed; over at `until` if nothing is done."""

    kind: BreakKind
    until: datetime
    length_ms: int


@dataclass(frozen=True)
class NextBreak:
    """How far the next break is, by the clock and by points: whichever is reached first."""

    kind: BreakKind
    at: datetime
    points_left: int


@dataclass(frozen=True)
class ComingBreak:
    """The longer break, `length_ms` in all, that comes due at `at` while a shorter one runs. Rest before it counts."""

    at: datetime
    length_ms: int


def rested(clock: BreakClock, now: datetime, policy: Policy) -> BreakClock:
    """The clock as it reads at `now`: a pause that was long enough has ended its stretch."""
    last = clock.last_activity_at
    if last is None:
        return BreakClock()
    if now >= later(last, policy.micro_length_ms):
        clock = replace(clock, stretch_started_at=None, micro_moved=False)
    if now >= later(last, policy.long_length_ms):
        clock = replace(clock, long_stretch_started_at=None, long_moved=False)
    return clock


def active(clock: BreakClock, at: datetime) -> BreakClock:
    """Something was open, claimed or submitted at `at`. Times never run backwards."""
    last = clock.last_activity_at
    return replace(clock, last_activity_at=at if last is None else max(last, at))


def revealing(clock: BreakClock, at: datetime) -> BreakClock:
    """A reveal at `at`: activity, and the start of a stretch when none runs."""
    return replace(
        active(clock, at),
        stretch_started_at=clock.stretch_started_at or at,
        long_stretch_started_at=clock.long_stretch_started_at or at,
    )


def due(clock: BreakClock, now: datetime, points: int, long_points: int, policy: Policy) -> DueBreak | None:
    """The break that is due at `now`, the longer one if both are.

    `clock` is already rested; `points` and `long_points` are those of the views of the two stretches, in milli-EP.
    """
    last = clock.last_activity_at
    if last is None:
        return None
    if _reached(clock.long_stretch_started_at, now, policy.long_after_ms, clock.long_moved) or (
        clock.long_stretch_started_at is not None
        and long_points >= _moved(policy.long_after_points, MOVE_POINTS, clock.long_moved)
    ):
        until = later(last, policy.long_length_ms)
        return DueBreak(BreakKind.LONG, until, policy.long_length_ms)
    if _reached(clock.stretch_started_at, now, policy.micro_after_ms, clock.micro_moved) or (
        clock.stretch_started_at is not None
        and points >= _moved(policy.micro_after_points, MOVE_POINTS, clock.micro_moved)
    ):
        until = later(last, policy.micro_length_ms)
        return DueBreak(BreakKind.MICRO, until, policy.micro_length_ms)
    return None


def upcoming(
    clock: BreakClock, now: datetime, points: int, long_points: int, policy: Policy
) -> NextBreak | None:
    """The break that comes first by the clock, with the points left until the nearer one.

    After a rest that ended the short stretch alone it is the longer one, where that comes before a new short one could;
    otherwise None between stretches.
    """
    if clock.long_stretch_started_at is None:
        return None
    long_at = later(clock.long_stretch_started_at, _moved(policy.long_after_ms, MOVE_MS, clock.long_moved))
    long_left = _moved(policy.long_after_points, MOVE_POINTS, clock.long_moved) - long_points
    if clock.stretch_started_at is None:
        is_first = long_at <= later(now, policy.micro_after_ms)
        return NextBreak(BreakKind.LONG, long_at, max(0, long_left)) if is_first else None
    micro_at = later(clock.stretch_started_at, _moved(policy.micro_after_ms, MOVE_MS, clock.micro_moved))
    micro_left = _moved(policy.micro_after_points, MOVE_POINTS, clock.micro_moved) - points
    kind = BreakKind.LONG if long_at <= micro_at or long_left < micro_left else BreakKind.MICRO
    return NextBreak(kind, min(micro_at, long_at), max(0, min(micro_left, long_left)))


def coming_longer(clock: BreakClock, until: datetime, policy: Policy) -> ComingBreak | None:
    """The longer break that comes due by `until`, the end of a shorter one, though nothing is done meanwhile.

    Its clock runs on through a shorter break: only a rest of the longer one's length stops it.
    """
    start, last = clock.long_stretch_started_at, clock.last_activity_at
    if start is None or last is None:
        return None
    at = later(start, _moved(policy.long_after_ms, MOVE_MS, clock.long_moved))
    is_rested_before = at >= later(last, policy.long_length_ms)
    return None if at > until or is_rested_before else ComingBreak(at, policy.long_length_ms)


def passes_hard_stretch(clock: BreakClock, window_ends_at: datetime) -> bool:
    """Whether a window would run past the longest stretch that any setting allows without a pause."""
    start = clock.stretch_started_at
    return start is not None and between_ms(start, window_ends_at) > HARD_STRETCH_MS


def move_due(
    clock: BreakClock, now: datetime, points: int, long_points: int, policy: Policy
) -> BreakClock | None:
    """The clock after the person moved what is due; None if nothing is due, or moving it again would not help.

    Each break can be moved once in its stretch. When both are due, both are moved.
    """
    first = due(clock, now, points, long_points, policy)
    if first is None:
        return None
    clock = _with_moved(clock, first.kind)
    second = due(clock, now, points, long_points, policy)
    if second is not None and second.kind is not first.kind:
        clock = _with_moved(clock, second.kind)
    return clock if due(clock, now, points, long_points, policy) is None else None


def movable_until(
    clock: BreakClock, now: datetime, points: int, long_points: int, policy: Policy
) -> datetime | None:
    """Until when the person can still move what is due at `now`; None if they cannot."""
    if move_due(clock, now, points, long_points, policy) is None:
        return None
    stretches = (
        (clock.stretch_started_at, policy.micro_after_ms),
        (clock.long_stretch_started_at, policy.long_after_ms),
    )
    return min(later(start, after_ms + MOVE_MS) for start, after_ms in stretches if start is not None)


def moved_to(
    clock: BreakClock, now: datetime, points: int, long_points: int, policy: Policy
) -> datetime | None:
    """When the next break comes by the clock if what is due is moved now; None if it cannot be, or the clock brings none."""
    moved = move_due(clock, now, points, long_points, policy)
    following = None if moved is None else upcoming(moved, now, points, long_points, policy)
    return None if following is None else following.at


def length_ms(kind: BreakKind, policy: Policy) -> int:
    return policy.long_length_ms if kind is BreakKind.LONG else policy.micro_length_ms


def _with_moved(clock: BreakClock, kind: BreakKind) -> BreakClock:
    return replace(clock, long_moved=True) if kind is BreakKind.LONG else replace(clock, micro_moved=True)


def _moved(threshold: int, by: int, is_moved: bool) -> int:
    return threshold + by if is_moved else threshold


def _reached(start: datetime | None, now: datetime, after_ms: int, is_moved: bool) -> bool:
    return start is not None and now >= later(start, _moved(after_ms, MOVE_MS, is_moved))
