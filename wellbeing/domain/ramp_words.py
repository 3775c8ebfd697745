"""Ramp-up and rotation in words, for the person and for the officer."""

from dataclasses import dataclass
from datetime import date, timedelta

from wellbeing.domain.ramp import LAST_STEP, SEVERITIES, SHARES, STEP_DAYS, Ramp
from wellbeing.domain.stimulus import MODERATE, SEVERE

SHARE_WORDS = {250: "a quarter", 500: "half", 750: "three quarters", 1_000: "all"}
SEVERITY_WORDS = {MODERATE: "nothing above moderate", SEVERE: "nothing above severe"}
NUMBERS = {
    1: "one",
    2: "two",
    3: "three",
    4: "four",
    5: "five",
    6: "six",
    7: "seven",
    8: "eight",
    9: "nine",
    10: "ten",
}


def step_in_words(step: int) -> str:
    """ "Week 2 of 4: half of the daily limit, nothing above severe"."""
    if step == LAST_STEP:
        return "Past the first weeks: all of the daily limit, extreme content only by choice"
    share = SHARE_WORDS[SHARES[step - 1]]
    return f"Week {step} of {LAST_STEP}: {share} of the daily limit, {SEVERITY_WORDS[SEVERITIES[step - 1]]}"


def first_weeks(ramp: Ramp, today: date) -> str:
    """Where somebody stands, and when the next week begins."""
    said = step_in_words(ramp.step)
    if ramp.is_over:
        return f"{said}."
    if ramp.since is None:
        return f"{said}. The first week begins with the first task."
    begins = ramp.since + timedelta(days=STEP_DAYS)
    days = (begins - today).days
    return f"{said}. The next week begins {'tomorrow' if days == 1 else f'in {days} days'}."


@dataclass(frozen=True)
class RampOf:
    """Where somebody stands today. `has_begun`: something was shown to them before, or experience was recognised."""

    ramp: Ramp
    has_begun: bool
    today: date

    @property
    def in_words(self) -> str:
        return first_weeks(self.ramp if self.has_begun else Ramp(self.ramp.step), self.today)


def resting_in_words(category: str, days: int) -> str:
    run = "one working day" if days == 1 else f"{NUMBERS.get(days, days)} working days running"
    return f"{category} rests today: you have had it {run}."
