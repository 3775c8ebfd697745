"""Ramp-up: how much of the budget, and up to which severity, in the first four weeks and after an absence.

A week is seven days from the first exposure on, whether or not somebody works on each of them. Surprise raises the
impact of what is seen, and preparedness lowers it; the steps themselves are a policy choice (EVIDENCE 1b).
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from wellbeing.domain.policy import Policy, share_of_points, tightened
from wellbeing.domain.stimulus import EXTREME, MODERATE, SEVERE

SHARES = (250, 500, 750, 1_000)  # thousandths of every budget of points
SEVERITIES = (MODERATE, SEVERE, SEVERE, EXTREME)
FIRST_STEP, LAST_STEP = 1, 4
STEP_DAYS = 7
AWAY_DAYS = 14  # without any exposure: one step back


@dataclass(frozen=True)
class Ramp:
    """Where somebody stands: `step` 1 to 4, and the day on which it began; None before their first exposure."""

    step: int = FIRST_STEP
    since: date | None = None

    @property
    def is_over(self) -> bool:
        return self.step == LAST_STEP

    @property
    def max_severity(self) -> int:
        return SEVERITIES[self.step - 1]

    def over_on(self, today: date) -> date:
        """The day on which the last step begins if nobody stays away."""
        return (self.since or today) + timedelta(days=STEP_DAYS * (LAST_STEP - self.step))


EXPERIENCED = Ramp(LAST_STEP)


def ramp_on(ramp: Ramp, *, last_day: date | None, today: date) -> Ramp:
    """The ramp as it stands today. `last_day` is the last day before today on which anything was shown.

    Each full fortnight away is a step back, counted once: `since` is then the day of the return.
    """
    if ramp.since is None:
        return Ramp(ramp.step, today)
    # A day before `since` belongs to an absence that has been counted, or to the time before a recognition.
    if last_day is not None and last_day >= ramp.since:
        fortnights = (today - last_day).days // AWAY_DAYS
        if fortnights:
            before = _advanced(ramp, ramp.since, last_day)
            return Ramp(max(FIRST_STEP, before.step - fortnights), today)
    return _advanced(ramp, ramp.since, today)


def ramped(policy: Policy, ramp: Ramp) -> Policy:
    """The policy with the share of its points that this step allows. Breaks and minutes stay as they are."""
    return share_of_points(policy, SHARES[ramp.step - 1])


def held_to(shared: Policy, ramp: Ramp, own: Iterable[Mapping[str, int]]) -> Policy:
    """What somebody is held to: the share of the shared limits, and below it their own numbers as they chose them.

    `own` are the versions of their own limits that were in force at any moment of their day.
    """
    return tightened(ramped(shared, ramp), own)


@dataclass(frozen=True)
class LimitsAhead:
    """What the next days are held to, if nobody changes a limit: by then a loosening of today holds as well.

    `ramp` as it is stored, `last_day` the last day until now on which anything was shown.
    """

    shared: Policy
    own: Mapping[str, int]
    ramp: Ramp
    last_day: date | None

    def policy_on(self, day: date) -> Policy:
        return held_to(self.shared, ramp_on(self.ramp, last_day=self.last_day, today=day), [self.own])


def _advanced(ramp: Ramp, since: date, today: date) -> Ramp:
    steps = min(LAST_STEP - ramp.step, max(0, (today - since).days // STEP_DAYS))
    return Ramp(ramp.step + steps, since + timedelta(days=steps * STEP_DAYS))
