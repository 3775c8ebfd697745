"""Ramp-up: four weeks, a step back for each fortnight away, counted once."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wellbeing.domain.policy import DEFAULTS, NUMBERS, POINTS, is_looser
from wellbeing.domain.ramp import EXPERIENCED, Ramp, ramp_on, ramped

MONDAY = date(2026, 3, 2)


def on(days: int) -> date:
    return MONDAY + timedelta(days=days)


def test_it_begins_with_the_first_exposure():
    assert ramp_on(Ramp(), last_day=None, today=MONDAY) == Ramp(1, MONDAY)


@pytest.mark.parametrize(("days", "step"), [(0, 1), (6, 1), (7, 2), (13, 2), (14, 3), (21, 4), (300, 4)])
def test_a_week_is_a_step(days, step):
    found = ramp_on(Ramp(1, MONDAY), last_day=on(max(0, days - 1)), today=on(days))
    assert found.step == step


@pytest.mark.parametrize(
    ("step", "points", "severity"), [(1, 30_000, 2), (2, 60_000, 3), (3, 90_000, 3), (4, 120_000, 4)]
)
def test_what_each_step_allows(step, points, severity):
    policy = ramped(DEFAULTS, Ramp(step, MONDAY))
    assert (policy.day_points, Ramp(step).max_severity) == (points, severity)
    assert policy.week_points == DEFAULTS.week_points * points // 120_000
    assert all(getattr(policy, name) == getattr(DEFAULTS, name) for name in set(NUMBERS) - POINTS)


def test_thirteen_days_away_are_nothing():
    assert ramp_on(Ramp(4, MONDAY), last_day=on(30), today=on(43)).step == 4


@pytest.mark.parametrize(("away", "step"), [(14, 3), (27, 3), (28, 2), (42, 1), (400, 1)])
def test_each_fortnight_away_is_a_step_back(away, step):
    assert ramp_on(Ramp(4, MONDAY), last_day=on(30), today=on(30 + away)) == Ramp(step, on(30 + away))


def test_an_absence_counts_once_and_then_it_goes_up_again():
    back = ramp_on(Ramp(4, MONDAY), last_day=on(30), today=on(44))
    assert back == Ramp(3, on(44))
    assert ramp_on(back, last_day=on(30), today=on(44)) == back, "the same day, asked again"
    assert ramp_on(back, last_day=on(44), today=on(50)).step == 3
    assert ramp_on(back, last_day=on(50), today=on(51)).step == 4


def test_what_was_reached_before_the_absence_counts():
    """Two weeks in, then a fortnight away: from the third step back to the second, not from the first."""
    assert ramp_on(Ramp(1, MONDAY), last_day=on(14), today=on(28)) == Ramp(2, on(28))


def test_recognised_experience_is_not_taken_for_an_absence():
    """Recognised today; what was before that day is no absence from here on."""
    assert ramp_on(Ramp(4, on(100)), last_day=on(3), today=on(100)).step == 4
    assert ramp_on(EXPERIENCED, last_day=None, today=MONDAY).is_over


@given(step=st.integers(1, 4), last=st.integers(0, 60), today=st.integers(1, 120), more=st.integers(0, 60))
def test_longer_away_is_never_milder(step, last, today, more):
    ramp = Ramp(step, MONDAY)
    if last >= today:
        return
    one = ramp_on(ramp, last_day=on(last), today=on(today))
    assert 1 <= one.step <= 4
    assert one.since is not None
    assert one.since <= on(today)
    if (today - last) >= 14:
        longer = ramp_on(ramp, last_day=on(last), today=on(today + more))
        assert longer.step <= one.step
    assert not any(
        is_looser(name, getattr(ramped(DEFAULTS, one), name), getattr(DEFAULTS, name)) for name in NUMBERS
    )
