"""Moments as the person's own clock shows them."""

from datetime import datetime
from zoneinfo import ZoneInfo

from people.models import User


def moment_in_words(moment: datetime, person: User) -> str:
    """ "24 Nov, 13:52"."""
    return f"{moment.astimezone(ZoneInfo(person.time_zone)):%-d %b, %H:%M}"
