"""What a simulated run cost, as a table and as JSON."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Any


@dataclass(frozen=True)
class Person:
    """One scripted labeler at the end: their own counts, and what their own exposure page says."""

    name: str
    annotations: int
    skips: int
    breaks: int
    budget_stops: int
    days: int
    exposure_points: float


@dataclass(frozen=True)
class Report:
    """The whole run. `seconds` is wall time, `simulated_days` from the first claim to the last answer."""

    finished: bool
    progress: dict[str, Any]
    people: Sequence[Person]
    simulated_days: float
    seconds: float

    def document(self) -> dict[str, Any]:
        return {
            "finished": self.finished,
            "progress": self.progress,
            "annotations": self.annotations,
            "annotations_per_task": self.per_task,
            "breaks": sum(person.breaks for person in self.people),
            "exposure_points": {"max": self.most, "mean": self.mean},
            "simulated_days": round(self.simulated_days, 2),
            "seconds": round(self.seconds, 1),
            "people": [asdict(person) for person in self.people],
        }

    @property
    def annotations(self) -> int:
        return sum(person.annotations for person in self.people)

    @property
    def per_task(self) -> float:
        return round(self.annotations / max(1, int(self.progress["tasks"])), 3)

    @property
    def most(self) -> float:
        return round(max((person.exposure_points for person in self.people), default=0), 1)

    @property
    def mean(self) -> float:
        total = sum(person.exposure_points for person in self.people)
        return round(total / max(1, len(self.people)), 1)

    def lines(self) -> list[str]:
        head = (
            f"{'labeler':<16}{'answers':>9}{'skips':>7}{'breaks':>8}{'budget spent':>14}{'days':>6}{'EP':>9}"
        )
        rows = [
            f"{p.name:<16}{p.annotations:>9}{p.skips:>7}{p.breaks:>8}{p.budget_stops:>14}{p.days:>6}"
            f"{p.exposure_points:>9.1f}"
            for p in self.people
        ]
        total = [
            ("tasks", f"{self.progress['tasks']:,}"),
            ("decided", f"{self.progress['decided']:,}"),
            ("contested", f"{self.progress['contested']:,}"),
            ("still open", f"{self.progress['open']:,}"),
            ("answers per task", f"{self.per_task:.2f}"),
            ("breaks taken", f"{sum(p.breaks for p in self.people):,}"),
            ("EP a person, max / mean", f"{self.most:,.1f} / {self.mean:,.1f}"),
            ("simulated days", f"{self.simulated_days:.1f}"),
            ("wall time", f"{self.seconds:,.0f} s"),
        ]
        return [head, *rows, "", *(f"{name:<26}{value:>16}" for name, value in total)]
