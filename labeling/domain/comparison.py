"""Which answers inter-annotator agreement compares: one rule for the project page and for releases.

Only the answers that every item is asked for count. A third one that was asked for only because two differed would
make the figures worse, and items that were spared it would make them better. Whoever was not asked about something
is missing from it, and did not find it absent.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from labeling.domain.agreement import Tally
from labeling.domain.measures import Measure, measures
from labeling.domain.schema import Answers, Schema
from labeling.domain.stopping import strategy

_EXTRA = 99


@dataclass(frozen=True, slots=True)
class Given:
    """One person's standing answer to an item, and the schema that it was given under.

    `slot` is the number of the slot that it fills; None for an extra one, which came after its lease had been lost.
    """

    annotation_id: int
    person_id: int
    slot: int | None
    schema: Schema
    answers: Answers
    verdict: int | None


class Comparison:
    """The ratings of each measure of a schema, gathered item by item; their size does not grow with the items."""

    def __init__(self, schema: Schema, *, asked_by: str) -> None:
        """
        Args:
            asked_by: the name of the project's overlap strategy.
        """
        self.measures: list[Measure] = measures(schema)
        self.of: dict[str, Tally] = {measure.id: Tally() for measure in self.measures}
        self.verdicts = Tally()
        self.items = 0
        """Those with two compared answers or more."""
        self._first = strategy(asked_by).first

    def add(self, item: Iterable[Given]) -> None:
        """Count one item by its answers, in any order."""
        by_slot = sorted(item, key=lambda given: (given.slot or _EXTRA, given.annotation_id))
        compared = by_slot[: self._first]
        self.items += len(compared) > 1
        for measure in self.measures:
            coded = {given.person_id: measure.code(given.answers, given.schema) for given in compared}
            self.of[measure.id].add(
                {person: number for person, number in coded.items() if number is not None}
            )
        self.verdicts.add({given.person_id: given.verdict for given in compared if given.verdict is not None})
