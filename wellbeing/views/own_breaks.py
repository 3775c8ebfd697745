"""How one's own breaks are told: in paid minutes."""

from datetime import datetime

from django.utils.translation import gettext, ngettext

from people.models import User
from people.speech import in_language
from wellbeing import interface
from wellbeing.domain.words import MINUTE_MS
from wellbeing.domain.words import minutes as minutes_in_words
from wellbeing.interface import BreakRow, Exposure

MOST_IN_A_DAY = 100


def paid_minutes_today(exposure: Exposure, person: User) -> int:
    """Whole minutes of breaks of the exposure's day, up to now."""
    return sum(_minutes(row, exposure.now) for row in breaks_today(exposure, person))


def breaks_today(exposure: Exposure, person: User) -> list[BreakRow]:
    """The breaks since the day turned, the latest first."""
    rows = interface.breaks_taken(person_id=person.pk, count=MOST_IN_A_DAY)
    return [row for row in rows if (exposure.turns_at - row.started_at).total_seconds() <= 86_400]


def in_words(exposure: Exposure, person: User) -> str:
    rows = breaks_today(exposure, person)
    if not rows:
        return gettext("No break yet today. Breaks are paid, also those that you take early.")
    minutes = paid_minutes_today(exposure, person)
    return ngettext(
        "One break today, {minutes} in all. It is paid.",
        "{count} breaks today, {minutes} in all. They are paid.",
        len(rows),
    ).format(count=len(rows), minutes=in_language(minutes_in_words(minutes * MINUTE_MS)))


def _minutes(row: BreakRow, now: datetime) -> int:
    return max(0, round((min(row.ends_at, now) - row.started_at).total_seconds() / 60))
