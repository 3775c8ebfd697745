from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wellbeing.domain.day import ZoneChange, day_of, start_of, turn_after

START = datetime(2020, 1, 1, tzinfo=UTC)
ZONES = ["UTC", "Africa/Nairobi", "Europe/Berlin", "America/New_York", "Asia/Kathmandu", "Pacific/Apia"]


@pytest.mark.parametrize(
    ("zone", "moment", "day"),
    [
        ("UTC", datetime(2026, 3, 2, 3, 59, 59, tzinfo=UTC), date(2026, 3, 1)),
        ("UTC", datetime(2026, 3, 2, 4, 0, tzinfo=UTC), date(2026, 3, 2)),
        ("Africa/Nairobi", datetime(2026, 3, 2, 0, 59, tzinfo=UTC), date(2026, 3, 1)),
        ("Africa/Nairobi", datetime(2026, 3, 2, 1, 0, tzinfo=UTC), date(2026, 3, 2)),
        # The night in which Berlin's clocks go forward from two to three, and back.
        ("Europe/Berlin", datetime(2026, 3, 29, 1, 59, tzinfo=UTC), date(2026, 3, 28)),
        ("Europe/Berlin", datetime(2026, 3, 29, 2, 0, tzinfo=UTC), date(2026, 3, 29)),
        ("Europe/Berlin", datetime(2026, 10, 25, 2, 59, tzinfo=UTC), date(2026, 10, 24)),
        ("Europe/Berlin", datetime(2026, 10, 25, 3, 0, tzinfo=UTC), date(2026, 10, 25)),
    ],
)
def test_a_day_turns_at_four_by_the_persons_own_clock(zone, moment, day):
    assert day_of(moment, zone) == day


@given(
    zone=st.sampled_from(ZONES),
    moment=st.integers(0, 10 * 365 * 24 * 60).map(lambda minutes: START + timedelta(minutes=minutes)),
)
def test_turns_and_days_agree(zone, moment):
    day = day_of(moment, zone)
    turn = turn_after(day, zone)
    assert moment < turn
    assert day_of(turn, zone) == day + timedelta(days=1)
    assert day_of(turn - timedelta(microseconds=1), zone) == day


@pytest.mark.parametrize(
    ("wanted", "begins"),
    [
        ("Asia/Tokyo", datetime(2026, 3, 4, 4, tzinfo=UTC)),  # at the change it has been that day for hours
        ("America/Los_Angeles", datetime(2026, 3, 4, 12, tzinfo=UTC)),
    ],
)
def test_a_day_after_a_change_of_zone_begins_by_the_new_one(wanted, begins):
    change = ZoneChange(wanted, datetime(2026, 3, 4, 4, tzinfo=UTC))
    assert start_of(date(2026, 3, 3), "UTC", change) == datetime(2026, 3, 3, 4, tzinfo=UTC)
    assert start_of(date(2026, 3, 4), "UTC", change) == begins
    assert start_of(date(2026, 3, 5), "UTC", change) == turn_after(date(2026, 3, 4), wanted)
