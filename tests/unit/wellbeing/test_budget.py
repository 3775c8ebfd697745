from dataclasses import replace
from datetime import timedelta

from hypothesis import given
from hypothesis import strategies as st

from tests.unit.wellbeing.pretend import MORNING, ZONE
from wellbeing.domain.budget import Budget, Room, Sums, room, spent
from wellbeing.domain.day import day_of
from wellbeing.domain.policy import DEFAULTS
from wellbeing.domain.view import Holding

TODAY = day_of(MORNING, ZONE)
SOME = Holding(points_reserved=10, extreme_reserved=4, open_ms_reserved=1_000)


def test_room_is_what_the_nearest_limit_leaves():
    assert room(Sums(TODAY), TODAY, DEFAULTS) == Room(120_000, 30_000, 14_400_000)
    held = Sums(TODAY, {TODAY: SOME}, week_points=479_000, month_points=479_000)
    assert room(held, TODAY, DEFAULTS) == Room(1_000, 29_996, 14_399_000)
    assert room(Sums(TODAY, month_points=1_919_999), TODAY, DEFAULTS).points == 1
    assert room(Sums(TODAY, week_points=10**9), TODAY, DEFAULTS).points == 0


def test_what_is_not_added_to_cannot_be_short():
    spent = Room(0, 0, 0)
    assert spent.holds(Holding())
    assert spent.holds(Holding(points_reserved=-5))
    assert not spent.holds(Holding(points_reserved=1))
    assert not Room(9, 0, 9).holds(Holding(points_reserved=1, extreme_reserved=1))
    assert not Room(9, 9, 0).holds(Holding(points_reserved=1, open_ms_reserved=1))
    assert Room(1, 1, 1).holds(Holding(points_reserved=1, extreme_reserved=1, open_ms_reserved=1))


def test_a_change_of_an_older_view_counts_in_the_sums_it_belongs_to():
    sums = Sums(TODAY)
    for age, week, month in [(0, 10, 10), (6, 10, 10), (7, 0, 10), (27, 0, 10), (28, 0, 0)]:
        day = TODAY - timedelta(days=age)
        after = sums.plus(day, SOME)
        assert (after.week_points, after.month_points) == (week, month)
        assert after.of(day) == SOME


def test_days_leave_the_sums_one_after_the_other():
    sums = Sums(TODAY)
    for age, points in [(0, 1), (5, 10), (6, 100), (27, 1_000)]:
        sums = sums.plus(TODAY - timedelta(days=age), Holding(points_charged=points))
    found = [sums.as_of(TODAY + timedelta(days=ahead)) for ahead in (0, 1, 2, 7, 28)]
    assert [then.week_points for then in found] == [111, 11, 1, 0, 0]
    assert [then.month_points for then in found] == [1_111, 111, 111, 111, 0]


def test_which_budget_is_spent_is_the_longest_that_is_short():
    one = Holding(points_reserved=1_000, open_ms_reserved=1_000)
    sums = Sums(TODAY, week_points=479_001, month_points=479_001)
    assert spent(Sums(TODAY), TODAY, DEFAULTS, one) is None
    assert spent(sums, TODAY, DEFAULTS, one) is Budget.WEEK
    assert spent(replace(sums, month_points=1_919_001), TODAY, DEFAULTS, one) is Budget.MONTH
    minutes = Sums(TODAY, {TODAY: Holding(open_ms_charged=DEFAULTS.day_open_ms)})
    assert spent(minutes, TODAY, DEFAULTS, one) is Budget.DAY
    assert spent(sums, TODAY, DEFAULTS, Holding()) is None


@given(st.lists(st.integers(0, 200_000), max_size=5))
def test_more_held_is_never_more_room(amounts):
    sums, last = Sums(TODAY), room(Sums(TODAY), TODAY, DEFAULTS)
    for amount in amounts:
        sums = sums.plus(
            TODAY, Holding(points_charged=amount, extreme_charged=amount, open_ms_charged=amount)
        )
        now = room(sums, TODAY, DEFAULTS)
        assert now.points <= last.points
        assert now.extreme_points <= last.extreme_points
        assert now.open_ms <= last.open_ms
        last = now
