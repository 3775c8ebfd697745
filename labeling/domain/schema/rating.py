"""A place on a scale whose points are explained: the number of the point.

Points count up by one. A point may say how severe it is (0..4), as an option may.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any, ClassVar, Self

from labeling.domain.schema.fields import (
    Problem,
    read_number,
    read_object,
    read_rows,
    read_text,
    refuse_others,
)
from labeling.domain.schema.question import Question, Reword, Shape

MAX_POINTS = 10


@dataclass(frozen=True)
class Point:
    """One point of the scale, 0..10, and what it means."""

    value: int
    text: str
    severity: int | None = None


@dataclass(frozen=True, kw_only=True)
class Rating(Question):
    """One of `points`, the lowest first."""

    kind: ClassVar[str] = "rating"
    fields: ClassVar[frozenset[str]] = frozenset({"points"})

    points: tuple[Point, ...]

    @classmethod
    def read(cls, value: Mapping[str, Any], path: str, problems: list[Problem], **common: Any) -> Self:
        rows = read_rows(value, "points", path, problems, what="point", most=MAX_POINTS)
        points = tuple(_point(row, f"{path}.points[{n}]", problems) for n, row in enumerate(rows))
        values = [point.value for point in points]
        if points and (len(points) < 2 or values != list(range(values[0], values[0] + len(values)))):
            problems.append((f"{path}.points", "must be at least two, each one higher than the one before"))
        said = [point.severity is not None for point in points]
        if any(said) and not all(said):
            problems.append((f"{path}.points", "give a severity to every point or to none"))
        return cls(points=points, **common)

    def reworded(self, reword: Reword) -> Self:
        points = tuple(replace(point, text=reword(str(point.value), point.text)) for point in self.points)
        return replace(super().reworded(reword), points=points)

    @property
    def levels(self) -> Mapping[int, str]:
        return {point.value: point.text for point in self.points}

    @property
    def asks_severity(self) -> bool:
        return any(point.severity is not None for point in self.points)

    @property
    def one_key(self) -> bool:
        return True

    def possible(self) -> frozenset[str]:
        return frozenset(str(point.value) for point in self.points)

    def said(self, value: Any) -> frozenset[str]:
        return frozenset({str(value)})

    def canonical(self, given: object, shape: Shape, problems: list[Problem]) -> int:
        if type(given) is int and str(given) in self.possible():
            return given
        low, high = self.points[0].value, self.points[-1].value
        problems.append((self.id, f"must be a whole number from {low} to {high}"))
        return low

    def reread(self, value: Any) -> int | None:
        return value if type(value) is int and str(value) in self.possible() else None

    def severities(self, value: Any) -> Iterator[int]:
        return (
            point.severity for point in self.points if point.value == value and point.severity is not None
        )


def _point(row: object, path: str, problems: list[Problem]) -> Point:
    value = read_object(row, path, problems)
    refuse_others(value, {"value", "text", "severity"}, path, problems)
    number = read_number(value, "value", path, problems, least=0, most=10)
    if value.get("value") is None:
        problems.append((f"{path}.value", "must be a whole number from 0 to 10"))
    return Point(
        value=0 if number is None else number,
        text=read_text(value, "text", path, problems),
        severity=read_number(value, "severity", path, problems, least=0, most=4),
    )
