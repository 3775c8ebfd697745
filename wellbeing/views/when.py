"""Moments as the person's own clock shows them."""

from datetime import datetime
from zoneinfo import ZoneInfo

from django.utils.formats import date_format

from people.models import User


def moment_in_words(moment: datetime, person: User) -> str:
    """ "24 Nov, 13:52"."""
    return _written(moment, person, "MOMENT_FORMAT")


def day_in_words(moment: datetime, person: User) -> str:
    """ "24 November"."""
    return _written(moment, person, "MONTH_DAY_FORMAT")


def date_in_words(moment: datetime, person: User) -> str:
    """ "24 November 2026"."""
    return _written(moment, person, "DATE_FORMAT")


def full_moment_in_words(moment: datetime, person: User) -> str:
    """ "24 November 2026, 13:52"."""
    return _written(moment, person, "DATETIME_FORMAT")


def turn_in_words(moment: datetime, person: User) -> str:
    """ "Wednesday 04:00"."""
    return _written(moment, person, "l H:i")


def _written(moment: datetime, person: User, pattern: str) -> str:
    return date_format(moment.astimezone(ZoneInfo(person.time_zone)), pattern, use_l10n=True)
