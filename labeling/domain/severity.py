"""The scale of harm that labels and expectations share."""

from collections.abc import Iterable
from enum import IntEnum


class Severity(IntEnum):
    """How harmful something is to look at. The number is what answers, items and releases carry."""

    BENIGN = 0
    MILD = 1
    MODERATE = 2
    SEVERE = 3
    EXTREME = 4

    @property
    def code(self) -> str:
        """The short form that pages and files print: `S0` to `S4`."""
        return f"S{self.value}"


UNKNOWN = Severity.MODERATE
"""What something counts as while nobody knows better (exposure policy: "else S2")."""


def highest(severities: Iterable[int]) -> Severity:
    """The most severe of some severities; benign when there are none."""
    return Severity(max(severities, default=Severity.BENIGN))
