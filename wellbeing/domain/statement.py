"""The statement of exposure that a person takes along: built from rows that are read elsewhere, without a clock.

The same rows always give the same document, so that a month that is over gives the same bytes whenever it is asked for.
Whole numbers only: milli-EP, milliseconds, seconds. What it says of its numbers is meant for a doctor or a union.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

from wellbeing.domain.verify_statement import COUNTED, FORMAT, LINES, SEVERITIES, SUMMED

BASIS = "A policy choice: no study gives a safe number."
LIMITS = (
    "day_points",
    "day_open_ms",
    "day_extreme_points",
    "week_points",
    "month_points",
    "micro_after_ms",
    "micro_length_ms",
    "long_after_ms",
    "long_length_ms",
)
MEANING = (
    (
        "This is a record of how much and how severe the content was that this person was shown at work. "
        "It never says what it was. It is no diagnosis and no measure of harm."
    ),
    (
        "1,000 milli_points are one exposure point: one minute of moderate text, fully shown. A mild minute counts half, "
        "a severe one twice and an extreme one four times as much; a picture counts one and a half times as much as a text. "
        "What was harmless counts nothing. Every opening counts a quarter of a minute more than it was open."
    ),
    (
        "The severity is the one that the person answered, or a higher one that others found later. An officer can put a "
        "disputed entry right, up or down. What is not answered yet (unanswered) counts as it was expected to be."
    ),
    (
        "open_ms is how long something was open that was not harmless, in thousandths of a second, by the server's clock. "
        "A day begins and ends at 04:00 in the time zone given here."
    ),
    "Every break is paid time, whether it was due, wished for or a stop. break_seconds is how long the breaks were.",
    (
        "The weights and the limits are a policy choice: no study gives a safe number. The limits are those of the "
        "organisation at the end of this period, and of teams whose limits held in it; people may have had stricter ones."
    ),
)
LATER = (
    "It covers the record up to the row named as last. If others find an entry more severe later, or an officer "
    "corrects one, a row with a higher number is added, and it belongs to the day on which the entry was opened. "
    "A statement of the same period that is made after that names a higher row: of two, the higher one knows more."
)


@dataclass(frozen=True)
class RecordEnd:
    """A row of the ledger that a statement begins or ends with."""

    row: int
    hash: bytes
    written: datetime


@dataclass(frozen=True)
class Seen:
    """What one line (a day, or a month) holds of one severity, 0 to 4. `unanswered` of its `views` are not settled."""

    of: str
    severity: int
    views: int
    unanswered: int
    open_ms: int
    milli_points: int


@dataclass(frozen=True)
class Rested:
    """The breaks of one line that are over."""

    of: str
    breaks: int
    seconds: int


@dataclass(frozen=True)
class Record:
    """The rows of one period of one person, as one snapshot saw them.

    `period` is "2026-11", or "lifetime"; `rows` counts the ledger's rows in it, `last` is the highest of them.
    `is_over`: the period has ended and no break of it still runs. `limits` and `team_limits` are by policy version.
    """

    kind: str
    period: str
    time_zone: str
    today: date
    is_over: bool
    rows: int
    first: RecordEnd
    last: RecordEnd
    seen: Sequence[Seen]
    rested: Sequence[Rested]
    limits: tuple[int, Mapping[str, int]]
    team_limits: Sequence[tuple[int, Mapping[str, int]]]


def statement(record: Record, *, person: str, organisation: str) -> dict[str, Any]:
    """The document of that record, ready to be signed. `person` is the name as they want it."""
    of_each = sorted({row.of for row in record.seen} | {row.of for row in record.rested})
    lines = [_line(of, record) for of in of_each]
    version, limits = record.limits
    return {
        "format": FORMAT,
        "kind": record.kind,
        "person": person,
        "organisation": organisation,
        "period": record.period,
        "so_far": not record.is_over,
        "covers": _covers(record),
        "time_zone": record.time_zone,
        LINES[record.kind]: lines,
        "totals": _totals(lines),
        "policy": {
            "version": version,
            "limits": _chosen(limits),
            "teams": [{"version": number, "limits": _chosen(held)} for number, held in record.team_limits],
            "basis": BASIS,
        },
        "record": {"rows": record.rows, "first": _end(record.first), "last": _end(record.last)},
        "meaning": [*MEANING, LATER],
    }


def _line(of: str, record: Record) -> dict[str, Any]:
    seen = [row for row in record.seen if row.of == of]
    rested = [row for row in record.rested if row.of == of]
    by_severity = {
        name: {what: sum(getattr(row, what) for row in seen if row.severity == number) for what in COUNTED}
        for number, name in enumerate(SEVERITIES)
    }
    return {
        "of": of,
        "by_severity": by_severity,
        **{what: sum(getattr(row, what) for row in seen) for what in COUNTED},
        "unanswered": sum(row.unanswered for row in seen),
        "breaks": sum(row.breaks for row in rested),
        "break_seconds": sum(row.seconds for row in rested),
    }


def _totals(lines: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    return {
        "by_severity": {
            name: {what: sum(line["by_severity"][name][what] for line in lines) for what in COUNTED}
            for name in SEVERITIES
        },
        **{what: sum(line[what] for line in lines) for what in SUMMED},
    }


def _covers(record: Record) -> str:
    until = f"up to row {record.last.row} of the record"
    return until if record.is_over else f"so far: to {record.today.isoformat()}, {until}"


def _end(end: RecordEnd) -> dict[str, Any]:
    written = end.written.astimezone(UTC).replace(microsecond=0)
    return {"row": end.row, "hash": end.hash.hex(), "written": written.isoformat()}


def _chosen(limits: Mapping[str, int]) -> dict[str, int]:
    return {name: limits[name] for name in LIMITS if name in limits}
