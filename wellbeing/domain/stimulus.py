"""What wellbeing knows of a thing before it is shown: never the thing itself."""

from dataclasses import dataclass
from enum import StrEnum

MILD, MODERATE, SEVERE, EXTREME = 1, 2, 3, 4
SEVERITIES = range(5)  # S0 benign … S4 extreme


class Modality(StrEnum):
    """The kind of a stimulus; it sets a weight (DESIGN section 6)."""

    TEXT = "text"
    PAIR = "pair"
    CONVERSATION = "conversation"
    IMAGE = "image"


class Purpose(StrEnum):
    """Why something is shown. Every purpose is metered alike; it only says where the exposure came from."""

    LABEL = "label"
    ADJUDICATE = "adjudicate"
    PREVIEW = "preview"
    GOLD = "gold"
    GUIDELINE = "guideline"


@dataclass(frozen=True)
class Stimulus:
    """One thing that might be shown.

    `severity` is the expected one, 0 to 4, and `basis` says where that came from ("its source", "declared").
    `confirmed_benign` is true only for S0 of a source that people have confirmed: the one kind of stimulus that
    a spent budget still lets through. `words` is its length, 0 for an image.
    """

    modality: Modality
    severity: int
    basis: str = ""
    confirmed_benign: bool = False
    categories: frozenset[str] = frozenset()
    words: int = 0

    def __post_init__(self) -> None:
        if self.severity not in SEVERITIES:
            raise ValueError(f"severity {self.severity} is not one of 0 to 4")
        if self.words < 0:
            raise ValueError("a stimulus has no negative number of words")
        if self.confirmed_benign and self.severity != 0:
            raise ValueError("only a stimulus of severity 0 can be confirmed benign")

    @property
    def is_surely_benign(self) -> bool:
        """Severity 0, and confirmed: what a spent budget lets through."""
        return self.confirmed_benign and self.severity == 0


@dataclass(frozen=True)
class Disclosure:
    """How much of a stimulus is shown so far: all its segments of which any word is shown, in words.

    `words` counts what is shown *including* earlier steps, `of_words` the whole. Masked words of a shown segment
    count as shown. `full` says that everything is.
    """

    words: int
    of_words: int
    full: bool = False

    def __post_init__(self) -> None:
        if self.words < 0 or self.of_words < 0:
            raise ValueError("a disclosure has no negative number of words")
        if self.words > self.of_words:
            raise ValueError("more words are shown than there are")
