"""Figures, limits and weeks as people read them."""

from datetime import date

import pytest

from wellbeing.domain.figures import TITLES, TOO_FEW, key_in_words, value_in_words
from wellbeing.domain.groups import Kind, mondays, week_of
from wellbeing.domain.limit_words import WORDS, limit_in_words, value_of_limit
from wellbeing.domain.policy import NUMBERS


@pytest.mark.parametrize(
    ("kind", "value", "words"),
    [
        (Kind.POINTS_BY_SEVERITY, 61_500, "62"),
        (Kind.MINUTES_BY_SEVERITY, 3_600_000, "60"),
        (Kind.SHARE_BY_HOUR, 254, "25 %"),
        (Kind.SHARE_BY_CATEGORY, 0, "0 %"),
        (Kind.POINTS_BY_SEVERITY, None, TOO_FEW),
    ],
)
def test_a_value_as_it_is_read(kind: Kind, value: int | None, words: str) -> None:
    assert value_in_words(kind, value) == words


def test_a_line_as_it_is_read() -> None:
    names = {"threats": "Threats"}

    assert key_in_words(Kind.POINTS_BY_SEVERITY, "3", names) == "severe"
    assert key_in_words(Kind.SHARE_BY_HOUR, "4", names) == "04:00"
    assert key_in_words(Kind.SHARE_BY_CATEGORY, "threats", names) == "Threats"
    assert key_in_words(Kind.SHARE_BY_CATEGORY, "gone", names) == "gone"
    assert key_in_words(Kind.SHARE_BY_CATEGORY, "", names) == "other categories"


def test_every_kind_and_every_limit_has_its_words() -> None:
    assert set(TITLES) == set(Kind)
    assert set(WORDS) == set(NUMBERS)
    assert limit_in_words("of_tomorrow") == "of_tomorrow"


@pytest.mark.parametrize(
    ("name", "number", "words"),
    [
        ("day_points", 120_000, "120 points"),
        ("day_points", 30_500, "30.5 points"),
        ("micro_length_ms", 300_000, "5 minutes"),
        ("category_days", 5, "5 days"),
        ("of_tomorrow", 7, "7"),
    ],
)
def test_a_limit_as_it_is_read(name: str, number: int, words: str) -> None:
    assert value_of_limit(name, number) == words


def test_weeks_begin_on_monday() -> None:
    assert week_of(date(2026, 11, 29)) == date(2026, 11, 23)
    assert mondays(date(2026, 11, 1), date(2026, 12, 1)) == [
        date(2026, 11, day) for day in (2, 9, 16, 23, 30)
    ]
    assert mondays(date(2026, 6, 1), date(2026, 6, 2)) == [date(2026, 6, 1)]
