"""Ramp-up and rotation in words, for the person and for the officer."""

from dataclasses import dataclass
from datetime import date, timedelta

from people.sentences import Sentence, counted, sentence
from wellbeing.domain.ramp import LAST_STEP, SEVERITIES, SHARES, STEP_DAYS, Ramp
from wellbeing.domain.stimulus import MODERATE, SEVERE

PAST = sentence("Past the first weeks: all of the daily limit, extreme content only by choice")

SHARE_WORDS = {
    250: sentence("a quarter of the daily limit"),
    500: sentence("half of the daily limit"),
    750: sentence("three quarters of the daily limit"),
}
SEVERITY_WORDS = {MODERATE: sentence("nothing above moderate"), SEVERE: sentence("nothing above severe")}


def step_in_words(step: int) -> Sentence:
    """ "Week 2 of 4: half of the daily limit, nothing above severe"."""
    if step == LAST_STEP:
        return PAST
    return sentence(
        "Week {step} of {last}: {share}, {severity}",
        step=step,
        last=LAST_STEP,
        share=SHARE_WORDS[SHARES[step - 1]],
        severity=SEVERITY_WORDS[SEVERITIES[step - 1]],
    )


def first_weeks(ramp: Ramp, today: date) -> Sentence:
    """Where somebody stands, and when the next week begins."""
    said = step_in_words(ramp.step)
    if ramp.is_over:
        return sentence("{step}.", step=said)
    if ramp.since is None:
        return sentence("{step}. The first week begins with the first task.", step=said)
    days = (ramp.since + timedelta(days=STEP_DAYS) - today).days
    return counted(
        "{step}. The next week begins tomorrow.",
        "{step}. The next week begins in {count} days.",
        days,
        step=said,
    )


def extreme_waits(ramp: Ramp, today: date) -> Sentence | None:
    """What agreeing to extreme content brings in the first weeks: nothing yet. None after them."""
    if ramp.is_over:
        return None
    return counted(
        "Extreme content waits until your first weeks are over, tomorrow. Now: {severity}.",
        "Extreme content waits until your first weeks are over, in {count} days. Now: {severity}.",
        (ramp.over_on(today) - today).days,
        severity=SEVERITY_WORDS[ramp.max_severity],
    )


@dataclass(frozen=True)
class RampOf:
    """Where somebody stands today. `has_begun`: something was shown to them before, or experience was recognised."""

    ramp: Ramp
    has_begun: bool
    today: date

    @property
    def in_words(self) -> Sentence:
        return first_weeks(self.ramp if self.has_begun else Ramp(self.ramp.step), self.today)


def resting_in_words(category: str, days: int) -> Sentence:
    return counted(
        "{category} rests today: you have had it one working day.",
        "{category} rests today: you have had it {count} working days running.",
        days,
        category=category,
    )
