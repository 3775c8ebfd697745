"""Disputes: nobody is declined without a word."""

import pytest

from wellbeing.domain.dispute import Outcome, lacks_words


@pytest.mark.parametrize(
    ("outcome", "reason", "lacking"),
    [
        (Outcome.DECLINED, "", True),
        (Outcome.DECLINED, " \n", True),
        (Outcome.DECLINED, "It was read in full.", False),
        (Outcome.GRANTED, "", False),
    ],
)
def test_declining_says_why(outcome: Outcome, reason: str, lacking: bool) -> None:
    assert lacks_words(outcome, reason) is lacking
