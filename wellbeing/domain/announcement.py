"""The one calm line about a change of limits."""

from collections.abc import Iterable
from datetime import datetime

from wellbeing.domain.policy_changes import NumberChange


def in_words(*, at: datetime, team: str, changes: Iterable[NumberChange], waits: bool) -> str:
    """ "Limits changed on 24 November: the daily limit was 120 points and is 150 points (from tomorrow)."

    `at` by the reader's own clock. What is looser waits for the reader's next day; what is stricter never waits.
    """
    told = "; ".join(
        f"{change.in_words}{' (from tomorrow)' if waits and change.is_looser else ''}" for change in changes
    )
    whose = f"Limits of {team}" if team else "Limits"
    return f"{whose} changed on {at:%-d %B}: {told}."
