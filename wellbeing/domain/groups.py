"""What may be published of a group: nothing that says something of fewer than five people (EVIDENCE 2.5).

Three rules, in this order. A cell of fewer than five distinct people is hidden. So is one that, together with what was
published of the same cell in the weeks before, would give the value of fewer than five (somebody came or went, the
others stayed: the difference is theirs). And as long as the hidden cells of a table hold fewer than five people
between them, or there is only one, the next smallest is hidden too, so that a total known from elsewhere minus what is
shown is never the value of a few. What is hidden reads "too few people to show", never 0 (docs/adr/0016).
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from itertools import combinations

SMALLEST_GROUP = 5
# Weeks that a new one is held against: as long as the categories and hours of a view are kept.
WEEKS_COMPARED = 4
THOUSAND = 1_000
# Ways of coming and going that are searched through; a group that changes more than that is hidden unsearched.
MOST_PATTERNS = 14
# Sums of whole numbers modulo a prime: exact, where floating point would have to guess what counts as zero.
PRIME = 2**61 - 1

People = frozenset[int]


class Kind(StrEnum):
    """A table of figures. What adds up to a total that somebody may know is given as a share of what is shown."""

    POINTS_BY_SEVERITY = "points_by_severity"
    MINUTES_BY_SEVERITY = "minutes_by_severity"
    SHARE_BY_CATEGORY = "share_by_category"
    SHARE_BY_HOUR = "share_by_hour"

    @property
    def is_share(self) -> bool:
        return self in {Kind.SHARE_BY_CATEGORY, Kind.SHARE_BY_HOUR}


@dataclass(frozen=True)
class Cell:
    """One figure before it is known whether it may be published: whose it is, and how much."""

    key: str
    people: People
    value: int


@dataclass(frozen=True)
class Figure:
    """One figure as it is published. `value` and `people` are None where it is hidden."""

    key: str
    value: int | None
    people: int | None


def published(
    cells: Iterable[Cell], *, before: Mapping[str, Sequence[People]], kind: Kind | None = None
) -> list[Figure]:
    """The cells of one table and week, in their order, those hidden that have to be.

    `before` holds, per key, the people of each cell that was published in the weeks compared. Which cells are hidden
    depends on people and keys alone, so two tables of the same people hide the same. Of a share the values are
    thousandths of what is shown.
    """
    table = list(cells)
    hidden = {
        cell.key
        for cell in table
        if len(cell.people) < SMALLEST_GROUP or tells_of_few([*before.get(cell.key, ()), cell.people])
    }
    shown = sorted(
        (cell for cell in table if cell.key not in hidden), key=lambda cell: (len(cell.people), cell.key)
    )
    while hidden and shown and _is_given_away(table, hidden):
        hidden.add(shown.pop(0).key)
    whole = sum(cell.value for cell in shown)
    figures = []
    for cell in table:
        if cell.key in hidden:
            figures.append(Figure(cell.key, None, None))
            continue
        value = cell.value
        if kind is not None and kind.is_share:
            value = round(cell.value * THOUSAND / whole) if whole else 0
        figures.append(Figure(cell.key, value, len(cell.people)))
    return figures


def _is_given_away(table: list[Cell], hidden: set[str]) -> bool:
    """Whether a known total minus what is shown would be one cell, or the value of fewer than five people."""
    people = frozenset().union(*(cell.people for cell in table if cell.key in hidden))
    return len(hidden) == 1 or len(people) < SMALLEST_GROUP


def tells_of_few(sums: Sequence[People]) -> bool:
    """Whether some combination of the sums over these sets of people is a sum over fewer than five of them.

    As if each had the same value in every week: the worst that somebody who compares weeks can assume. True also
    where there are too many ways of coming and going to search through.
    """
    rows = list(dict.fromkeys(people for people in sums if people))
    sizes: dict[tuple[int, ...], int] = {}
    for person in frozenset().union(*rows):
        pattern = tuple(int(person in people) for people in rows)
        sizes[pattern] = sizes.get(pattern, 0) + 1
    # A combination treats all people of one pattern alike: it touches all of them, or none.
    small = [pattern for pattern, size in sizes.items() if size < SMALLEST_GROUP]
    full = rank(sizes)
    if rank(pattern for pattern in sizes if pattern not in small) == full:
        return False
    if len(small) > MOST_PATTERNS:
        return True
    for count in range(1, SMALLEST_GROUP):
        for touched in combinations(small, count):
            few = sum(sizes[pattern] for pattern in touched) < SMALLEST_GROUP
            if few and rank(pattern for pattern in sizes if pattern not in touched) < full:
                return True
    return False


def related(people: People, others: Iterable[People]) -> list[People]:
    """Those of the other sets that share somebody with these people, or with one that does, and so on."""
    found: list[People] = []
    left, reached = list(others), people
    while near := [one for one in left if one & reached]:
        found += near
        left = [one for one in left if not one & reached]
        reached = reached.union(*near)
    return found


def rank(rows: Iterable[Sequence[int]]) -> int:
    """How many of the rows are independent of one another."""
    pivots: list[tuple[int, list[int]]] = []
    for row in rows:
        left = [number % PRIME for number in row]
        for place, pivot in pivots:
            if factor := left[place]:
                left = [(a - factor * b) % PRIME for a, b in zip(left, pivot, strict=True)]
        first = next((place for place, number in enumerate(left) if number), None)
        if first is not None:
            inverse = pow(left[first], -1, PRIME)
            pivots.append((first, [number * inverse % PRIME for number in left]))
    return len(pivots)


def week_of(day: date) -> date:
    """The Monday of the ISO week of that day."""
    return day - timedelta(days=day.weekday())


def mondays(since: date, before: date) -> list[date]:
    """The Mondays from one day up to another."""
    first = week_of(since + timedelta(days=6))
    return [first + timedelta(days=days) for days in range(0, (before - first).days, 7)]
