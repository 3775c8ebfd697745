"""Rotation: a category at most so many working days running, then at least one without it.

Working with one category for long dulls the response to it, which is not obviously good (EVIDENCE 1b); the number of
days is a policy choice. A working day is a day on which anything was shown.
"""

from collections.abc import Iterable, Mapping
from datetime import date

LONGEST_RUN = 10  # days that are ever looked at; no setting is above it


def resting_categories(
    *, working_days: Iterable[date], met: Mapping[str, Iterable[date]], most_days: int
) -> frozenset[str]:
    """The categories that rest today: met on each of the last `most_days` working days before today.

    `working_days` are those days, the latest first; `met` says on which days each category was shown.
    """
    most_days = max(1, most_days)  # at none at all, a category once met would rest for ever
    run = list(working_days)[:most_days]
    if len(run) < most_days:
        return frozenset()
    return frozenset(category for category, days in met.items() if set(run) <= set(days))
