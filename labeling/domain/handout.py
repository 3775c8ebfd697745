"""What to expect of an item before anybody has judged it: the rule behind who may be handed what.

`expectation` is the specification; labeling.queries.expectation says the same in SQL, so that a claim can decide
for a whole stratum in one statement, and a test compares the two over every combination. In words (DESIGN 6):

- the item's own estimate, but a declared severity below S2 counts as S2 until its source is confirmed;
- without one, what its source is known for; else S2;
- never less than a severe find in that source.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from math import ceil

from labeling.domain.severity import UNKNOWN, Severity

ENOUGH_DECIDED = 50
"""Decided items of a source from which its own findings speak for it (exposure policy)."""
PERCENTILE = 0.9
CONFIRMED_FROM = 0.95
"""Share of declared-mild items that must prove right before a source's declarations are believed."""
NAMED_FROM = 0.3
"""A score from which an item counts as being of that category for opt-outs. Low on purpose: a refused category
that slips through costs the person more than an item that waits for somebody else."""


class Basis(StrEnum):
    """Whose estimate it is. Unproved: the item's own is milder than moderate, and its source not confirmed."""

    ITEM = "item"
    UNPROVED = "unproved"
    SOURCE = "source"
    UNKNOWN = "unknown"


@dataclass(frozen=True)
class SourceKnowledge:
    """What is known of where an item came from. `found`: the expectation was raised by a severe find."""

    expected: int | None = None
    found: bool = False
    confirmed: bool = False


@dataclass(frozen=True)
class Expectation:
    """How severe an item counts as, on what basis, and whether it may be handed out on a spent budget."""

    severity: Severity
    basis: Basis
    confirmed_benign: bool


def expectation(declared: int | None, source: SourceKnowledge) -> Expectation:
    """What an item with this declared or estimated severity (0-4, None = none) of this source counts as."""
    if declared is None:
        own = UNKNOWN.value if source.expected is None else source.expected
    elif source.confirmed:
        own = declared
    else:
        own = max(declared, UNKNOWN.value)
    raised = source.expected if source.found and source.expected is not None else 0
    return Expectation(
        severity=Severity(max(own, raised)),
        basis=_basis(declared, source, own, raised),
        confirmed_benign=declared == 0 and source.confirmed and not source.found,
    )


def found_expectation(decided: Sequence[int], *, items: int) -> Severity | None:
    """The 90th percentile (nearest rank) of the severities found in a source; None while too few are decided.

    Args:
        decided: final severities, 0-4.
        items: how many items the source has; all of them decided is enough, however few.
    """
    if not decided or len(decided) < min(ENOUGH_DECIDED, items):
        return None
    return Severity(sorted(decided)[ceil(PERCENTILE * len(decided)) - 1])


def is_confirmed(*, checked: int, right: int, items: int) -> bool:
    """Whether declarations below S2 are believed: 50 random items (or all) were looked at and 95 % were right."""
    return 0 < checked >= min(ENOUGH_DECIDED, items) and right >= CONFIRMED_FROM * checked


def categories_of(scores: Mapping[str, float]) -> list[str]:
    """The categories that an item's scores name, sorted: what opt-outs and a stratum look at."""
    return sorted(category for category, score in scores.items() if score >= NAMED_FROM)


def _basis(declared: int | None, source: SourceKnowledge, own: int, raised: int) -> Basis:
    if raised > own:
        return Basis.SOURCE
    if declared is not None:
        return Basis.UNPROVED if declared < own else Basis.ITEM
    return Basis.UNKNOWN if source.expected is None else Basis.SOURCE
