"""What a release says about itself: counts, inter-annotator agreement and HEAL, gathered as its rows stream by."""

from collections import Counter, defaultdict
from dataclasses import asdict
from typing import Any

from labeling.domain.agreement import Agreement, report
from labeling.domain.comparison import Comparison, Given
from labeling.domain.efficiency import Efficiency, is_harmful
from labeling.domain.schema import Categories
from labeling.exporters.context import ReleaseContext
from labeling.queries.releases import FrozenRow

VERDICT = "verdict"
"""The name under which the agreement on severities stands, beside the categories'."""


class Figures:
    """Sums over the rows of a release; their size does not grow with the number of items."""

    def __init__(self, context: ReleaseContext) -> None:
        self._context = context
        self._compared = Comparison(context.schema, asked_by=context.release.filters["strategy"])
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
        self._compared.add(
            Given(
                annotation_id=given["id"],
                person_id=given["person"],
                slot=given["slot"],
                schema=self._context.schema_at(given["schema"]),
                answers=given["answers"],
                verdict=given["verdict"],
            )
            for given in row.annotations
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
                    measure.id: _documents(report(self._compared.of[measure.id], ordinal=measure.is_ordinal))
                    for measure in self._compared.measures
                },
                VERDICT: _documents(report(self._compared.verdicts, ordinal=True)),
            },
            "efficiency": self._efficiency.figures(),
        }


def _documents(figures: list[Agreement]) -> list[dict[str, Any]]:
    return [asdict(figure) for figure in figures]
