"""Disputing an entry of one's own record: what becomes of it."""

from enum import StrEnum

MOST_WORDS = 300  # characters of an officer's answer


class Outcome(StrEnum):
    """An officer put the entry right as asked, or left it as it was."""

    GRANTED = "granted"
    DECLINED = "declined"


def lacks_words(outcome: str, reason: str) -> bool:
    """Whether the person would be left without what the officer went by: declining says why, granting may."""
    return outcome == Outcome.DECLINED and not reason.strip()
