"""Moments as the person's own clock shows them."""

from datetime import datetime, timedelta

from django.utils.formats import date_format
from django.utils.translation import gettext

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


def coming_turn_in_words(moment: datetime, person: User, *, now: datetime) -> str:
    """ "today at 23:00", "tomorrow at 04:00", "Wednesday at 04:00"; "9 Dec, 04:00" where the name of the day could mean
    an earlier one. For "from …" and "until …"."""
    if moment - now >= timedelta(days=6):
        return moment_in_words(moment, person)
    time = time_in_words(moment, person)
    days = (moment.astimezone(person.zone).date() - now.astimezone(person.zone).date()).days
    if days == 0:
        return gettext("today at {time}").format(time=time)
    if days == 1:
        return gettext("tomorrow at {time}").format(time=time)
    return gettext("{weekday} at {time}").format(weekday=_written(moment, person, "l"), time=time)


def time_in_words(moment: datetime, person: User) -> str:
    """ "23:00"."""
    return _written(moment, person, "H:i")


def _written(moment: datetime, person: User, pattern: str) -> str:
    return date_format(moment.astimezone(person.zone), pattern, use_l10n=True)
