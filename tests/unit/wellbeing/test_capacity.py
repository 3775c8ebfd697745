"""Low capacity: less than a fifth of the planned day, of those at work."""

from datetime import date

from wellbeing.domain.capacity import LowCapacity, low_capacity
from wellbeing.domain.exposure import Amount, TeamExposure


def one(plannable: int, on_shift: bool | None = None, *, limit: int = 120_000) -> TeamExposure:
    nothing = Amount(0, 1)
    return TeamExposure(
        person_id=1,
        day=date(2026, 11, 24),
        points=Amount(0, limit),
        open_ms=nothing,
        week_points=nothing,
        plannable_points=plannable,
        on_shift=on_shift,
        in_words="",
    )


def test_a_fifth_of_the_planned_day_is_enough() -> None:
    assert low_capacity([one(19_200)] * 5) is None
    assert low_capacity([one(19_199)] * 5) == LowCapacity(5 * 19_199)


def test_those_on_shift_count_where_a_calendar_is_kept() -> None:
    rested, spent = one(96_000, False), one(1_000, True)

    assert low_capacity([rested, *[spent] * 5]) == LowCapacity(5_000)
    assert low_capacity([one(96_000), *[spent] * 5]) == LowCapacity(5_000)
    assert low_capacity([one(96_000, True), spent]) is None


def test_everybody_counts_where_none_is_kept() -> None:
    assert low_capacity([one(96_000), *[one(1_000)] * 5]) is not None
    assert low_capacity([one(96_000), one(1_000)]) is None


def test_of_fewer_than_five_there_is_no_number() -> None:
    assert low_capacity([one(0)] * 4) == LowCapacity(None)
    assert low_capacity([*[one(0, True)] * 4, *[one(0, False)] * 9]) == LowCapacity(None)


def test_nobody_at_work_is_no_news() -> None:
    assert low_capacity([]) is None
    assert low_capacity([one(0, False)] * 6) is None


def test_a_stricter_limit_makes_a_smaller_plan() -> None:
    assert low_capacity([one(12_000, limit=60_000)] * 5) is None
