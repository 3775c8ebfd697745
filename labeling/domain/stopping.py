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

from labeling.domain.schema import Answers, Question, Schema, reread, verdict
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


def decide(
    votes: Sequence[Answers],
    schema: Schema,
    asked: Strategy,
    *,
    given_under: Sequence[Schema] | None = None,
) -> Decision:
    """Whether these votes (one canonical answer per person) settle the item.

    Votes beyond the cap (a late answer is never lost) are counted like the others.

    `given_under` is the schema of each vote where some are older than `schema`, by which is decided. A vote counts for
    the categories that it was asked about, and abstains from the others. One that too few were asked about makes room
    for more people as a difference does; if it is still so at the cap and somebody found it, the item is contested.
    """
    if len(votes) < asked.first:
        return NeedMore(asked.first - len(votes))
    ballots = _ballots(votes, schema, given_under)
    unsettled = any(
        0 < tally.found < tally.asked or tally.asked < asked.first
        for question in schema.deciding
        for tally in _tallies(ballots, question).values()
    )
    if unsettled and len(votes) < asked.cap:
        return NeedMore(asked.cap - len(votes))
    final = _combined(ballots, schema, asked.name)
    return Contested(final) if _split(ballots, schema, asked.first) else Decided(final)


def combine(
    votes: Sequence[Answers], schema: Schema, *, method: str, given_under: Sequence[Schema] | None = None
) -> Final:
    """The majority per category, the median severity of those who found it, and the share of votes for each."""
    return _combined(_ballots(votes, schema, given_under), schema, method)


def least_severity(decision: Decided | Contested, verdicts: Sequence[int | None]) -> int:
    """What everybody who met the item is to be charged at least, 0 to 4; 0 without a severity scale.

    The final label's severity. A contested item has no label to go by, so there it is the middle verdict, the lower
    of two: at least half of those who answered found it as severe as that.
    """
    if isinstance(decision, Decided):
        return int(decision.final.severity or 0)
    found = sorted(verdict for verdict in verdicts if verdict is not None)
    return found[(len(found) - 1) // 2] if found else 0


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


@dataclass(frozen=True)
class _Ballot:
    """A vote as the deciding schema reads it, beside what its person was asked."""

    given: Answers
    read: Answers
    schema: Schema

    def was_asked(self, question_id: str, category_id: str) -> bool:
        # A parent may be known from its sub-tier although nobody asked for it.
        return self.found(question_id, category_id) or any(
            category.id == category_id
            for question in self.schema.questions
            if question.id == question_id
            for category in question.offered
        )

    def found(self, question_id: str, category_id: str) -> bool:
        return category_id in self.read.get(question_id, {})

    def graded(self, question_id: str) -> bool:
        return any(
            question.id == question_id and question.asks_severity for question in self.schema.questions
        )


@dataclass(frozen=True)
class _Tally:
    found: int
    asked: int

    @property
    def has_majority(self) -> bool:
        return 2 * self.found > self.asked


def _ballots(votes: Sequence[Answers], schema: Schema, given_under: Sequence[Schema] | None) -> list[_Ballot]:
    schemas = given_under or [schema] * len(votes)
    return [
        _Ballot(vote, vote if own is schema else reread(schema, vote), own)
        for vote, own in zip(votes, schemas, strict=True)
    ]


def _tallies(ballots: Sequence[_Ballot], question: Question) -> dict[str, _Tally]:
    return {
        category.id: _Tally(
            found=sum(ballot.found(question.id, category.id) for ballot in ballots),
            asked=sum(ballot.was_asked(question.id, category.id) for ballot in ballots),
        )
        for category in question.offered
    }


def _combined(ballots: Sequence[_Ballot], schema: Schema, method: str) -> Final:
    answers: Answers = {}
    soft: Shares = {}
    for question in schema.questions:
        tallies = _tallies(ballots, question)
        soft[question.id] = {
            category_id: round(tally.found / tally.asked, 4) if tally.asked else 0.0
            for category_id, tally in tallies.items()
        }
        answers[question.id] = {
            category_id: median_severity(_severities(ballots, question, category_id))
            for category_id, tally in tallies.items()
            if tally.has_majority
        }
    return Final(answers, soft, verdict(schema, answers), len(ballots), method)


def _severities(ballots: Sequence[_Ballot], question: Question, category_id: str) -> list[int]:
    """Of those who found it. The 1 of a version that asked for no severity says nothing where others were asked."""
    found = [ballot for ballot in ballots if ballot.found(question.id, category_id)]
    graded = [ballot for ballot in found if ballot.graded(question.id)]
    return [ballot.read[question.id][category_id] for ballot in graded or found]


def _split(ballots: Sequence[_Ballot], schema: Schema, enough: int) -> bool:
    """A category at exactly half, or found where too few were asked; or most people found harm, but no category has a
    majority.

    The last happens when three people name three different categories, or one that is not offered any more: by
    majority nothing would be left, and an item that everybody found harmful would be published as benign.
    """
    for question in schema.deciding:
        tallies = _tallies(ballots, question).values()
        if any(tally.found and (2 * tally.found == tally.asked or tally.asked < enough) for tally in tallies):
            return True
        harmful = sum(1 for ballot in ballots if ballot.given.get(question.id))
        if 2 * harmful > len(ballots) and not any(tally.has_majority for tally in tallies):
            return True
    return False
