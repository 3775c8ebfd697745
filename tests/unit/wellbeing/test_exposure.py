from dataclasses import replace
from datetime import timedelta

from tests.unit.wellbeing.pretend import MORNING, holding_today, situation
from wellbeing.domain.breaks import BreakClock, BreakKind
from wellbeing.domain.exposure import Amount, exposure_at, gauge_of, team_exposure_at
from wellbeing.domain.policy import DEFAULTS

MINUTE = timedelta(minutes=1)


def test_amounts():
    assert Amount(30, 120).left == 90
    assert Amount(200, 120).left == 0
    assert Amount(30, 120).percent == 25


def test_somebody_fresh():
    seen = exposure_at(situation())
    assert (seen.points, seen.open_ms) == (Amount(0, 120_000), Amount(0, 14_400_000))
    assert (seen.next_break, seen.next_break_seconds, seen.due_break) == (None, None, None)
    assert (seen.in_words, seen.break_in_words) == ("Nothing yet of today's limit", "No break due")
    assert not seen.can_move_break
    assert not seen.is_spent


def test_somebody_at_work():
    start = MORNING - 20 * MINUTE
    seen = exposure_at(
        situation(clock=BreakClock(MORNING, start, start), sums=holding_today(40_000, 2_000, 600_000))
    )
    assert seen.in_words == "About a third of today's limit"
    assert seen.next_break_seconds == 30 * 60
    assert seen.break_in_words == "Break in 30 minutes"
    assert (seen.extreme_points.used, seen.week_points.used, seen.month_points.used) == (
        2_000,
        40_000,
        40_000,
    )
    gauge = gauge_of(seen)
    assert (gauge.percent, gauge.in_words) == (33, seen.in_words)


def test_a_due_break_can_be_moved_once():
    start = MORNING - 51 * MINUTE
    due = situation(clock=BreakClock(MORNING, start, start))
    seen = exposure_at(due)
    assert seen.due_break is not None
    assert seen.due_break.kind is BreakKind.MICRO
    assert (seen.next_break_seconds, seen.break_in_words, seen.can_move_break) == (0, "Break now", True)
    moved = exposure_at(replace(due, clock=replace(due.clock, micro_moved=True)))
    assert (moved.due_break, moved.can_move_break, moved.next_break_seconds) == (None, False, 9 * 60)


def test_a_spent_day():
    seen = exposure_at(situation(sums=holding_today(DEFAULTS.day_points)))
    assert seen.is_spent
    assert seen.in_words == "All of today's limit"


def test_whose_limit_it_is():
    """An own one only where it is what ends the day: what stands for everybody would leave more."""
    own = replace(DEFAULTS, day_points=50_000)
    spent = situation(policy=own, shared_policy=DEFAULTS, sums=holding_today(50_000))
    assert exposure_at(spent).is_spent
    assert exposure_at(spent).is_own_limit
    assert exposure_at(replace(spent, sums=holding_today(20_000))).is_own_limit
    for shared in (
        replace(spent, shared_policy=own),
        replace(spent, shared_policy=None),
        replace(spent, sums=holding_today(DEFAULTS.day_points)),
        replace(spent, sums=holding_today(1_000, open_ms=DEFAULTS.day_open_ms // 2)),
    ):
        assert not exposure_at(shared).is_own_limit


def test_open_time_is_told_when_it_is_nearer_its_limit_than_the_points():
    seen = exposure_at(situation(sums=holding_today(12_000, open_ms=DEFAULTS.day_open_ms // 2)))
    assert (seen.percent, seen.in_words) == (50, "About half of today's limit")
    assert gauge_of(seen).percent == 50


def test_a_day_of_four_hours_is_spent_without_a_point():
    seen = exposure_at(situation(sums=holding_today(open_ms=DEFAULTS.day_open_ms)))
    assert seen.is_spent
    assert seen.in_words == "All of today's limit"


def test_planners_count_on_less_than_the_limit():
    assert team_exposure_at(situation(sums=holding_today(26_000))).plannable_points == 70_000
    assert team_exposure_at(situation(sums=holding_today(100_000))).plannable_points == 0
    tired = replace(holding_today(0), policy_week_points=DEFAULTS.week_points - 5_000)
    assert team_exposure_at(situation(sums=tired)).plannable_points == 5_000
    late = situation(sums=holding_today(0, open_ms=DEFAULTS.day_open_ms))
    assert team_exposure_at(late).plannable_points == 0, "four hours are four hours"
    strict = situation(policy=replace(DEFAULTS, day_points=50_000))
    assert team_exposure_at(strict).plannable_points == 50_000
