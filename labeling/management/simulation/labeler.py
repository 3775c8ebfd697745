"""A scripted labeler: how long they read, what they answer, when they skip. Plain rules and a seeded generator.

Their shape follows what is published of such work: reading speeds spread log-normally around 200 words a minute,
single-rater accuracy of 0.83-0.98 on labeled sets of this kind, and mistakes that depend on the item as well as on
the person, so that two people are not wrong independently on a hard item.
"""

import hashlib
import random
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

DECIDE_SECONDS = 6.0
CARD_SECONDS = 5.0


@dataclass(frozen=True)
class Temperament:
    """What makes one scripted labeler differ from another."""

    name: str
    accuracy: float  # chance that a category of an ordinary item is judged as the truth has it
    words_per_minute: float
    skip_rate: float  # chance to skip a card, shown or not
    seed: int


def temperaments(
    names: Sequence[str], *, accuracy: float, words_per_minute: float, skip_rate: float, seed: int
) -> list[Temperament]:
    """One temperament a name, spread around the given means."""
    generator = random.Random(seed)  # noqa: S311 - a simulation, not a secret
    return [
        Temperament(
            name=name,
            accuracy=min(0.995, max(0.5, generator.gauss(accuracy, 0.02))),
            words_per_minute=words_per_minute * generator.lognormvariate(0, 0.25),
            skip_rate=skip_rate,
            seed=generator.randrange(2**32),
        )
        for name in names
    ]


class ScriptedLabeler:
    """Draws one labeler's seconds and answers. The same seed and order of work give the same draws."""

    def __init__(
        self, temperament: Temperament, categories: Sequence[str], severity: Mapping[str, int]
    ) -> None:
        self.temperament = temperament
        self.categories = categories
        self.severity = severity
        self._random = random.Random(temperament.seed)  # noqa: S311 - a simulation, not a secret

    def card_seconds(self) -> float:
        return CARD_SECONDS * self._random.lognormvariate(0, 0.3)

    def reading_seconds(self, words: int) -> float:
        return 60 * words / self.temperament.words_per_minute

    def decide_seconds(self) -> float:
        return DECIDE_SECONDS * self._random.lognormvariate(0, 0.4)

    def skips(self) -> bool:
        return self._random.random() < self.temperament.skip_rate

    def answers(self, item: str, truth: Mapping[str, int]) -> dict[str, int]:
        """Category id -> severity 1-4 of what this labeler says is present.

        A cell that the truth does not label is answered "absent": nothing is known, and nothing is made up.
        """
        found: dict[str, int] = {}
        for category in self.categories:
            if category not in truth:
                continue
            present = truth[category] > 0
            if self._random.random() >= self._accuracy(item, category, present):
                present = not present
            if present:
                found[category] = self._severity(truth[category] or self.severity.get(category, 2))
        return found

    def _accuracy(self, item: str, category: str, present: bool) -> float:
        """Hard items are harder for everybody: one in eight cells halves the distance to a coin."""
        digest = hashlib.sha256(f"{item}/{category}".encode()).digest()
        accuracy = (
            self.temperament.accuracy if digest[0] >= 32 else 0.5 + (self.temperament.accuracy - 0.5) / 2
        )
        # Most cells are "absent"; people rarely see what is not there, and more often miss what is.
        return accuracy if present else 1 - (1 - accuracy) / 6

    def _severity(self, true_severity: int) -> int:
        drift = self._random.choices((-1, 0, 1), weights=(1, 8, 1))[0]
        return min(4, max(1, true_severity + drift))
