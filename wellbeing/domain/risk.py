"""Somebody may be in danger: what became of a report, in words for the person who made it."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from people.sentences import sentence


class RiskOutcome(StrEnum):
    """What came of a report, of this list: nothing about anybody else is written down here."""

    PASSED_ON = "passed_on"
    KNOWN = "known"
    NO_DANGER = "no_danger"
    UNKNOWN = "unknown"

    @property
    def in_words(self) -> str:
        return OUTCOME_WORDS[self]


OUTCOME_WORDS = {
    RiskOutcome.PASSED_ON: sentence("We passed it on to people who can help."),
    RiskOutcome.KNOWN: sentence("It was known already, and somebody is taking care of it."),
    RiskOutcome.NO_DANGER: sentence("We looked into it, and nobody is in danger as far as we can tell."),
    RiskOutcome.UNKNOWN: sentence("We could not find out who it is about. You were right to tell us."),
}


@dataclass(frozen=True)
class RiskItem:
    """How to find what a report is about: words, and an address for whoever may open it. Nothing of what it says."""

    words: str
    href: str = ""


FindItem = Callable[[str, int], RiskItem | None]
"""Given an occasion and the id of the person who looks: where it is, None when that is not known any more."""


@dataclass(frozen=True)
class RiskReport:
    """A report as it is shown. `item` is for those who answer it; `outcome` is empty while it is open."""

    id: str
    at: datetime
    reported_by: str
    item: RiskItem | None
    outcome: str
    outcome_at: datetime | None
