from dataclasses import asdict

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wellbeing.domain.policy import (
    CEILING,
    DEFAULTS,
    HARD_STRETCH_MS,
    MOVE_MS,
    NUMBERS,
    Policy,
    PolicyError,
    as_numbers,
    check_numbers,
    combined,
    is_looser,
    loosened,
    strictest,
    with_numbers,
)
from wellbeing.domain.window import LONGEST_MS


def policies():
    """Any policy within the ceilings."""

    def number(name):
        ceiling = getattr(CEILING, name)
        return st.integers(ceiling, ceiling * 4) if name.endswith("length_ms") else st.integers(0, ceiling)

    return st.builds(Policy, **{name: number(name) for name in NUMBERS})


def test_defaults_are_the_designs():
    assert asdict(DEFAULTS) == {
        "day_points": 120_000,
        "day_open_ms": 240 * 60_000,
        "day_extreme_points": 30_000,
        "week_points": 480_000,
        "month_points": 1_920_000,
        "micro_after_ms": 50 * 60_000,
        "micro_after_points": 30_000,
        "micro_length_ms": 5 * 60_000,
        "long_after_ms": 120 * 60_000,
        "long_after_points": 60_000,
        "long_length_ms": 15 * 60_000,
        "category_days": 5,
    }


def test_defaults_are_within_the_ceiling():
    assert strictest([DEFAULTS]) == DEFAULTS
    assert (CEILING.day_points, CEILING.week_points) == (240_000, 960_000)


def test_no_setting_reaches_seventy_minutes_without_a_pause():
    assert CEILING.micro_after_ms + MOVE_MS + LONGEST_MS <= HARD_STRETCH_MS == 70 * 60_000
    assert CEILING.micro_length_ms == 5 * 60_000


@given(st.lists(policies(), max_size=4))
def test_the_strictest_is_at_least_as_strict_as_each_of_them(many):
    result = strictest(many)
    assert all(
        not is_looser(name, getattr(result, name), getattr(one, name)) for one in many for name in NUMBERS
    )
    assert strictest(reversed(many)) == result
    assert strictest([result, *many]) == result


@given(policies(), st.lists(policies(), max_size=3))
def test_teams_can_only_tighten_what_the_organisation_set(organisation, teams):
    result = combined([as_numbers(organisation)], [as_numbers(team) for team in teams])
    assert not loosened(organisation, as_numbers(result))


def test_a_team_alone_does_not_loosen_the_defaults():
    assert combined([], [{"day_points": 200_000}]) == DEFAULTS
    assert combined([], [{"day_points": 90_000}]).day_points == 90_000


def test_an_organisation_may_be_looser_than_the_defaults_up_to_the_ceiling():
    assert combined([{"day_points": 200_000}]).day_points == 200_000
    assert combined([{"day_points": 300_000}]).day_points == CEILING.day_points


def test_numbers_of_a_later_version_are_left_out():
    assert with_numbers(DEFAULTS, {"something_new": 1}) == DEFAULTS


@pytest.mark.parametrize(
    ("numbers", "problem"),
    [
        ({"day_points": 240_001}, "ceiling"),
        ({"micro_length_ms": 299_999}, "ceiling"),
        ({"long_length_ms": 24 * 60 * 60_000 + 1}, "longer than a day"),
        ({"day_points": -1}, "whole number"),
        ({"day_points": 1.5}, "whole number"),
        ({"day_points": True}, "whole number"),
        ({"day_points": "many"}, "whole number"),
        ({"severity_weights": 1}, "no such limit"),
    ],
)
def test_impossible_numbers_are_refused_by_name(numbers, problem):
    with pytest.raises(PolicyError, match=problem) as caught:
        check_numbers(numbers)
    assert list(caught.value.problems) == list(numbers)


def test_good_numbers_pass():
    assert check_numbers({"day_points": 1, "long_length_ms": 10**7}) == {
        "day_points": 1,
        "long_length_ms": 10**7,
    }


def test_looser_is_more_exposure_or_less_rest():
    assert loosened(DEFAULTS, {"day_points": 120_001, "micro_length_ms": 300_001}) == ["day_points"]
    assert loosened(DEFAULTS, {"long_length_ms": 600_000, "week_points": 1}) == ["long_length_ms"]
