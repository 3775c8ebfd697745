"""What a release says about itself: counts, inter-annotator agreement and HEAL, gathered as its rows stream by."""

from collections import Counter
from dataclasses import asdict
from typing import Any

from labeling.domain.agreement import Agreement, Tally, report
from labeling.domain.efficiency import Efficiency, is_harmful
from labeling.exporters.context import ReleaseContext
from labeling.queries.releases import FrozenRow

VERDICT = "verdict"
"""The name under which the agreement on severities stands, beside the categories'."""


class Figures:
    """Sums over the rows of a release; their size does not grow with the number of items."""

    def __init__(self, context: ReleaseContext) -> None:
        self._columns = [
            (question.id, category.id)
            for question in context.schema.deciding
            for category in question.offered
        ]
        self._tallies = {category: Tally() for _, category in self._columns}
        self._verdicts = Tally()
        self._efficiency = Efficiency()
        self._people: set[int] = set()
        self._annotations = 0
        self.splits: Counter[str] = Counter()
        self.states: Counter[str] = Counter()
        self.found: Counter[str] = Counter()
        self._versions: set[tuple[int, int | None]] = set()

    def add(self, row: FrozenRow) -> None:
        """Count one item."""
        final = row.final
        self.splits[row.split] += 1
        self.states[row.state] += 1
        self.found.update(category for found in (final["answers"] or {}).values() for category in found)
        self._annotations += len(row.annotations)
        for annotation in row.annotations:
            self._people.add(annotation["person"])
            self._versions.add((annotation["schema"], annotation["guideline"]))
        for question, category in self._columns:
            self._tallies[category].add(
                {a["person"]: int(category in a["answers"].get(question, {})) for a in row.annotations}
            )
        self._verdicts.add({a["person"]: a["verdict"] for a in row.annotations if a["verdict"] is not None})
        self._efficiency.add(
            decided=row.state == "decided",
            harmful=is_harmful(final["answers"], final["soft"]),
            severity=final["severity"],
            exposures=final["exposures"],
        )

    def summary(self) -> dict[str, Any]:
        """The figures as the manifest holds them."""
        return {
            "items": {name: self.states.get(name, 0) for name in ("decided", "contested")},
            "categories": dict(sorted(self.found.items())),
            "annotations": self._annotations,
            "labelers": len(self._people),
            "versions_answered": [
                {"schema": schema, "guideline": guideline}
                for schema, guideline in sorted(self._versions, key=lambda pair: (pair[0], pair[1] or 0))
            ],
            "agreement": {
                **{name: _documents(report(tally)) for name, tally in self._tallies.items()},
                VERDICT: _documents(report(self._verdicts, ordinal=True)),
            },
            "efficiency": self._efficiency.figures(),
        }


def _documents(figures: list[Agreement]) -> list[dict[str, Any]]:
    return [asdict(figure) for figure in figures]
