"""A category rests after its days running, for a working day without it."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wellbeing.domain.rotation import resting_categories

TODAY = date(2026, 3, 9)
# Five working days with a weekend in between.
DAYS = [TODAY - timedelta(days=ago) for ago in (3, 4, 5, 6, 7)]


def test_five_working_days_running_and_it_rests():
    assert resting_categories(working_days=DAYS, met={"V": DAYS, "H": DAYS[:4]}, most_days=5) == {"V"}


def test_a_day_without_it_breaks_the_run():
    without = [day for day in DAYS if day != DAYS[2]]
    assert resting_categories(working_days=DAYS, met={"V": without}, most_days=5) == set()


def test_the_day_after_the_rest_it_is_back():
    rested = [TODAY, *DAYS]  # today was worked without V
    assert resting_categories(working_days=rested, met={"V": DAYS}, most_days=5) == set()


def test_few_days_are_no_run():
    assert resting_categories(working_days=DAYS[:4], met={"V": DAYS}, most_days=5) == set()
    assert resting_categories(working_days=[], met={}, most_days=5) == set()


def test_no_setting_makes_a_category_rest_for_ever():
    assert resting_categories(working_days=[TODAY], met={"V": DAYS}, most_days=0) == set()


@given(met=st.lists(st.sampled_from(DAYS)), fewer=st.integers(1, 4))
def test_a_stricter_number_of_days_never_rests_less(met, fewer):
    loose = resting_categories(working_days=DAYS, met={"V": met}, most_days=5)
    strict = resting_categories(working_days=DAYS, met={"V": met}, most_days=fewer)
    assert loose <= strict


@pytest.mark.parametrize("most_days", [1, 3, 5])
def test_what_was_never_met_never_rests(most_days):
    assert resting_categories(working_days=DAYS, met={}, most_days=most_days) == set()
