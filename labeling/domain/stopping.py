"""When an item has been seen by enough people, and what they agreed on.

The default is "2+1": two people, and a third only if they differ. It gives the same label as three people, item by
item, because two equal votes cannot be outvoted by a third; it costs 2.0 to 2.4 looks in place of 3. The rule is
applied to each deciding category apart, and to nothing else.

All functions are pure, and the order of the votes never matters.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil

from labeling.domain.schema import Answers, Schema, verdict
from labeling.domain.severity import Severity

MAX_FIXED = 5
"""The most annotations that a project may ask for (a slot's number goes to 5)."""

Shares = dict[str, dict[str, float]]
"""Question id → category id → share of the votes (0..1) that found it. Every offered category is there."""


@dataclass(frozen=True)
class Strategy:
    """How many people are asked at first, and how many at most."""

    name: str
    first: int
    cap: int


@dataclass(frozen=True)
class Final:
    """What the votes say together.

    `severity` is the highest severity of a category in `answers`, None without a severity scale.
    """

    answers: Answers
    soft: Shares
    severity: Severity | None
    votes: int
    method: str


@dataclass(frozen=True)
class Decided:
    """Enough people agree."""

    final: Final


@dataclass(frozen=True)
class NeedMore:
    """So many more annotations are needed before a decision is possible."""

    missing: int


@dataclass(frozen=True)
class Contested:
    """Asked as many as may be asked, and still split. `final` holds what a majority found, and the shares."""

    final: Final


Decision = Decided | NeedMore | Contested


def strategy(name: str) -> Strategy:
    """The strategy of that name: `two_plus_one`, or `fixed_1` to `fixed_5`.

    Raises:
        ValueError: for any other name.
    """
    if name == "two_plus_one":
        return Strategy(name, first=2, cap=3)
    if found := re.fullmatch(r"fixed_([1-9])", name):
        wanted = int(found[1])
        if wanted <= MAX_FIXED:
            return Strategy(name, first=wanted, cap=wanted)
    raise ValueError(f"no such overlap strategy: {name}")


def decide(votes: Sequence[Answers], schema: Schema, asked: Strategy) -> Decision:
    """Whether these votes (one canonical answer per person) settle the item.

    Votes beyond the cap (a late answer is never lost) are counted like the others.
    """
    if len(votes) < asked.first:
        return NeedMore(asked.first - len(votes))
    unequal = any(
        0 < _found(votes, question.id, category.id) < len(votes)
        for question in schema.deciding
        for category in question.offered
    )
    if unequal and len(votes) < asked.cap:
        return NeedMore(asked.cap - len(votes))
    final = combine(votes, schema, method=asked.name)
    return Contested(final) if _split(votes, schema) else Decided(final)


def combine(votes: Sequence[Answers], schema: Schema, *, method: str) -> Final:
    """The majority per category, the median severity of those who found it, and the share of votes for each."""
    answers: Answers = {}
    soft: Shares = {}
    for question in schema.questions:
        counts = {category.id: _found(votes, question.id, category.id) for category in question.offered}
        soft[question.id] = {
            category_id: round(count / len(votes), 4) if votes else 0.0
            for category_id, count in counts.items()
        }
        answers[question.id] = {
            category_id: median_severity(
                [vote[question.id][category_id] for vote in votes if _has(vote, question.id, category_id)]
            )
            for category_id, count in counts.items()
            if 2 * count > len(votes)
        }
    return Final(answers, soft, verdict(schema, answers), len(votes), method)


def median_severity(severities: Sequence[int], weights: Sequence[float] | None = None) -> int:
    """The weighted median. Between two middle values the midpoint counts, rounded up: harm is not rounded away.

    Raises:
        ValueError: when there is nothing to take the median of.
    """
    if not severities:
        raise ValueError("no severities")
    pairs = sorted(zip(severities, weights or [1.0] * len(severities), strict=True))
    half = sum(weight for _, weight in pairs) / 2
    passed = 0.0
    for n, (severity, weight) in enumerate(pairs):
        passed += weight
        if passed > half:
            return severity
        if passed == half:
            return ceil((severity + pairs[n + 1][0]) / 2)
    return pairs[-1][0]


def _split(votes: Sequence[Answers], schema: Schema) -> bool:
    """A category at exactly half; or most people found harm, but no category has a majority.

    The second happens when three people name three different categories: by majority nothing would be left, and an
    item that everybody found harmful would be published as benign.
    """
    for question in schema.deciding:
        counts = [_found(votes, question.id, category.id) for category in question.offered]
        if any(2 * count == len(votes) for count in counts):
            return True
        harmful = sum(1 for vote in votes if vote.get(question.id))
        if 2 * harmful > len(votes) and not any(2 * count > len(votes) for count in counts):
            return True
    return False


def _has(vote: Answers, question_id: str, category_id: str) -> bool:
    return category_id in vote.get(question_id, {})


def _found(votes: Sequence[Answers], question_id: str, category_id: str) -> int:
    return sum(1 for vote in votes if _has(vote, question_id, category_id))
