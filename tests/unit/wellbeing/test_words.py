import pytest

from wellbeing.domain import words
from wellbeing.domain.breaks import BreakKind
from wellbeing.domain.clearance import RefusalCode


@pytest.mark.parametrize(
    ("points", "limit", "text"),
    [
        (0, 120, "Nothing yet of today's limit"),
        (1, 120, "Almost nothing of today's limit"),
        (12, 120, "About a tenth of today's limit"),
        (24, 120, "About a fifth of today's limit"),
        (30, 120, "About a quarter of today's limit"),
        (40, 120, "About a third of today's limit"),
        (60, 120, "About half of today's limit"),
        (80, 120, "About two thirds of today's limit"),
        (90, 120, "About three quarters of today's limit"),
        (110, 120, "Most of today's limit"),
        (119, 120, "Nearly all of today's limit"),
        (120, 120, "All of today's limit"),
        (500, 120, "All of today's limit"),
        (0, 0, "All of today's limit"),
    ],
)
def test_a_share_in_words(points, limit, text):
    assert words.share_of_limit(points, limit) == text


def test_every_refusal_says_why_and_what_to_do():
    assert set(words.REFUSALS) == {code.value for code in RefusalCode}
    for text in [*words.REFUSALS.values(), words.HARD_STRETCH]:
        assert text.count(". ") >= 1
        assert not {"stimulus", "clearance", "EP", "points"} & set(text.replace(".", "").split())


@pytest.mark.parametrize(
    ("kind", "length", "text"),
    [
        (BreakKind.MICRO, 300_000, "a break of five minutes"),
        (BreakKind.LONG, 900_000, "a longer break of fifteen minutes"),
        (BreakKind.MICRO, 420_000, "a break of 7 minutes"),
    ],
)
def test_a_due_break_says_how_long(kind, length, text):
    assert text in words.break_due(kind, length)


@pytest.mark.parametrize(
    ("seconds", "text"),
    [(None, "No break due"), (0, "Break now"), (30, "Break in 1 minute"), (1_499, "Break in 24 minutes")],
)
def test_how_far_the_next_break_is(seconds, text):
    assert words.next_break(seconds) == text
