from dataclasses import replace
from datetime import timedelta

import pytest

from tests.unit.wellbeing.pretend import MORNING
from wellbeing.domain import breaks
from wellbeing.domain.breaks import BreakClock, BreakKind, DueBreak
from wellbeing.domain.policy import DEFAULTS

MINUTE = timedelta(minutes=1)


def clock(minutes, *, long_minutes=None, idle=0.0, **moved):
    """Somebody `minutes` into a stretch at MORNING, whose last activity was `idle` minutes ago."""
    long_minutes = minutes if long_minutes is None else long_minutes
    return BreakClock(
        last_activity_at=MORNING - idle * MINUTE,
        stretch_started_at=MORNING - minutes * MINUTE,
        long_stretch_started_at=MORNING - long_minutes * MINUTE,
        **moved,
    )


def due(standing, points=0, long_points=0):
    found = breaks.due(standing, MORNING, points, long_points, DEFAULTS)
    return None if found is None else (found.kind, (found.until - MORNING) / MINUTE)


@pytest.mark.parametrize(
    ("standing", "points", "long_points", "expected"),
    [
        (BreakClock(), 10**6, 10**6, None),
        (clock(49.9), 29_999, 59_999, None),
        (clock(50), 0, 0, (BreakKind.MICRO, 5)),
        (clock(50, idle=2), 0, 0, (BreakKind.MICRO, 3)),
        (clock(1), 30_000, 0, (BreakKind.MICRO, 5)),
        (clock(59.9, micro_moved=True), 34_999, 0, None),
        (clock(60, micro_moved=True), 0, 0, (BreakKind.MICRO, 5)),
        (clock(1, micro_moved=True), 35_000, 0, (BreakKind.MICRO, 5)),
        (clock(10, long_minutes=119.9), 0, 59_999, None),
        (clock(10, long_minutes=120), 0, 0, (BreakKind.LONG, 15)),
        (clock(10, long_minutes=20), 0, 60_000, (BreakKind.LONG, 15)),
        (clock(55, long_minutes=125), 31_000, 61_000, (BreakKind.LONG, 15)),
        (clock(10, long_minutes=129.9, long_moved=True), 0, 64_999, None),
        (clock(10, long_minutes=130, long_moved=True), 0, 0, (BreakKind.LONG, 15)),
        (clock(55, long_minutes=125, long_moved=True), 0, 0, (BreakKind.MICRO, 5)),
    ],
)
def test_when_a_break_is_due(standing, points, long_points, expected):
    assert due(standing, points, long_points) == expected


def test_between_stretches_points_of_the_past_are_nothing():
    rested = BreakClock(last_activity_at=MORNING)
    assert due(rested, 50_000, 100_000) is None


def test_a_pause_of_five_minutes_ends_the_stretch_and_fifteen_the_long_one():
    tired = clock(55, long_minutes=125, idle=4.99, micro_moved=True, long_moved=True)
    assert breaks.rested(tired, MORNING, DEFAULTS) == tired
    after_five = breaks.rested(clock(55, long_minutes=125, idle=5, micro_moved=True), MORNING, DEFAULTS)
    assert (after_five.stretch_started_at, after_five.micro_moved) == (None, False)
    assert after_five.long_stretch_started_at is not None
    after_fifteen = breaks.rested(clock(55, long_minutes=125, idle=15, long_moved=True), MORNING, DEFAULTS)
    assert (after_fifteen.long_stretch_started_at, after_fifteen.long_moved) == (None, False)


def test_who_was_never_active_has_no_stretch():
    odd = BreakClock(stretch_started_at=MORNING, long_stretch_started_at=MORNING)
    assert breaks.rested(odd, MORNING, DEFAULTS) == BreakClock()


def test_activity_never_runs_backwards():
    assert breaks.active(BreakClock(), MORNING).last_activity_at == MORNING
    assert breaks.active(BreakClock(MORNING), MORNING - MINUTE).last_activity_at == MORNING


def test_a_reveal_begins_a_stretch_once():
    first = breaks.revealing(BreakClock(), MORNING)
    assert first == BreakClock(MORNING, MORNING, MORNING)
    second = breaks.revealing(first, MORNING + MINUTE)
    assert second == BreakClock(MORNING + MINUTE, MORNING, MORNING)


def move(standing, points=0, long_points=0):
    return breaks.move_due(standing, MORNING, points, long_points, DEFAULTS)


def test_a_due_break_moves_once():
    moved = move(clock(51))
    assert moved is not None
    assert moved.micro_moved
    assert not moved.long_moved
    assert move(moved) is None, "not due any more, so there is nothing to move"
    assert move(clock(61, micro_moved=True)) is None


@pytest.mark.parametrize(
    ("standing", "minutes"),
    [
        (clock(51), 9),
        (clock(59.5), 0.5),
        (clock(60), None),
        (clock(40), None),
        (clock(51, micro_moved=True), None),
        (clock(41, long_minutes=121), 9),
        (clock(56, long_minutes=121), 4),
        (replace(clock(1, long_minutes=125), stretch_started_at=None), 5),
        (clock(130), None),
    ],
)
def test_until_when_a_due_break_can_be_moved(standing, minutes):
    until = breaks.movable_until(standing, MORNING, 0, 0, DEFAULTS)
    assert until == (None if minutes is None else MORNING + minutes * MINUTE)
    for second in range(0, 900, 30):
        now = MORNING + timedelta(seconds=second)
        can = breaks.move_due(standing, now, 0, 0, DEFAULTS) is not None
        assert until is None or can == (now < until)


@pytest.mark.parametrize(
    ("standing", "points", "minutes"),
    [
        (clock(51), 0, 9),
        (clock(40), 31_000, 20),  # due by points alone: the clock would bring it later
        (clock(47, long_minutes=121), 0, 3),  # the short one comes before the moved one
        (replace(clock(1, long_minutes=125), stretch_started_at=None), 0, 5),
        (replace(clock(1, long_minutes=70), stretch_started_at=None), 61_000, None),
        (clock(51, micro_moved=True), 0, None),
        (clock(61), 0, None),
    ],
)
def test_when_a_moved_break_comes(standing, points, minutes):
    long_points = 0 if standing.stretch_started_at else points
    found = breaks.moved_to(standing, MORNING, points - long_points, long_points, DEFAULTS)
    assert found == (None if minutes is None else MORNING + minutes * MINUTE)


def test_moving_is_refused_when_it_would_not_be_enough():
    assert move(clock(20), points=35_000) is None
    assert move(clock(61)) is None


def test_when_both_are_due_both_move():
    moved = move(clock(51, long_minutes=121))
    assert moved is not None
    assert moved.micro_moved
    assert moved.long_moved
    only_long = move(clock(10, long_minutes=121))
    assert only_long is not None
    assert not only_long.micro_moved


def test_a_long_break_that_was_moved_does_not_move_again_through_a_short_one():
    assert move(clock(10, long_minutes=131, long_moved=True)) is None


def test_what_comes_next():
    assert breaks.upcoming(BreakClock(MORNING), MORNING, 0, 0, DEFAULTS) is None
    soon = breaks.upcoming(clock(40), MORNING, 10_000, 10_000, DEFAULTS)
    assert soon is not None
    assert (soon.kind, soon.at, soon.points_left) == (BreakKind.MICRO, MORNING + 10 * MINUTE, 20_000)
    by_time = breaks.upcoming(clock(1, long_minutes=119), MORNING, 0, 0, DEFAULTS)
    assert by_time is not None
    assert (by_time.kind, by_time.at) == (BreakKind.LONG, MORNING + MINUTE)
    by_points = breaks.upcoming(clock(1, long_minutes=60), MORNING, 0, 59_000, DEFAULTS)
    assert by_points is not None
    assert (by_points.kind, by_points.points_left) == (BreakKind.LONG, 1_000)
    past = breaks.upcoming(clock(1), MORNING, 31_000, 0, DEFAULTS)
    assert past is not None
    assert past.points_left == 0


@pytest.mark.parametrize(
    ("standing", "comes_in"),
    [
        (clock(10, long_minutes=116), 4),
        (clock(10, long_minutes=115), 5),
        (clock(10, long_minutes=114.9), None),
        (clock(10, long_minutes=126, long_moved=True), 4),
        (clock(10, long_minutes=118, idle=12), 2),
        (clock(10, long_minutes=118, idle=13), None),  # rested long enough as it would come due
        (replace(clock(0, long_minutes=118), stretch_started_at=None), 2),
        (BreakClock(MORNING), None),
    ],
)
def test_the_longer_break_comes_due_while_a_short_one_runs(standing, comes_in):
    found = breaks.coming_longer(standing, MORNING + 5 * MINUTE, DEFAULTS)
    assert (found and (found.at - MORNING) / MINUTE) == comes_in
    if found is None:
        return
    before, then = (
        breaks.due(breaks.rested(standing, at, DEFAULTS), at, 0, 0, DEFAULTS)
        for at in (found.at - timedelta(seconds=1), found.at)
    )
    assert before is None
    assert then is not None
    assert (then.kind, then.length_ms) == (BreakKind.LONG, found.length_ms)


@pytest.mark.parametrize(
    ("long_minutes", "long_moved", "comes_in"),
    [(119, False, 1), (128, True, 2), (70, False, 50), (69, False, None)],
)
def test_after_a_short_rest_the_longer_break_comes_next(long_minutes, long_moved, comes_in):
    rested = replace(clock(0, long_minutes=long_minutes, long_moved=long_moved), stretch_started_at=None)
    found = breaks.upcoming(rested, MORNING, 0, 0, DEFAULTS)
    assert (found and (found.kind, found.at)) == (
        None if comes_in is None else (BreakKind.LONG, MORNING + comes_in * MINUTE)
    )


def test_no_window_runs_past_seventy_minutes():
    assert not breaks.passes_hard_stretch(BreakClock(), MORNING)
    assert not breaks.passes_hard_stretch(clock(60), MORNING + 10 * MINUTE)
    assert breaks.passes_hard_stretch(clock(60), MORNING + 10.01 * MINUTE)


def test_lengths():
    assert breaks.length_ms(BreakKind.MICRO, DEFAULTS) == 300_000
    assert breaks.length_ms(BreakKind.LONG, DEFAULTS) == 900_000
    assert DueBreak(BreakKind.MICRO, MORNING, 1).length_ms == 1
