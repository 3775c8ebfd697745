"""What is published of groups says nothing of fewer than five people, whatever is put together with what."""

import random
from itertools import combinations

import numpy as np
import pytest

from wellbeing.domain.groups import (
    SMALLEST_GROUP,
    WEEKS_COMPARED,
    Cell,
    Figure,
    Kind,
    published,
    rank,
    related,
    tells_of_few,
)

HISTORIES = 10_000


def people(*numbers: int) -> frozenset[int]:
    return frozenset(numbers)


def first(count: int, since: int = 0) -> frozenset[int]:
    return frozenset(range(since, since + count))


def shown(figures: list[Figure]) -> list[str]:
    return [figure.key for figure in figures if figure.value is not None]


def table(*sizes: int) -> list[Cell]:
    """Cells a, b, c … of so many people each, nobody in two of them."""
    return [Cell(chr(97 + place), first(size, place * 100), 1_000 * size) for place, size in enumerate(sizes)]


@pytest.mark.parametrize(
    ("sizes", "keys"),
    [
        ((5, 6, 7), ["a", "b", "c"]),
        ((4, 6, 7), ["c"]),  # one hidden: the next smallest too
        ((4, 4, 7), ["c"]),  # two hidden, eight people between them
        ((1, 2, 7, 9), ["d"]),  # two hidden, of three people between them
        ((0, 5, 6), ["c"]),  # nobody: that is also something about few people
        ((4,), []),
        ((4, 5), []),
        ((), []),
    ],
)
def test_cells_of_few_are_hidden_and_so_is_what_would_give_them_away(
    sizes: tuple[int, ...], keys: list[str]
) -> None:
    assert shown(published(table(*sizes), before={})) == keys


def test_what_is_hidden_is_no_number_at_all() -> None:
    figures = published(table(4, 6, 7), before={})

    assert figures == [Figure("a", None, None), Figure("b", None, None), Figure("c", 7_000, 7)]


def test_a_share_is_of_what_is_shown() -> None:
    figures = published(table(4, 5, 6, 18), before={}, kind=Kind.SHARE_BY_HOUR)

    assert [figure.value for figure in figures] == [None, None, 250, 750]


def test_two_tables_of_the_same_people_hide_the_same() -> None:
    cells = table(4, 6, 6, 9)
    others = [Cell(cell.key, cell.people, 99_000 - cell.value) for cell in cells]

    assert shown(published(cells, before={})) == shown(published(others, before={}))


@pytest.mark.parametrize(
    ("weeks", "tells"),
    [
        ([first(6)], False),
        ([first(6), first(6)], False),  # nobody came or went
        ([first(6), first(7)], True),  # one came
        ([first(7), first(6)], True),  # one went
        ([first(10), first(6)], True),  # four went
        ([first(11), first(6)], False),  # five went
        ([first(8), first(8, 2)], True),  # two went, two came
        ([first(8), first(8, 3)], False),  # three and three
        ([first(9), first(20), first(10)], True),  # the week between hides nothing
        # Each pair differs by five or more; the four together give one person.
        ([first(8), first(13), first(8) | first(5, 20), first(13) | first(5, 20) | people(40)], True),
        ([first(40) - first(2**row, 2**row) for row in range(1, 6)], True),
    ],
)
def test_somebody_who_came_or_went_cannot_be_told_by_subtraction(
    weeks: list[frozenset[int]], tells: bool
) -> None:
    assert tells_of_few(weeks) is tells


def test_a_week_is_hidden_only_where_it_would_tell() -> None:
    cells = [Cell("a", first(7), 7), Cell("b", first(6), 6), Cell("c", first(9), 9)]

    figures = published(cells, before={"a": [first(6)], "b": [first(6)], "c": [first(9)]})

    # a would tell of one person; b, the next smallest, goes with it.
    assert shown(figures) == ["c"]


def test_too_many_ways_of_coming_and_going_are_hidden_unsearched() -> None:
    dice = random.Random(1)
    weeks = [frozenset(one for one in range(25) if dice.random() < 0.6) for _ in range(8)]

    assert tells_of_few(weeks)


def test_only_groups_that_share_somebody_are_put_together() -> None:
    weeks = [people(1, 2), people(2, 3), people(3, 4), people(8, 9)]

    assert sorted(map(sorted, related(people(1), weeks))) == [[1, 2], [2, 3], [3, 4]]
    assert related(people(7), weeks) == []


def test_rank_is_that_of_numpy() -> None:
    dice = random.Random(2)
    for _ in range(300):
        matrix = [[dice.randint(0, 1) for _ in range(6)] for _ in range(5)]
        assert rank(matrix) == np.linalg.matrix_rank(np.array(matrix))


# What somebody knows who keeps every page: one equation a figure. Unknown is what each person adds to each key, the
# same in every week that they are there.
Unknown = tuple[int, str]


class Solver:
    """Linear algebra over everything published."""

    def __init__(self, unknowns: list[Unknown], equations: list[set[Unknown]]) -> None:
        self.unknowns = unknowns
        place = {unknown: number for number, unknown in enumerate(unknowns)}
        self.matrix = np.zeros((max(1, len(equations)), len(unknowns)))
        for row, equation in enumerate(equations):
            self.matrix[row, [place[unknown] for unknown in equation]] = 1
        self.projection = np.linalg.pinv(self.matrix) @ self.matrix

    def knows(self, wanted: set[Unknown]) -> bool:
        """Whether the sum of these is a combination of the equations."""
        row = np.array([float(unknown in wanted) for unknown in self.unknowns])
        return bool(np.abs(row @ self.projection - row).max() < 1e-7)

    def knows_something_of(self, few: tuple[int, ...]) -> bool:
        """Whether any combination at all, with whatever factors, is about these people alone."""
        others = [place for place, (one, _) in enumerate(self.unknowns) if one not in few]
        return bool(np.linalg.matrix_rank(self.matrix[:, others]) < np.linalg.matrix_rank(self.matrix))


History = list[list[Cell]]


def history(dice: random.Random) -> History:
    """A team of four to nine people over five weeks, each with categories of their own, some of them away."""
    team = list(range(dice.randint(4, 9)))
    newcomers = list(range(20, 20 + dice.choice([0, 1, 1, 2, 5])))
    profile = {one: {key for key in "abc" if dice.random() < 0.8} for one in (*team, *newcomers)}
    weeks = []
    for week in range(WEEKS_COMPARED + 1):
        there = {one for one in team if dice.random() < dice.choice([1, 1, 0.85])}
        if week >= 2:
            there |= set(newcomers)
        weeks.append([Cell(key, frozenset(one for one in there if key in profile[one]), 1) for key in "abc"])
    return weeks


def publish(weeks: History, *, with_care: bool = True) -> list[set[str]]:
    """The keys shown of each week, as the nightly job publishes them one after the other."""
    before: dict[str, list[frozenset[int]]] = {}
    keys = []
    for cells in weeks:
        if with_care:
            of_week = set(shown(published(cells, before=before)))
        else:
            of_week = {cell.key for cell in cells if len(cell.people) >= SMALLEST_GROUP}
        keys.append(of_week)
        for cell in cells:
            if cell.key in of_week:
                before.setdefault(cell.key, []).append(cell.people)
    return keys


def solved(weeks: History, keys: list[set[str]], *, thorough: bool) -> list[str]:
    """What a solver finds out that it must not."""
    unknowns = sorted({(one, cell.key) for cells in weeks for cell in cells for one in cell.people})
    rows = [
        {(one, cell.key) for one in cell.people}
        for cells, of_week in zip(weeks, keys, strict=True)
        for cell in cells
        if cell.key in of_week
    ]
    if not rows or not unknowns:
        return []
    solver = Solver(unknowns, rows)
    found = [f"{unknown} over all weeks" for unknown in unknowns if solver.knows({unknown})]
    for cells, of_week in zip(weeks, keys, strict=True):
        of_few = [cell for cell in cells if 0 < len(cell.people) < SMALLEST_GROUP]
        own = {(one, cell.key) for cell in cells for one in cell.people}
        # Whoever also knows the whole of a week, and subtracts. The whole of fewer than five tells of them by itself.
        equations = [{(one, cell.key) for one in cell.people} for cell in cells if cell.key in of_week]
        if len({one for one, _ in own}) >= SMALLEST_GROUP and len(of_week) < len(cells):
            by_week = Solver(sorted(own), [*equations, own])
            found += [f"{one} in a week" for one in own if by_week.knows({one})]
            found += [
                f"{cell.key} in a week"
                for cell in of_few
                if by_week.knows({(one, cell.key) for one in cell.people})
            ]
        found += [
            f"{cell.key} over all weeks"
            for cell in of_few
            if solver.knows({(one, cell.key) for one in cell.people})
        ]
    if thorough:
        everybody = sorted({one for one, _ in unknowns})
        few = combinations(everybody, min(SMALLEST_GROUP - 1, len(everybody)))
        found += [f"something of {group}" for group in few if solver.knows_something_of(group)]
    return found


@pytest.mark.slow
def test_no_solver_finds_the_value_of_a_few_in_ten_thousand_histories() -> None:
    dice = random.Random(20261124)
    published_cells = 0
    seen: set[tuple[tuple[frozenset[int], ...], ...]] = set()
    for number in range(HISTORIES):
        weeks = history(dice)
        same = tuple(tuple(cell.people for cell in cells) for cells in weeks)
        if same in seen:
            continue
        seen.add(same)
        keys = publish(weeks)
        published_cells += sum(map(len, keys))
        assert solved(weeks, keys, thorough=number % 50 == 0) == [], weeks

    assert published_cells > HISTORIES  # it is no answer to publish nothing


def test_the_solver_finds_them_where_only_small_cells_are_hidden() -> None:
    dice = random.Random(20261124)
    given_away = sum(
        bool(solved(weeks, publish(weeks, with_care=False), thorough=False))
        for weeks in (history(dice) for _ in range(200))
    )

    assert given_away > 100
