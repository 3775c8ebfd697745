"""Telling those concerned that their limits changed. Nothing is kept for it: the versions say it all."""

from people.models import User
from wellbeing.domain.announcement import in_words
from wellbeing.queries.policies import policy_changes


def announcements_for(*, person: User) -> list[str]:
    """A line for each change of the last fortnight that concerns this person, the latest first. One statement."""
    return [
        in_words(
            at=change.at.astimezone(person.zone), team=change.team, changes=change.changes, waits=change.waits
        )
        for change in policy_changes(person=person)
    ]
