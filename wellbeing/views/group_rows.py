"""The published figures of a team's week, as tables and pictures."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from wellbeing.domain.figures import TITLES, key_in_words, value_in_words
from wellbeing.domain.groups import Kind
from wellbeing.models import GroupWeek
from wellbeing.views.days_chart import BASE, TALLEST, WIDEST, WIDTH, DayBar, DaysChart

# Under more bars than that not each has room for a name.
NAMED_BARS = 8


@dataclass(frozen=True)
class FigureRow:
    """One line of a table. `value` is what is read in it, `amount` what its bar is drawn from; 0 where hidden."""

    name: str
    value: str
    amount: int


@dataclass(frozen=True)
class FigureTable:
    """One table of a team's week with its picture. `hidden` names the lines that have too few people to show."""

    title: str
    of: str
    unit: str
    rows: tuple[FigureRow, ...]
    hidden: str
    chart: DaysChart


@dataclass(frozen=True)
class TeamWeek:
    """One team's week. `id` goes into the page's headings."""

    id: int
    name: str
    tables: tuple[FigureTable, ...]


def team_weeks_of(figures: Sequence[GroupWeek], *, categories: Mapping[str, str]) -> list[TeamWeek]:
    """The figures of one week, a team after the other as they come."""
    by_team: dict[int, list[GroupWeek]] = {}
    for figure in figures:
        by_team.setdefault(figure.team_id, []).append(figure)
    return [
        TeamWeek(
            team_id,
            rows[0].team.name,
            tuple(_table(kind, [row for row in rows if row.kind == kind], categories) for kind in Kind),
        )
        for team_id, rows in by_team.items()
    ]


def _table(kind: Kind, figures: list[GroupWeek], categories: Mapping[str, str]) -> FigureTable:
    title, of, unit = TITLES[kind]
    rows = tuple(
        FigureRow(key_in_words(kind, one.key, categories), value_in_words(kind, one.value), one.value or 0)
        for one in figures
        if one.value is not None
    )
    hidden = [key_in_words(kind, one.key, categories) for one in figures if one.value is None]
    if kind is Kind.SHARE_BY_HOUR and hidden:
        hidden = ["all other hours" if rows else "every hour"]
    return FigureTable(title, of, unit, rows, ", ".join(hidden), _chart(title, rows))


def _chart(title: str, rows: Sequence[FigureRow]) -> DaysChart:
    most = max((row.amount for row in rows), default=0)
    if most <= 0:
        return DaysChart(f"{title}: nothing to show", ())
    step = (WIDTH - 20) // max(len(rows), 4)
    width = min(2 * WIDEST, step - 6)
    bars = []
    for place, row in enumerate(rows):
        height = max(2, row.amount * TALLEST // most)
        x = 10 + place * step + (step - width) // 2
        name = row.name if len(rows) <= NAMED_BARS and len(row.name) * 14 <= step + 28 else ""
        bars.append(DayBar(x, BASE - height, width, height, x + width // 2, name))
    peak = max(rows, key=lambda row: row.amount)
    return DaysChart(f"{title}, most of it {peak.name}", tuple(bars))
