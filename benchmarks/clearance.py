"""What a clearance and a reveal cost besides the database: `python -m benchmarks.clearance`.

Statements, and milliseconds of Python: all of an operation but the time in which it waits for the database.
Runs inside `python3 -m launcher with-services --migrate`, which brings a throw-away database.
"""

import json
import statistics
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import django
from django.db import connection, transaction

KEEP = Path(__file__).resolve().parent.parent / "var" / "bench"
ROUNDS = 300
MOST_STATEMENTS = {"clear": 2, "reveal": 4}
MOST_PYTHON_MS = {"clear": 1.0}
Result = dict[str, dict[str, float]]


def main() -> None:
    django.setup()
    result = measure()
    print(line(result))
    keep(result)


def keep(result: Result) -> None:
    KEEP.mkdir(parents=True, exist_ok=True)
    (KEEP / "clearance.json").write_text(json.dumps(result, indent=1) + "\n", encoding="utf-8")


def line(result: Result) -> str:
    return " · ".join(
        f"{name}: {figures['statements']:.0f} statements, {figures['python_ms']} ms Python,"
        f" {figures['database_ms']} ms database"
        for name, figures in result.items()
    )


def measure() -> Result:
    """Medians over 300 rounds of one experienced person. Raises SystemExit above what is promised."""
    from people.models import User
    from wellbeing import interface

    someone = User.objects.create_user("bench-clearance")
    interface.give_consent(person=someone, version=interface.CONSENT_VERSION, language="en")
    who = someone.pk
    interface.recognise_experience(person_id=who, step=4, by=None)
    stimulus = interface.Stimulus(interface.Modality.TEXT, 0, confirmed_benign=True, words=60)
    clear, reveal = Clocked(), Clocked()
    for number in range(ROUNDS):
        occasion = f"bench:{number}"
        clear.run(lambda: interface.clear(person_id=who))
        reveal.run(
            lambda occasion=occasion: interface.reveal(
                person_id=who,
                occasion=occasion,
                purpose=interface.Purpose.LABEL,
                stimulus=stimulus,
                disclosure=interface.Disclosure(60, 60, full=True),
                words_per_minute=120,
            )
        )
        with transaction.atomic():
            interface.settle(person_id=who, occasion=occasion, verdict=0)
    result = {"clear": clear.figures(), "reveal": reveal.figures()}
    for name, most in MOST_STATEMENTS.items():
        if result[name]["statements"] > most:
            raise SystemExit(f"{name} takes {result[name]['statements']} statements, more than {most}")
    for name, ms in MOST_PYTHON_MS.items():
        if result[name]["python_ms"] > ms:
            raise SystemExit(f"{name} takes {result[name]['python_ms']} ms of Python, more than {ms}")
    return result


class Clocked:
    """An operation, many times: its processor time, its statements, and how long those took."""

    def __init__(self) -> None:
        self.python: list[float] = []
        self.database: list[float] = []
        self.statements: list[int] = []

    def run(self, operation: Callable[[], Any]) -> None:
        waited: list[float] = []
        busy: list[float] = []

        def clocked(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
            began, used = time.perf_counter(), time.thread_time()
            answer = execute(sql, params, many, context)
            waited.append(time.perf_counter() - began)
            busy.append(time.thread_time() - used)
            return answer

        with transaction.atomic(), connection.execute_wrapper(clocked):
            used = time.thread_time()
            operation()
            used = time.thread_time() - used
        self.python.append(used - sum(busy))
        self.database.append(sum(waited))
        self.statements.append(len(waited))

    def figures(self) -> dict[str, float]:
        return {
            "statements": statistics.median(self.statements),
            "python_ms": round(1000 * statistics.median(self.python), 2),
            "database_ms": round(1000 * statistics.median(self.database), 2),
        }


if __name__ == "__main__":
    main()
