from datetime import timedelta

from hypothesis import given
from hypothesis import strategies as st

from tests.unit.wellbeing.pretend import MORNING, ZONE
from wellbeing.domain.budget import Room, Sums, room
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
