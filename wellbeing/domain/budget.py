"""What is left of a person's budgets. Points in milli-EP, open time in milliseconds."""

from dataclasses import dataclass, field, replace
from datetime import date
from enum import StrEnum

from wellbeing.domain.policy import Policy
from wellbeing.domain.view import Holding

WEEK_DAYS, MONTH_DAYS = 7, 28


class Budget(StrEnum):
    """What can be spent: the day's points or minutes, or the points of 7 or of 28 days."""

    DAY = "day"
    WEEK = "week"
    MONTH = "month"


@dataclass(frozen=True)
class Sums:
    """What a person's days hold: each day that matters on its own, and the last 7 and 28 days together.

    The 7 and 28 days end with `today`. A day that is not in `days` holds nothing. `points_of_days` are the points of
    each of the 28 days. `policy_week_points` are without the person's own weights.
    """

    today: date
    days: dict[date, Holding] = field(default_factory=dict)
    points_of_days: dict[date, int] = field(default_factory=dict)
    week_points: int = 0
    month_points: int = 0
    policy_week_points: int = 0

    def of(self, day: date) -> Holding:
        return self.days.get(day, Holding())

    def plus(self, day: date, difference: Holding) -> "Sums":
        """The sums after a view of that day changed."""
        age = (self.today - day).days
        return replace(
            self,
            days={**self.days, day: self.of(day).plus(difference)},
            points_of_days={**self.points_of_days, day: self.points_of_days.get(day, 0) + difference.points},
            week_points=self.week_points + (difference.points if age < WEEK_DAYS else 0),
            month_points=self.month_points + (difference.points if age < MONTH_DAYS else 0),
            policy_week_points=self.policy_week_points + (difference.policy_points if age < WEEK_DAYS else 0),
        )

    def as_of(self, day: date) -> "Sums":
        """The sums on a later day, if nothing is added until then: one day after the other leaves them."""
        return Sums(
            today=day,
            days=self.days,
            points_of_days=self.points_of_days,
            week_points=self._points_of_last(WEEK_DAYS, day),
            month_points=self._points_of_last(MONTH_DAYS, day),
        )

    def _points_of_last(self, count: int, last: date) -> int:
        return sum(points for day, points in self.points_of_days.items() if (last - day).days < count)


@dataclass(frozen=True)
class Room:
    """What may still be reserved; never negative."""

    points: int
    extreme_points: int
    open_ms: int

    def holds(self, difference: Holding) -> bool:
        """Whether a change fits. What it does not add to cannot be short: benign work passes a spent budget."""
        return (
            (difference.points <= 0 or difference.points <= self.points)
            and (difference.extreme <= 0 or difference.extreme <= self.extreme_points)
            and (difference.open_ms <= 0 or difference.open_ms <= self.open_ms)
        )


def room(sums: Sums, day: date, policy: Policy) -> Room:
    """What is left for a view of `day`: of that day, of 7 days and of 28, whichever is least."""
    held = sums.of(day)
    points = min(
        policy.day_points - held.points,
        policy.week_points - sums.week_points,
        policy.month_points - sums.month_points,
    )
    return Room(
        points=max(0, points),
        extreme_points=max(0, policy.day_extreme_points - held.extreme),
        open_ms=max(0, policy.day_open_ms - held.open_ms),
    )


def spent(sums: Sums, day: date, policy: Policy, difference: Holding) -> Budget | None:
    """The budget for which a change of a view of `day` is too much, the longest of several; None if it fits."""
    if room(sums, day, policy).holds(difference):
        return None
    if 0 < difference.points > policy.month_points - sums.month_points:
        return Budget.MONTH
    if 0 < difference.points > policy.week_points - sums.week_points:
        return Budget.WEEK
    return Budget.DAY
