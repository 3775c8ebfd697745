"""What the labels cost the people who made them: HEAL, harmful exposures per agreed label.

An exposure is one item opened by one person. It is harmful when the item's label is: a category or a severity above S0
in the final label, or, where the item is contested, in at least half of the answers. Open, unlabeled items are not counted.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from labeling.domain.schema import Answers, finds_harm

WEIGHTS = (0.0, 0.5, 1.0, 2.0, 4.0)
"""Weight of an exposure by final severity S0 to S4 (exposure policy, DESIGN section 6)."""


@dataclass
class Efficiency:
    """Sums over the items of a release, fed one by one."""

    labels: int = 0
    toxic_labels: int = 0
    contested: int = 0
    exposures: int = 0
    harmful_exposures: int = 0
    weighted: float = 0.0

    def add(self, *, decided: bool, harmful: bool, severity: int | None, exposures: int) -> None:
        """Count one labeled item and how many people opened it."""
        self.labels += decided
        self.contested += not decided
        self.exposures += exposures
        if harmful:
            self.toxic_labels += decided
            self.harmful_exposures += exposures
            self.weighted += exposures * WEIGHTS[2 if severity is None else severity]

    def figures(self) -> dict[str, float | int | None]:
        """The named figures; None where nothing was agreed that they could be divided by."""
        return {
            "exposures": self.exposures,
            "harmful_exposures": self.harmful_exposures,
            "exposures_per_label": _ratio(self.exposures, self.labels),
            "heal": _ratio(self.harmful_exposures, self.labels),
            "heal_per_toxic_label": _ratio(self.harmful_exposures, self.toxic_labels),
            "heal_severity_weighted": _ratio(self.weighted, self.labels),
        }


def is_harmful(
    final: Answers | None,
    votes: Sequence[Answers],
    *,
    severity: int | None = None,
    verdicts: Sequence[int | None] = (),
) -> bool:
    """Whether an item counts as harmful: by its final label, or by half of its answers when it has none.

    An answer is harmful when it found a category, or when its severity (`severity` of the label, `verdicts` of the
    answers) is above S0.
    """
    if final is not None:
        return finds_harm(final, severity)
    known = [*verdicts, *[None] * (len(votes) - len(verdicts))]
    harmful = sum(finds_harm(vote, verdict) for vote, verdict in zip(votes, known, strict=True))
    return 2 * harmful >= len(votes) > 0


def _ratio(part: float, whole: int) -> float | None:
    return round(part / whole, 4) if whole else None
