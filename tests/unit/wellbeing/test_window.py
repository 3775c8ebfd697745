from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.unit.wellbeing.pretend import MORNING
from wellbeing.domain.window import between_ms, first_window_ms, later, least_ms, reading_ms


@pytest.mark.parametrize(
    ("words", "pace", "seconds"),
    [(80, 120, 60), (0, 120, 30), (20, 120, 30), (30, 120, 35), (1_000, 120, 180), (80, 40, 140)],
)
def test_a_window_is_reading_time_and_twenty_seconds_within_bounds(words, pace, seconds):
    assert first_window_ms(words, pace) == seconds * 1_000


def test_nobody_is_held_to_read_faster_than_200_words_or_slower_than_40():
    assert reading_ms(200, 400) == reading_ms(200, 200) == 60_000
    assert reading_ms(40, 1) == reading_ms(40, 40) == 60_000


@given(words=st.integers(0, 500), pace=st.integers(1, 1_000))
def test_a_window_is_never_shorter_than_the_least_it_will_cost(words, pace):
    assert first_window_ms(words, pace) >= least_ms(words)


def test_time_between_is_rounded_up_and_never_negative():
    assert between_ms(MORNING, MORNING + timedelta(microseconds=1)) == 1
    assert between_ms(MORNING, later(MORNING, 1_500)) == 1_500
    assert between_ms(later(MORNING, 5), MORNING) == 0
