"""On shift or not, by the calendar and the person's own wall clock."""

from datetime import UTC, date, datetime, time

import pytest

from wellbeing.domain.calendar import Leave, Shift, on_shift

DAY = Shift(0, time(9), time(17))  # Mondays
NIGHT = Shift(0, time(22), time(6))


def at(day: int, hour: int, minute: int = 0) -> datetime:
    return datetime(2026, 3, day, hour, minute, tzinfo=UTC)  # the 2nd is a Monday


def expected(shift, moment, *leaves, zone="UTC"):
    return on_shift(shifts=[shift], leaves=leaves, moment=moment, time_zone=zone)


@pytest.mark.parametrize(
    ("moment", "is_on"),
    [(at(2, 9), True), (at(2, 16, 59), True), (at(2, 17), False), (at(2, 8, 59), False), (at(3, 12), False)],
)
def test_a_day_shift_is_half_open(moment, is_on):
    assert expected(DAY, moment) is is_on


@pytest.mark.parametrize(
    ("moment", "is_on"),
    [(at(2, 23), True), (at(3, 5, 59), True), (at(3, 6), False), (at(2, 5), False), (at(3, 23), False)],
)
def test_a_night_shift_goes_on_to_the_next_morning(moment, is_on):
    assert expected(NIGHT, moment) is is_on


def test_nothing_in_the_calendar_is_not_known():
    assert on_shift(shifts=[], leaves=[], moment=at(2, 12), time_zone="UTC") is None


def test_leave_covers_whole_days_and_the_night_that_began_in_it():
    away = Leave(date(2026, 3, 2), date(2026, 3, 2))
    assert expected(DAY, at(2, 12), away) is False
    assert expected(NIGHT, at(3, 3), away) is False
    back = Leave(date(2026, 3, 3), date(2026, 3, 9))
    assert expected(NIGHT, at(3, 3), back) is True, "that night began before the leave"


def test_it_goes_by_the_persons_own_clock():
    assert expected(DAY, at(2, 7), zone="Africa/Nairobi") is True
    assert expected(DAY, at(2, 15), zone="Africa/Nairobi") is False
