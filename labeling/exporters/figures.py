"""What a release says about itself: counts, inter-annotator agreement and HEAL, gathered as its rows stream by."""

from collections import Counter, defaultdict
from dataclasses import asdict
from typing import Any

from labeling.domain.agreement import Agreement, Tally, report
from labeling.domain.efficiency import Efficiency, is_harmful
from labeling.domain.measures import measures
from labeling.domain.schema import Categories
from labeling.domain.stopping import strategy
from labeling.exporters.context import ReleaseContext
from labeling.queries.releases import FrozenRow

VERDICT = "verdict"
"""The name under which the agreement on severities stands, beside the categories'."""
_EXTRA = 99


class Figures:
    """Sums over the rows of a release; their size does not grow with the number of items."""

    def __init__(self, context: ReleaseContext) -> None:
        self._context = context
        self._measures = measures(context.schema)
        self._first = strategy(context.release.filters["strategy"]).first
        self._tallies = {measure.id: Tally() for measure in self._measures}
        self._verdicts = Tally()
        self._efficiency = Efficiency()
        self._people: set[int] = set()
        self._annotations = 0
        self.splits: Counter[str] = Counter()
        self.states: Counter[str] = Counter()
        self.found: Counter[str] = Counter()
        self.answered: defaultdict[str, Counter[str]] = defaultdict(Counter)
        self._versions: set[tuple[int, int | None]] = set()

    def add(self, row: FrozenRow) -> None:
        """Count one item."""
        final = row.final
        self.splits[row.split] += 1
        self.states[row.state] += 1
        self._add_labels(final["answers"] or {})
        self._annotations += len(row.annotations)
        for annotation in row.annotations:
            self._people.add(annotation["person"])
            self._versions.add((annotation["schema"], annotation["guideline"]))
        self._add_agreement(row)
        self._efficiency.add(
            decided=row.state == "decided",
            harmful=is_harmful(
                final["answers"],
                [annotation["answers"] for annotation in row.annotations],
                severity=final["severity"],
                verdicts=[annotation["verdict"] for annotation in row.annotations],
            ),
            severity=final["severity"],
            exposures=final["exposures"],
        )

    def _add_labels(self, answers: dict[str, Any]) -> None:
        for question in self._context.schema.questions:
            said = answers.get(question.id)
            if isinstance(question, Categories):
                self.found.update(list(said or ()))
            elif isinstance(said, str | int):
                self.answered[question.id][str(said)] += 1

    def _add_agreement(self, row: FrozenRow) -> None:
        """Count the answers that everybody would have been asked for. A third one that was asked for only because
        two differed would make the figures worse, and items that were spared it would make them better. Whoever was not
        asked about something is missing from it, and did not find it absent."""
        by_slot = sorted(row.annotations, key=lambda given: (given["slot"] or _EXTRA, given["id"]))
        first = by_slot[: self._first]
        for measure in self._measures:
            coded = {
                given["person"]: measure.code(given["answers"], self._context.schema_at(given["schema"]))
                for given in first
            }
            self._tallies[measure.id].add(
                {person: number for person, number in coded.items() if number is not None}
            )
        self._verdicts.add(
            {given["person"]: given["verdict"] for given in first if given["verdict"] is not None}
        )

    def summary(self) -> dict[str, Any]:
        """The figures as the manifest holds them."""
        return {
            "items": {name: self.states.get(name, 0) for name in ("decided", "contested")},
            "categories": dict(sorted(self.found.items())),
            "answers": {name: dict(sorted(counts.items())) for name, counts in sorted(self.answered.items())},
            "annotations": self._annotations,
            "labelers": len(self._people),
            "versions_answered": [
                {"schema": schema, "guideline": guideline}
                for schema, guideline in sorted(self._versions, key=lambda pair: (pair[0], pair[1] or 0))
            ],
            "agreement": {
                **{
                    measure.id: _documents(report(self._tallies[measure.id], ordinal=measure.is_ordinal))
                    for measure in self._measures
                },
                VERDICT: _documents(report(self._verdicts, ordinal=True)),
            },
            "efficiency": self._efficiency.figures(),
        }


def _documents(figures: list[Agreement]) -> list[dict[str, Any]]:
    return [asdict(figure) for figure in figures]
