"""Inter-annotator agreement, always by name: percent, Cohen's κ, Fleiss' κ, Krippendorff's alpha.

Sources: Cohen 1960 (Educational and Psychological Measurement 20:37-46); Fleiss 1971 (Psychological Bulletin
76:378-382); Krippendorff 2011 ("Computing Krippendorff's Alpha-Reliability"). Intervals are percentile bootstraps
over units with a fixed seed: the same ratings always give the same interval.

A unit is one item: person → value, a whole number (0/1 for a category, 0..4 for a severity). Each figure carries
the number of units it rests on, and says why when it is undefined: "agreed on everything, but only one value was
ever used" is not agreement of 1.
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Hashable, Iterable, Mapping
from dataclasses import dataclass
from itertools import combinations

import numpy as np
import numpy.typing as npt

ALPHA = "\N{GREEK SMALL LETTER ALPHA}"
REPLICATES = 1000
BOOTSTRAP_SEED = 20260101
LEVEL = 0.95
"""Share of the bootstrap between `low` and `high`."""

Unit = Mapping[Hashable, int]
_Floats = npt.NDArray[np.float64]


class Tally:
    """Ratings counted as they stream by: what every figure needs, in a size that does not grow with the items."""

    def __init__(self, units: Iterable[Unit] = ()) -> None:
        self.people: set[Hashable] = set()
        self.patterns: Counter[tuple[int, ...]] = Counter()  # the sorted values of an item → items
        self.pairs: defaultdict[tuple[Hashable, Hashable], Counter[tuple[int, int]]] = defaultdict(Counter)
        for unit in units:
            self.add(unit)

    def add(self, unit: Unit) -> None:
        """Count one item."""
        self.people.update(unit)
        if len(unit) < 2:
            return
        self.patterns[tuple(sorted(unit.values()))] += 1
        for first, second in combinations(sorted(unit, key=repr), 2):
            self.pairs[first, second][unit[first], unit[second]] += 1


Units = Iterable[Unit] | Tally


@dataclass(frozen=True)
class Agreement:
    """One named figure. `units` counts the items with at least two ratings; `low` and `high` bound it at 95 %."""

    name: str
    value: float | None
    units: int
    why_undefined: str = ""
    low: float | None = None
    high: float | None = None


TOO_FEW = "fewer than two items were rated by two people"
ONE_VALUE = "everybody gave the same answer everywhere, so chance cannot be told from agreement"
UNEQUAL = "items were rated by different numbers of people"
CHANCE_ONLY = "each of the two people always gave the same answer"
NOT_TWO = "needs exactly two people"


def percent(units: Units) -> Agreement:
    """The share of pairs of people who gave the same answer, each item counting once."""
    counts = _counts(units)

    def value(weights: _Floats) -> _Floats:
        same = (counts.table * (counts.table - 1)).sum(axis=1)
        sizes = counts.table.sum(axis=1)
        return np.asarray((weights @ (same / (sizes * (sizes - 1)))) / weights.sum(axis=1))

    return _figure("percent agreement", counts, value)


def fleiss_kappa(units: Units) -> Agreement:
    """Agreement of a fixed number of people per item, corrected for chance. Undefined for unequal numbers."""
    counts = _counts(units)
    if len({int(size) for size in counts.table.sum(axis=1)}) > 1:
        return Agreement("Fleiss' κ", None, counts.units, UNEQUAL)

    def value(weights: _Floats) -> _Floats:
        sizes = counts.table.sum(axis=1)
        same = (counts.table * (counts.table - 1)).sum(axis=1) / (sizes * (sizes - 1))
        observed = (weights @ same) / weights.sum(axis=1)
        shares = (weights @ counts.table) / (weights @ sizes)[:, None]
        return _corrected(observed, (shares**2).sum(axis=1))

    return _figure("Fleiss' κ", counts, value)


def krippendorff_alpha(units: Units, *, ordinal: bool = False) -> Agreement:
    """Agreement of any number of people per item, corrected for chance.

    Args:
        ordinal: weigh disagreements by how many ratings lie between the two values (severities); else any two
            different values disagree fully.
    """
    counts = _counts(units)
    name = f"Krippendorff's {ALPHA} ({'ordinal' if ordinal else 'nominal'})"

    def value(weights: _Floats) -> _Floats:
        sizes = counts.table.sum(axis=1)
        pairs = counts.table[:, :, None] * counts.table[:, None, :]
        diagonal = np.arange(counts.table.shape[1])
        pairs[:, diagonal, diagonal] -= counts.table
        matrix = np.tensordot(weights, pairs / (sizes - 1)[:, None, None], axes=1)
        totals = matrix.sum(axis=2)
        distance = _ordinal_distance(totals) if ordinal else 1.0 - np.eye(totals.shape[1])[None]
        observed = (matrix * distance).sum(axis=(1, 2))
        expected = (totals[:, :, None] * totals[:, None, :] * distance).sum(axis=(1, 2))
        with np.errstate(divide="ignore", invalid="ignore"):
            return np.where(expected > 0, 1 - (totals.sum(axis=1) - 1) * observed / expected, np.nan)

    return _figure(name, counts, value)


def cohen_kappa(units: Units) -> Agreement:
    """Agreement of two people who each have their own habits. Undefined unless exactly two people rated."""
    tally = _tally(units)
    if len(tally.people) != 2:
        return Agreement("Cohen's κ", None, 0, NOT_TWO)
    return _cohen(next(iter(tally.pairs.values()), Counter()))


def _cohen(pairs: Counter[tuple[int, int]]) -> Agreement:
    values = sorted({value for pair in pairs for value in pair})
    first = np.array([[pair[0] == value for value in values] for pair in pairs], dtype=np.float64)
    second = np.array([[pair[1] == value for value in values] for pair in pairs], dtype=np.float64)
    counts = _Counts(first + second if pairs else np.zeros((0, 0)), np.array(list(pairs.values())))

    def value(weights: _Floats) -> _Floats:
        total = weights.sum(axis=1)
        observed = (weights @ (first * second).sum(axis=1)) / total
        by_chance = ((weights @ first) * (weights @ second)).sum(axis=1) / total**2
        return _corrected(observed, by_chance)

    return _figure("Cohen's κ", counts, value, constant=CHANCE_ONLY)


def mean_pairwise_cohen_kappa(units: Units, *, least: int = 20) -> Agreement:
    """Cohen's κ of each two people who share at least `least` items, averaged by the items they share."""
    found = [_cohen(pairs) for pairs in _tally(units).pairs.values() if pairs.total() >= least]
    defined = [(figure.value, figure.units) for figure in found if figure.value is not None]
    name, total = "Cohen's κ (mean of pairs)", sum(n for _, n in defined)
    if not total:
        return Agreement(name, None, 0, f"no two people share {least} items on which their answers vary")
    return Agreement(name, round(sum(value * n for value, n in defined) / total, 6), total)


def report(units: Units, *, ordinal: bool = False) -> list[Agreement]:
    """Every figure that makes sense for these ratings, in a fixed order."""
    figures = [
        percent(units),
        mean_pairwise_cohen_kappa(units),
        fleiss_kappa(units),
        krippendorff_alpha(units),
    ]
    return [*figures, krippendorff_alpha(units, ordinal=True)] if ordinal else figures


@dataclass(frozen=True)
class _Counts:
    """The distinct patterns of ratings (how often each value was given) and how many items have each."""

    table: _Floats
    times: npt.NDArray[np.int64]

    @property
    def units(self) -> int:
        return int(self.times.sum())


def _tally(units: Units) -> Tally:
    return units if isinstance(units, Tally) else Tally(units)


def _counts(units: Units) -> _Counts:
    patterns = sorted(_tally(units).patterns.items())
    values = sorted({value for pattern, _ in patterns for value in pattern})
    table = np.array(
        [[pattern.count(value) for value in values] for pattern, _ in patterns], dtype=np.float64
    )
    return _Counts(
        table.reshape(len(patterns), len(values)), np.array([n for _, n in patterns], dtype=np.int64)
    )


def _figure(
    name: str, counts: _Counts, value: Callable[[_Floats], _Floats], *, constant: str = ONE_VALUE
) -> Agreement:
    """The figure itself and its interval, from one function over rows of weights per pattern."""
    if counts.units < 2:
        return Agreement(name, None, counts.units, TOO_FEW)
    whole = float(value(counts.times[None, :].astype(np.float64))[0])
    if np.isnan(whole):
        return Agreement(name, None, counts.units, constant)
    generator = np.random.default_rng(BOOTSTRAP_SEED)
    draws = generator.multinomial(counts.units, counts.times / counts.units, size=REPLICATES)
    replicates = value(draws.astype(np.float64))
    replicates = replicates[~np.isnan(replicates)]
    if not len(replicates):
        return Agreement(name, round(whole, 6), counts.units)
    low, high = np.quantile(replicates, [(1 - LEVEL) / 2, (1 + LEVEL) / 2])
    return Agreement(name, round(whole, 6), counts.units, "", round(float(low), 6), round(float(high), 6))


def _corrected(observed: _Floats, by_chance: _Floats) -> _Floats:
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.where(by_chance < 1 - 1e-12, (observed - by_chance) / (1 - by_chance), np.nan)


def _ordinal_distance(totals: _Floats) -> _Floats:
    """Krippendorff's ordinal metric: squared number of ratings from one value to the other, ends counted half."""
    upto = np.cumsum(totals, axis=1) - totals / 2
    return np.asarray((upto[:, :, None] - upto[:, None, :]) ** 2, dtype=np.float64)
