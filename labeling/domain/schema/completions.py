"""Questions that compare the completions of an item, which are called A, B, C …

Preference: the letter of the better one, or `tie` where the schema allows it. Ranking: groups of letters, the best
first; several letters in one group share a place. An item with fewer than two completions is not asked either.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from string import ascii_uppercase
from typing import Any, ClassVar, Self, TypeGuard

from labeling.domain.schema.fields import Problem, read_flag
from labeling.domain.schema.question import Question, Shape

TIE = "tie"
MAX_COMPLETIONS = 10
LETTERS = ascii_uppercase[:MAX_COMPLETIONS]


@dataclass(frozen=True, kw_only=True)
class _Compared(Question):
    fields: ClassVar[frozenset[str]] = frozenset({"ties"})

    ties: bool = False

    @classmethod
    def read(cls, value: Mapping[str, Any], path: str, problems: list[Problem], **common: Any) -> Self:
        return cls(ties=read_flag(value, "ties", path, problems, usual=False), **common)

    def suits(self, shape: Shape) -> bool:
        return shape.completions > 1


@dataclass(frozen=True, kw_only=True)
class Preference(_Compared):
    """Which completion is better."""

    kind: ClassVar[str] = "preference"

    @property
    def one_key(self) -> bool:
        return True

    def possible(self) -> frozenset[str]:
        return frozenset(LETTERS) | (frozenset({TIE}) if self.ties else frozenset())

    def said(self, value: Any) -> frozenset[str]:
        return frozenset({value})

    def offered(self, shape: Shape) -> tuple[str, ...]:
        """What may be answered about an item of that shape."""
        return (*shape.letters, *((TIE,) if self.ties else ()))

    def canonical(self, given: object, shape: Shape, problems: list[Problem]) -> str:
        offered = self.offered(shape)
        if isinstance(given, str) and given in offered:
            return given
        problems.append((self.id, f"must be one of {', '.join(offered)}"))
        return ""

    def reread(self, value: Any) -> str | None:
        return value if isinstance(value, str) and value in self.possible() else None


@dataclass(frozen=True, kw_only=True)
class Ranking(_Compared):
    """The completions in order, the best first."""

    kind: ClassVar[str] = "ranking"

    def canonical(self, given: object, shape: Shape, problems: list[Problem]) -> list[list[str]]:
        if not _is_groups(given):
            problems.append((self.id, 'must be a list of lists of letters, the best first: [["B"], ["A"]]'))
            return []
        named = [letter for group in given for letter in group]
        if sorted(named) != sorted(shape.letters):
            problems.append((self.id, f"must name each of {', '.join(shape.letters)} once"))
        if not self.ties:
            problems.extend(
                (f"{self.id}[{n}]", "must be one letter: no two may share a place")
                for n, group in enumerate(given)
                if len(group) > 1
            )
        return [sorted(group) for group in given]

    def reread(self, value: Any) -> list[list[str]] | None:
        if not _is_groups(value) or (not self.ties and any(len(group) > 1 for group in value)):
            return None
        return value


def places_of(groups: list[list[str]]) -> dict[str, int]:
    """Letter → its place, the best 0; letters of one group share it."""
    return {letter: place for place, group in enumerate(groups) for letter in group}


def _is_groups(value: object) -> TypeGuard[list[list[str]]]:
    return isinstance(value, list) and all(
        isinstance(group, list) and group and all(isinstance(letter, str) for letter in group)
        for group in value
    )
