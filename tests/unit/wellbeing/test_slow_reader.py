"""Reading slowly is nothing to hurry for: every item can be finished, at the same exposure a minute as anybody's."""

from datetime import timedelta
from itertools import pairwise

import pytest

from tests.unit.wellbeing.pretend import MORNING, opened_view
from wellbeing.domain.points import BASE_MS, THOUSAND
from wellbeing.domain.stimulus import Disclosure
from wellbeing.domain.view import settled, stepped
from wellbeing.domain.window import DECIDE_MS, PART_WORDS

SLOW, USUAL = 60, 120  # words a minute


def parts_of(words: int) -> list[int]:
    """How many words are shown after each part."""
    return [*range(PART_WORDS, words, PART_WORDS), words]


def read_through(words: int, pace: int):
    """Somebody who reads each part to its end, asks for the next, and decides in the time that is left for it."""
    shown = parts_of(words)
    view = opened_view(disclosure=Disclosure(shown[0], words), pace=pace)
    now = MORNING + timedelta(minutes=shown[0] / pace)
    for before, after in pairwise(shown):
        assert now <= view.window_ends_at, "a part was taken away before it was read"
        step = stepped(view, disclosure=Disclosure(after, words), words_per_minute=pace)
        assert step is not None
        view = step.after
        now += timedelta(minutes=(after - before) / pace)
    now += timedelta(milliseconds=DECIDE_MS)
    assert now <= view.window_ends_at, "no time was left to decide"
    return settled(view, verdict=2, now=now).after


@pytest.mark.parametrize("words", [1, 30, 80, 81, 160, 400, 2_000])
def test_sixty_words_a_minute_are_enough_for_every_item(words):
    assert read_through(words, SLOW).settled_at is not None


@pytest.mark.parametrize("words", [30, 80, 400, 2_000])
def test_a_minute_costs_a_slow_reader_what_it_costs_anybody(words):
    slow, usual = read_through(words, SLOW), read_through(words, USUAL)

    def a_minute(view):
        return view.charged / (BASE_MS + view.open_ms)

    assert slow.open_ms > usual.open_ms
    assert a_minute(slow) == pytest.approx(a_minute(usual), rel=1 / THOUSAND)
