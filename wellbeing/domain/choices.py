"""What a person chose for themself by category: nobody else sees it, and it holds at once."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from wellbeing.domain.points import NO_SELF_WEIGHT

HEAVIER = 1_500  # thousandths: what somebody may set for a category that weighs more on them
WEIGHTS = (NO_SELF_WEIGHT, HEAVIER)


@dataclass(frozen=True)
class Choices:
    """`refused` categories are never handed out; `heavier` ones count with HEAVIER."""

    refused: frozenset[str] = frozenset()
    heavier: Mapping[str, int] = field(default_factory=dict)

    def self_weight(self, categories: Iterable[str]) -> int:
        """The heaviest weight of these categories, in thousandths."""
        return max(
            (self.heavier.get(category, NO_SELF_WEIGHT) for category in categories), default=NO_SELF_WEIGHT
        )


NO_CHOICES = Choices()
