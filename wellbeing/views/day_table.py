"""What a day and a week look like under a policy, as rows of a table."""

from dataclasses import dataclass

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
        items=f"{day.views:,}",
        work=_duration(day.spent_ms(Doing.WORK)),
        breaks=f"{day.breaks()}, {_duration(day.spent_ms(Doing.SHORT_BREAK, Doing.LONG_BREAK))}",
        off_screen=_duration(off_screen) if off_screen else "none",
        ends=f"after {_duration(day.ends_ms)}",
        week=f"{week_of(policy, mix)} of 7",
    )


def _duration(milliseconds: int) -> str:
    hours, minutes = divmod(round(milliseconds / 60_000), 60)
    return f"{hours} h {minutes:02d}" if hours else f"{minutes} min"
