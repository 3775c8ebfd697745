"""A day played by the rules: DESIGN section 6 says what it should come to, and no policy makes it longer than allowed."""

from dataclasses import replace
from functools import cache

import pytest

from wellbeing.domain.policy import CEILING, DEFAULTS, NUMBERS, strictest
from wellbeing.domain.ramp import Ramp
from wellbeing.domain.typical_day import (
    MIXES,
    UNRATED,
    Doing,
    End,
    Mix,
    Stretch,
    clock_time,
    typical_day,
    week_of,
)

MILD, MODERATE, SEVERE, MIXED = MIXES
MINUTE = 60_000


@cache
def day_of(mix: Mix, **changes: int):
    return typical_day(replace(DEFAULTS, **changes), mix)


# "What a day is then (20 s open, 10 s card)": views, and hours with breaks but without rests between severe items.
@pytest.mark.parametrize(
    ("mix", "views", "minutes"), [(MILD, 411, 230), (MODERATE, 206, 130), (SEVERE, 103, 76)]
)
def test_a_day_is_what_the_design_says(mix: Mix, views: int, minutes: int) -> None:
    day = day_of(mix)
    assert day.end is End.LIMIT
    assert day.views == pytest.approx(views, rel=0.03)
    assert (day.ends_ms - day.spent_ms(Doing.OFF_SCREEN)) / MINUTE == pytest.approx(minutes, rel=0.05)


def test_a_mix_fills_a_shift_of_four_hours() -> None:
    day = day_of(MIXED)
    assert day.spent_ms(Doing.WORK) / MINUTE == pytest.approx(240, rel=0.05)
    assert day.end is End.LIMIT


def test_a_severe_day_has_a_minute_off_the_screen_after_every_third_item() -> None:
    day = day_of(SEVERE)
    rests = sum(stretch.doing is Doing.OFF_SCREEN for stretch in day.stretches)
    assert day.views // 3 - day.breaks() <= rests <= day.views // 3


def test_nothing_severe_in_the_first_week_and_a_quarter_of_the_rest() -> None:
    first = Ramp(1, None)
    assert typical_day(DEFAULTS, SEVERE, first).end is End.NOTHING
    assert typical_day(DEFAULTS, SEVERE, first).views == 0
    assert typical_day(DEFAULTS, MODERATE, first).points <= 30_000
    assert typical_day(DEFAULTS, MODERATE, first).views == pytest.approx(51, abs=2)


def test_what_nobody_has_rated_is_set_aside_as_moderate_and_charged_as_found() -> None:
    rated, unrated = day_of(MIXED), day_of(UNRATED)
    assert unrated.points == pytest.approx(rated.points, rel=0.02)
    assert unrated.views <= rated.views, "the last ones are refused earlier"


LONG_DAYS = [pytest.param(mix, marks=pytest.mark.slow) for mix in (MILD, MIXED, UNRATED)]


@pytest.mark.parametrize("mix", [MODERATE, SEVERE, *LONG_DAYS], ids=lambda mix: mix.name)
def test_no_stretch_of_work_is_longer_than_the_policy_allows(mix: Mix) -> None:
    day = day_of(mix, micro_after_ms=20 * MINUTE)
    work = 0
    for stretch in day.stretches:
        if stretch.doing in {Doing.WORK, Doing.OFF_SCREEN}:
            work += stretch.ends_ms - stretch.starts_ms
            assert work <= 21 * MINUTE
        else:
            work = 0
    assert all(
        one.ends_ms == other.starts_ms for one, other in zip(day.stretches, day.stretches[1:], strict=False)
    )


@pytest.mark.slow
@pytest.mark.parametrize("name", NUMBERS)
@pytest.mark.parametrize("mix", MIXES, ids=lambda mix: mix.name)
def test_a_looser_number_never_takes_anything_from_the_day(name: str, mix: Mix) -> None:
    looser = strictest([replace(DEFAULTS, **{name: getattr(CEILING, name)})])
    assert typical_day(looser, mix).points >= day_of(mix).points - 1_200  # the last item may not fit


def test_a_day_of_nothing_is_no_day() -> None:
    day = day_of(MODERATE, day_points=0)
    assert (day.views, day.ends_ms, day.end) == (0, 0, End.NOTHING)
    assert week_of(replace(DEFAULTS, day_points=0), MODERATE) == 7


def test_four_whole_days_fit_into_seven() -> None:
    assert week_of(DEFAULTS, MODERATE) == 4


def test_the_clock_of_the_page() -> None:
    assert clock_time(130 * MINUTE) == "11:10"
    assert day_of(MODERATE).stretches[0] == Stretch(Doing.WORK, 0, 26 * MINUTE, 52, 30_368)


def test_four_hours_that_pass_while_a_card_is_read_end_severe_work_there() -> None:
    """Cleared a moment before, refused a moment after: nothing is shown, and the day is over."""
    nothing_found = Mix("feared more than it was", (0,), expected=3)
    day = day_of(nothing_found, micro_length_ms=307_000)

    assert day.end is End.LIMIT
    assert day.ends_ms == 240 * MINUTE + 1_000
    assert day.stretches[-1].doing is Doing.WORK


def test_harmless_work_fills_the_shift_and_no_day_ends_with_a_rest() -> None:
    assert day_of(Mix("harmless", (0,))).end is End.SHIFT
    spent = day_of(MODERATE, day_points=30_000, micro_after_points=29_000)
    assert (spent.end, spent.stretches[-1].doing, spent.breaks()) == (End.LIMIT, Doing.WORK, 0)
