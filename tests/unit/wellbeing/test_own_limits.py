"""Own limits in the first weeks: the share is of what others set; of the share and the own number the lower holds."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.unit.wellbeing.pretend_life import a_life
from wellbeing.domain.policy import CEILING, DEFAULTS, NUMBERS, POINTS, Scope, combined, is_looser
from wellbeing.domain.ramp import SHARES, Ramp, held_to, ramped

FIRST_WEEK = Ramp(1)


@pytest.mark.parametrize(
    ("own", "held"),
    [(6_000, 6_000), (0, 0), (30_000, 30_000), (60_000, 30_000), (120_000, 30_000), (200_000, 30_000)],
    ids=["below", "nothing", "the same", "between", "all of it", "above"],
)
def test_the_lower_of_the_share_and_the_own_number_holds(own, held):
    assert held_to(DEFAULTS, FIRST_WEEK, [{"day_points": own}]).day_points == held


@pytest.mark.parametrize("name", sorted(POINTS))
def test_it_is_the_same_for_each_budget_of_points(name):
    share = getattr(DEFAULTS, name) // 4
    for own, held in ((share // 5, share // 5), (share * 2, share), (share * 5, share)):
        policy = held_to(DEFAULTS, FIRST_WEEK, [{name: min(own, getattr(CEILING, name))}])
        assert getattr(policy, name) == held
        others = [other for other in NUMBERS if other != name]
        assert all(getattr(policy, other) == getattr(ramped(DEFAULTS, FIRST_WEEK), other) for other in others)


@pytest.mark.parametrize(("step", "held"), [(1, 30_000), (2, 50_000), (3, 50_000), (4, 50_000)])
def test_an_own_number_holds_from_the_week_on_that_allows_more(step, held):
    assert held_to(DEFAULTS, Ramp(step), [{"day_points": 50_000}]).day_points == held


def test_a_teams_number_stays_ramped():
    team = combined([{}], [{"day_points": 40_000}])
    assert held_to(team, FIRST_WEEK, []).day_points == 10_000
    assert held_to(team, FIRST_WEEK, [{"day_points": 20_000}]).day_points == 10_000
    assert held_to(team, FIRST_WEEK, [{"day_points": 6_000}]).day_points == 6_000


def test_of_all_own_versions_of_the_day_the_strictest_holds():
    assert (
        held_to(DEFAULTS, FIRST_WEEK, [{"day_points": 8_000}, {"day_points": 6_000}, {}]).day_points == 6_000
    )


def test_an_own_limit_of_the_middle_of_the_day_holds_at_once_and_its_raise_tomorrow():
    life = a_life()
    assert life.read().policy.day_points == 30_000
    life.wait(3 * 3_600)
    life.say(Scope.PERSON, {"day_points": 6_000})
    assert life.read().policy.day_points == 6_000
    life.wait(3_600)
    life.say(Scope.PERSON, {"day_points": 20_000})
    assert life.read().policy.day_points == 6_000
    life.say(Scope.PERSON, {})
    assert life.read().policy.day_points == 6_000, "however often one asks"
    life.wait(86_400)
    assert life.read().policy.day_points == 30_000


def numbers():
    return st.dictionaries(st.sampled_from(sorted(POINTS)), st.integers(0, DEFAULTS.day_extreme_points))


@given(team=numbers(), own=st.lists(numbers(), max_size=3), step=st.integers(1, len(SHARES)))
def test_never_looser_than_the_share_of_what_others_set_nor_than_any_own_number(team, own, step):
    shared = combined([{}], [team])
    policy, share = held_to(shared, Ramp(step), own), ramped(shared, Ramp(step))
    for name in NUMBERS:
        chosen = [version[name] for version in own if name in version]
        assert getattr(policy, name) == min([getattr(share, name), *chosen])
        assert not is_looser(name, getattr(policy, name), getattr(share, name))
