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
    [
        (None, "No break due"),
        (0, "Break now"),
        (30, "Break in 1 minute"),
        (1_440, "Break in 24 minutes"),
        (1_441, "Break in 25 minutes"),
    ],
)
def test_how_far_the_next_break_is(seconds, text):
    assert words.next_break(seconds) == text


@pytest.mark.parametrize(
    ("seconds", "text"),
    [
        (600, "The break comes in ten minutes, or sooner after a few more tasks."),
        (541, "The break comes in ten minutes, or sooner after a few more tasks."),
        (20, "The break comes in 1 minute, or sooner after a few more tasks."),
        (601, "The break comes after a few more tasks."),
        (None, "The break comes after a few more tasks."),
    ],
)
def test_when_a_break_comes_that_was_put_off(seconds, text):
    assert words.break_moved(seconds) == text


@pytest.mark.parametrize(
    ("seconds", "text"),
    [
        (59, None),
        (60, "1 of 15 minutes was done already. It counts."),
        (325, "5 of 15 minutes were done already. They count."),
    ],
)
def test_what_of_a_due_break_is_over(seconds, text):
    assert words.rested_already(seconds * 1_000, 900_000) == text


def test_the_longer_break_is_told_beforehand():
    said = words.longer_break_coming(900_000)
    assert said == (
        "During this break the longer one comes due: fifteen minutes in all, and what you have rested counts."
    )
    assert len(said.split()) <= 20


@pytest.mark.parametrize(
    ("seconds", "first", "count"),
    [
        (600, "Ten minutes later", 10),
        (541, "Ten minutes later", 10),
        (540, "9 minutes later", 9),
        (400, "7 minutes later", 7),
        (20, "1 minute later", 1),
        (601, "A few tasks later", 1),
        (0, "A few tasks later", 1),
    ],
)
def test_the_button_says_what_moving_gives(seconds, first, count):
    offers = words.move_offers(seconds)
    assert (offers[0], len(offers)) == (first, count)
    for passed, offer in enumerate(offers[1:], start=1):
        assert offer == words.move_offers(seconds - 60 * passed)[0]
