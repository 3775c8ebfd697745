"""The one calm line about a change of limits."""

from collections.abc import Iterable
from datetime import datetime

from people.sentences import Sentence, dated, joined, sentence
from wellbeing.domain.policy_changes import NumberChange


def in_words(*, at: datetime, team: str, changes: Iterable[NumberChange], waits: bool) -> Sentence:
    """ "Limits changed on 24 November: the daily limit was 120 points and is 150 points (from tomorrow)."

    `at` by the reader's own clock. What is looser waits for the reader's next day; what is stricter never waits.
    """
    told = joined(
        "; ",
        [
            sentence("{change} (from tomorrow)", change=change.in_words)
            if waits and change.is_looser
            else change.in_words
            for change in changes
        ],
    )
    day = dated(at, "%-d %B", "MONTH_DAY_FORMAT")
    if team:
        return sentence("Limits of {team} changed on {day}: {changes}.", team=team, day=day, changes=told)
    return sentence("Limits changed on {day}: {changes}.", day=day, changes=told)
