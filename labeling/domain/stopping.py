"""When an item has been seen by enough people, and what they agreed on.

The default is "2+1": two people, and a third only if they differ. It gives the same label as three people, item by
item, because two equal votes cannot be outvoted by a third; it costs 2.0 to 2.4 looks in place of 3. The rule is
applied to each deciding question apart, to each category of it, and to nothing else. A question that depends on
another is decided among those who were asked.

All functions are pure, and the order of the votes never matters.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from labeling.domain.consensus import Outcome, outcome, weighted_median
from labeling.domain.schema import (
    NOTHING,
    Answers,
    Categories,
    Question,
    Schema,
    Shape,
    reread,
    verdict,
)
from labeling.domain.severity import Severity

MAX_FIXED = 5
"""The most annotations that a project may ask for (a slot's number goes to 5)."""

Shares = dict[str, dict[str, float]]
"""Question id → category id or other possible answer → share of those asked (0..1) behind it. What nobody was asked
about is absent, never 0."""


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
    shape: Shape = NOTHING,
) -> Decision:
    """Whether these votes (one canonical answer per person) settle the item of that shape.

    Votes beyond the cap (a late answer is never lost) are counted like the others.

    `given_under` is the schema of each vote where some are older than `schema`, by which is decided. A vote counts for
    what it was asked about, and abstains from the rest. A category or question that too few were asked about makes
    room for more people as a difference does; if it is still so at the cap and somebody found it, the item is contested.
    """
    if len(votes) < asked.first:
        return NeedMore(asked.first - len(votes))
    box = _Box(_ballots(votes, schema, given_under), schema, shape)
    if len(votes) < asked.cap and any(
        box.is_unsettled(question, asked.first) for question in schema.deciding
    ):
        return NeedMore(asked.cap - len(votes))
    final = box.combined(asked.name)
    split = any(box.is_split(question, asked.first, final) for question in schema.deciding)
    return Contested(final) if split else Decided(final)


def combine(
    votes: Sequence[Answers],
    schema: Schema,
    *,
    method: str,
    given_under: Sequence[Schema] | None = None,
    shape: Shape = NOTHING,
) -> Final:
    """What a majority found: the median severity of those who found a category, the median of a rating, and so on, with
    the share of votes behind each. A question that most were not asked has no answer."""
    return _Box(_ballots(votes, schema, given_under), schema, shape).combined(method)


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
    return weighted_median(severities, weights)


@dataclass(frozen=True)
class _Ballot:
    """A vote as the deciding schema reads it, beside what its person was asked."""

    given: Answers
    read: Answers
    schema: Schema

    def was_asked(self, question_id: str, category_id: str) -> bool:
        # A parent may be known from its sub-tier although nobody asked for it.
        if self.found(question_id, category_id):
            return True
        own = self.schema.question(question_id)
        return (
            question_id in self.given
            and isinstance(own, Categories)
            and any(category.id == category_id for category in own.offered)
        )

    def found(self, question_id: str, category_id: str) -> bool:
        return category_id in self.read.get(question_id, {})

    def graded(self, question_id: str) -> bool:
        own = self.schema.question(question_id)
        return own is not None and own.asks_severity


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


class _Box:
    """The ballots of one item, counted question by question."""

    def __init__(self, ballots: Sequence[_Ballot], schema: Schema, shape: Shape) -> None:
        self._ballots, self._schema, self._shape = ballots, schema, shape
        self._due = {
            question.id: [ballot for ballot in ballots if question in list(schema.asked(ballot.read, shape))]
            for question in schema.questions
        }

    def is_unsettled(self, question: Question, first: int) -> bool:
        """Whether one more person might change what this question comes to, or too few have said anything."""
        due = self._due[question.id]
        if not due:
            return False
        if isinstance(question, Categories):
            return any(
                0 < tally.found < tally.asked or tally.asked < first
                for tally in self._tallies(question).values()
            )
        values = self._values(question)
        return len(values) < first or any(value != values[0] for value in values)

    def is_split(self, question: Question, enough: int, final: Final) -> bool:
        """Whether it has no answer although people gave some, or an answer that too few were asked for.

        One that has no place in the final label, because the answer it depends on is another, cannot be split.
        """
        if question.id not in {each.id for each in self._schema.asked(final.answers, self._shape)}:
            return False
        if isinstance(question, Categories):
            return self._is_split(question, enough)
        values = self._values(question)
        found = self._outcome(question)
        return found is not None and (found.is_split or len(values) < enough)

    def combined(self, method: str) -> Final:
        answers: Answers = {}
        soft: Shares = {}
        for question in self._schema.questions:
            if shares := self._soft(question):
                soft[question.id] = shares
        for question in self._schema.asked(answers, self._shape):
            if isinstance(question, Categories):
                if question.when is None or self._due[question.id]:
                    answers[question.id] = self._found(question)
            elif (found := self._outcome(question)) is not None and found.answer is not None:
                answers[question.id] = found.answer
        return Final(answers, soft, verdict(self._schema, answers), len(self._ballots), method)

    def _soft(self, question: Question) -> dict[str, float]:
        if isinstance(question, Categories):
            return {
                category_id: round(tally.found / tally.asked, 4)
                for category_id, tally in self._tallies(question).items()
                if tally.asked
            }
        found = self._outcome(question)
        return found.soft if found else {}

    def _outcome(self, question: Question) -> Outcome | None:
        values = self._values(question)
        return outcome(question, values, self._shape) if values else None

    def _values(self, question: Question) -> list[Any]:
        due = self._due[question.id]
        return [ballot.read[question.id] for ballot in due if question.id in ballot.read]

    def _tallies(self, question: Categories) -> dict[str, _Tally]:
        due = self._due[question.id]
        return {
            category.id: _Tally(
                found=sum(ballot.found(question.id, category.id) for ballot in due),
                asked=sum(ballot.was_asked(question.id, category.id) for ballot in due),
            )
            for category in question.offered
        }

    def _found(self, question: Categories) -> dict[str, int]:
        return {
            category_id: median_severity(self._severities(question, category_id))
            for category_id, tally in self._tallies(question).items()
            if tally.has_majority
        }

    def _severities(self, question: Categories, category_id: str) -> list[int]:
        """Of those who found it. The 1 of a version that asked for no severity says nothing where others were asked."""
        found = [ballot for ballot in self._due[question.id] if ballot.found(question.id, category_id)]
        graded = [ballot for ballot in found if ballot.graded(question.id)]
        return [ballot.read[question.id][category_id] for ballot in graded or found]

    def _is_split(self, question: Categories, enough: int) -> bool:
        """A category at exactly half, or found where too few were asked; or most people found harm, but no category has
        a majority.

        The last happens when three people name three different categories, or one that is not offered any more: by
        majority nothing would be left, and an item that everybody found harmful would be published as benign.
        """
        tallies = self._tallies(question).values()
        if any(tally.found and (2 * tally.found == tally.asked or tally.asked < enough) for tally in tallies):
            return True
        due = self._due[question.id]
        harmful = sum(1 for ballot in due if ballot.given.get(question.id))
        return 2 * harmful > len(due) and not any(tally.has_majority for tally in tallies)
