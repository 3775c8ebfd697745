"""The words of published figures: what a table is called, its lines, and its numbers as they are read."""

from collections.abc import Mapping

from wellbeing.domain.groups import Kind
from wellbeing.domain.points import MINUTE_MS, THOUSAND
from wellbeing.domain.verify_statement import SEVERITIES

# (title, what its lines are, what its numbers are)
TITLES = {
    Kind.POINTS_BY_SEVERITY: ("Exposure points by severity", "Severity", "Points"),
    Kind.MINUTES_BY_SEVERITY: ("Minutes open by severity", "Severity", "Minutes"),
    Kind.SHARE_BY_CATEGORY: ("Where the points came from, by category", "Category", "Share"),
    Kind.SHARE_BY_HOUR: ("When the points came, by hour of the day", "Hour", "Share"),
}
TOO_FEW = "too few people to show"


def key_in_words(kind: Kind, key: str, categories: Mapping[str, str]) -> str:
    """What people read for a line; "other categories" for those that are not named."""
    if kind is Kind.SHARE_BY_CATEGORY:
        return categories.get(key, key) if key else "other categories"
    return f"{int(key):02d}:00" if kind is Kind.SHARE_BY_HOUR else SEVERITIES[int(key)]


def value_in_words(kind: Kind, value: int | None) -> str:
    """A figure as it is read: whole points, whole minutes, whole percent; words where it is hidden."""
    if value is None:
        return TOO_FEW
    if kind.is_share:
        return f"{round(value * 100 / THOUSAND)} %"
    return str(round(value / (THOUSAND if kind is Kind.POINTS_BY_SEVERITY else MINUTE_MS)))
