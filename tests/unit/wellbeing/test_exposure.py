from dataclasses import replace
from datetime import timedelta

import pytest

from tests.unit.wellbeing.pretend import MORNING, ZONE, holding_today, situation
from wellbeing.domain.breaks import BreakClock, BreakKind
from wellbeing.domain.budget import Budget, Sums
from wellbeing.domain.day import day_of, turn_after
from wellbeing.domain.exposure import Amount, exposure_at, gauge_of, team_exposure_at
from wellbeing.domain.policy import DEFAULTS
from wellbeing.domain.ramp import EXPERIENCED, LimitsAhead, Ramp, ramped
from wellbeing.domain.view import Holding

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


def after_days_of(points, count=5, *, since=1):
    """Somebody who has had so much on each of `count` days, the last of them `since` days ago."""
    today = day_of(MORNING, ZONE)
    sums = Sums(today)
    for ago in range(since, since + count):
        sums = sums.plus(today - timedelta(days=ago), Holding(points_charged=points))
    return sums


@pytest.mark.parametrize(
    ("sums", "spent", "opens", "words"),
    [
        (holding_today(120_000), Budget.DAY, 1, "All of today's limit"),
        # Tomorrow all five days of 96 are still within seven: the first leaves the day after.
        (after_days_of(96_000), Budget.WEEK, 2, "The limit of seven days is reached"),
        (after_days_of(240_000, count=2), Budget.WEEK, 5, "The limit of seven days is reached"),
        (after_days_of(96_000, count=20, since=7), Budget.MONTH, 2, "The limit of four weeks is reached"),
        (holding_today(1_920_000), Budget.MONTH, 28, "The limit of four weeks is reached"),
    ],
)
def test_which_budget_is_spent_and_when_something_fits_again(sums, spent, opens, words):
    seen = exposure_at(situation(sums=sums))
    assert (seen.spent, seen.in_words) == (spent, words)
    assert seen.opens_at == turn_after(seen.day + timedelta(days=opens - 1), ZONE)
    assert (gauge_of(seen).spent, gauge_of(seen).is_spent) == (spent, True)


def test_a_limit_that_leaves_no_room_on_any_day_names_no_day():
    nothing = situation(policy=replace(DEFAULTS, day_points=0), sums=holding_today(10_000))
    assert exposure_at(nothing).opens_at is None
    assert exposure_at(situation()).opens_at is None


def test_a_limit_raised_today_counts_from_tomorrow_on():
    """The own week of 100 is raised to what everybody has: that opens the next day, not the day on which 96 leave."""
    held = situation(policy=replace(DEFAULTS, week_points=100_000), sums=holding_today(100_000))
    assert exposure_at(held).opens_at == turn_after(held.today + timedelta(days=6), ZONE)
    raised = replace(held, ahead=LimitsAhead(DEFAULTS, {}, EXPERIENCED, last_day=held.today))
    assert exposure_at(raised).opens_at == turn_after(held.today, ZONE)


def test_the_share_of_the_first_weeks_grows_while_somebody_waits():
    """A week of 120 of 480 is spent; the second week of the ramp begins in three days and leaves twice as much."""
    since = day_of(MORNING, ZONE) - timedelta(days=4)
    ramp = Ramp(1, since)
    found = situation(
        policy=ramped(DEFAULTS, ramp),
        sums=after_days_of(30_000, count=4),
        ahead=LimitsAhead(DEFAULTS, {}, ramp, last_day=since + timedelta(days=3)),
    )
    assert exposure_at(found).opens_at == turn_after(found.today + timedelta(days=2), ZONE)


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
