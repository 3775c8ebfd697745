"""What a day and a week look like under a policy, as rows of a table."""

from dataclasses import dataclass

from django.utils.translation import gettext, pgettext

from people.speech import number_in_words
from wellbeing.domain.policy import Policy
from wellbeing.domain.typical_day import MIXES, Doing, Mix, typical_day, week_of


@dataclass(frozen=True)
class DayLine:
    """One kind of work under one policy, in words."""

    items: str
    work: str
    breaks: str
    off_screen: str
    ends: str
    week: str


@dataclass(frozen=True)
class DayRow:
    """One kind of work as it stands, and as it is proposed."""

    name: str
    now: DayLine
    proposed: DayLine | None


def day_table(standing: Policy, proposed: Policy | None = None) -> list[DayRow]:
    return [
        DayRow(mix.name, _line(standing, mix), None if proposed is None else _line(proposed, mix))
        for mix in MIXES
    ]


def _line(policy: Policy, mix: Mix) -> DayLine:
    day = typical_day(policy, mix)
    off_screen = day.spent_ms(Doing.OFF_SCREEN)
    return DayLine(
        items=number_in_words(day.views),
        work=_duration(day.spent_ms(Doing.WORK)),
        breaks=f"{day.breaks()}, {_duration(day.spent_ms(Doing.SHORT_BREAK, Doing.LONG_BREAK))}",
        off_screen=_duration(off_screen) if off_screen else pgettext("time", "none"),
        ends=gettext("after {duration}").format(duration=_duration(day.ends_ms)),
        week=gettext("{days} of 7").format(days=week_of(policy, mix)),
    )


def _duration(milliseconds: int) -> str:
    hours, minutes = divmod(round(milliseconds / 60_000), 60)
    if hours:
        return gettext("{hours} h {minutes}").format(hours=hours, minutes=f"{minutes:02d}")
    return gettext("{minutes} min").format(minutes=minutes)
