"""Whether what a team can still be planned for today is low. It is about the plan, and says nothing of anybody."""

from collections.abc import Iterable
from dataclasses import dataclass

from wellbeing.domain.exposure import TeamExposure
from wellbeing.domain.groups import SMALLEST_GROUP
from wellbeing.domain.policy import PLANNED_DAY_POINTS

LOW_SHARE = 5  # below a fifth


@dataclass(frozen=True)
class LowCapacity:
    """Little is left to plan with. `points` (milli-EP) is None where fewer than five people make it up."""

    points: int | None


def low_capacity(people: Iterable[TeamExposure]) -> LowCapacity | None:
    """None while a fifth or more of the planned day is left, or nobody is at work.

    Those count whom the calendar has on shift, and everybody where no calendar is kept.
    """
    known = list(people)
    if any(one.on_shift is not None for one in known):
        known = [one for one in known if one.on_shift]
    planned = sum(min(PLANNED_DAY_POINTS, one.points.limit) for one in known)
    left = sum(one.plannable_points for one in known)
    if left * LOW_SHARE >= planned:
        return None
    return LowCapacity(left if len(known) >= SMALLEST_GROUP else None)
