"""What several people's answers to one question come to, kind by kind.

Categories are judged one by one, a choice by majority, a rating by its weighted median, a ranking by the majority for
each pair of completions. Stretches of text are kept where more than half of the people marked them. What people wrote
in their own words is never combined.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from math import ceil
from typing import Any

from labeling.domain.schema.choice import Choice
from labeling.domain.schema.completions import Preference, Ranking, places_of
from labeling.domain.schema.question import Question, Shape
from labeling.domain.schema.rating import Rating
from labeling.domain.schema.spans import Spans

Shares = dict[str, float]


@dataclass(frozen=True)
class Outcome:
    """`answer` is None where there is no majority. `soft` is the share of those asked behind each possible answer."""

    answer: Any
    soft: Shares
    is_split: bool = False


def outcome(question: Question, values: Sequence[Any], shape: Shape) -> Outcome | None:
    """What these answers (one a person who was asked, at least one) come to; None for a kind that is not combined.

    Questions about categories are not for here: people may have been asked about some of them only.
    """
    for kind, combined in _KINDS.items():
        if isinstance(question, kind):
            return combined(question, values, shape)
    return None


def weighted_median(values: Sequence[int], weights: Sequence[float] | None = None) -> int:
    """The weighted median of some numbers. Between two middle values the midpoint counts, rounded up.

    Raises:
        ValueError: when there is nothing to take the median of.
    """
    if not values:
        raise ValueError("no values")
    pairs = sorted(zip(values, weights or [1.0] * len(values), strict=True))
    half = sum(weight for _, weight in pairs) / 2
    passed = 0.0
    for n, (value, weight) in enumerate(pairs):
        passed += weight
        if passed > half:
            return value
        if passed == half:
            return ceil((value + pairs[n + 1][0]) / 2)
    return pairs[-1][0]


def _of_choice(question: Choice, values: Sequence[str], shape: Shape) -> Outcome:
    return _majority(values, [option.id for option in question.options])


def _of_preference(question: Preference, values: Sequence[str], shape: Shape) -> Outcome:
    offered = question.offered(shape)
    return _majority(values, [*offered, *sorted(set(values) - set(offered))])


def _majority(values: Sequence[str], possible: Iterable[str]) -> Outcome:
    counts = Counter(values)
    most, times = counts.most_common(1)[0]
    decided = 2 * times > len(values)
    return Outcome(most if decided else None, _shares(counts, possible, len(values)), is_split=not decided)


def _of_rating(question: Rating, values: Sequence[int], shape: Shape) -> Outcome:
    counts = Counter(str(value) for value in values)
    points = [str(point.value) for point in question.points]
    return Outcome(weighted_median(values), _shares(counts, points, len(values)))


def _of_ranking(question: Ranking, values: Sequence[list[list[str]]], shape: Shape) -> Outcome:
    """Split where a pair has no majority, or the majorities go round in a circle. Soft: who came first."""
    orders = [places_of(groups) for groups in values]
    letters = sorted({letter for order in orders for letter in order})
    first = Counter[str]()
    for groups in values:
        for letter in groups[0] if groups else ():
            first[letter] += 1 / len(groups[0])  # type: ignore[assignment] # shares of one vote
    soft = _shares(first, letters, len(values))
    ahead: dict[tuple[str, str], int] = {}
    for one, other in combinations(letters, 2):
        signs = Counter(
            _sign(order[one] - order[other]) for order in orders if one in order and other in order
        )
        sign, times = signs.most_common(1)[0] if signs else (0, 0)
        if 2 * times <= len(orders):
            return Outcome(None, soft, is_split=True)
        ahead[one, other], ahead[other, one] = sign, -sign
    beaten = {one: sum(ahead.get((one, other), 0) for other in letters) for one in letters}
    groups = [
        [letter for letter in letters if beaten[letter] == score] for score in sorted(set(beaten.values()))
    ]
    order = places_of(groups)
    agrees = all(_sign(order[one] - order[other]) == sign for (one, other), sign in ahead.items())
    return Outcome(groups if agrees else None, soft, is_split=not agrees)


def _sign(number: int) -> int:
    return (number > 0) - (number < 0)


def _of_spans(question: Spans, values: Sequence[list[dict[str, Any]]], shape: Shape) -> Outcome:
    """What more than half marked alike. Soft: the share of people who marked anything with each label."""
    places: dict[tuple[str, int], list[tuple[int, int]]] = {}
    users = Counter[str]()
    for stretches in values:
        users.update({row["label"] for row in stretches})
        for row in stretches:
            edges = places.setdefault((row["label"], row["block"]), [])
            edges += [(row["start"], 1), (row["end"], -1)]
    agreed = [
        {"block": block, "start": start, "end": end, "label": label}
        for (label, block), edges in places.items()
        for start, end in _covered(edges, len(values))
    ]
    agreed.sort(key=lambda row: (row["block"], row["start"], row["end"], row["label"]))
    return Outcome(agreed, _shares(users, [label.id for label in question.labels], len(values)))


def _covered(edges: list[tuple[int, int]], people: int) -> list[tuple[int, int]]:
    """The stretches that more than half of the people cover. A person's own stretches of one label never overlap."""
    found: list[tuple[int, int]] = []
    depth, began = 0, None
    for place, change in sorted(edges, key=lambda edge: (edge[0], -edge[1])):
        depth += change
        if 2 * depth > people and began is None:
            began = place
        elif 2 * depth <= people and began is not None:
            if place > began:
                found.append((began, place))
            began = None
    return found


def _shares(counts: Mapping[str, float], possible: Iterable[str], asked: int) -> Shares:
    return {name: round(counts.get(name, 0) / asked, 4) for name in possible}


_KINDS: Mapping[type[Question], Callable[[Any, Any, Shape], Outcome]] = {
    Choice: _of_choice,
    Rating: _of_rating,
    Preference: _of_preference,
    Ranking: _of_ranking,
    Spans: _of_spans,
}
