"""A month for tests of statements: two days, breaks, an entry without an answer."""

from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

from wellbeing.domain.policy import DEFAULTS, as_numbers
from wellbeing.domain.statement import Record, RecordEnd, Rested, Seen

NOVEMBER = Record(
    kind="month",
    period="2026-11",
    time_zone="Africa/Nairobi",
    today=date(2026, 11, 24),
    is_over=False,
    rows=9,
    first=RecordEnd(3, b"\1" * 32, datetime(2026, 11, 2, 8, tzinfo=UTC)),
    last=RecordEnd(12, b"\2" * 32, datetime(2026, 11, 3, 9, 30, 1, 5, tzinfo=UTC)),
    seen=[
        Seen("2026-11-02", 0, 4, 0, 0, 0),
        Seen("2026-11-02", 1, 2, 0, 40_000, 584),
        Seen("2026-11-03", 4, 1, 1, 30_000, 3_000),
        Seen("2026-11-03", 3, 1, 0, 20_000, 1_167),
    ],
    rested=[Rested("2026-11-02", 2, 900), Rested("2026-11-04", 1, 300)],
    limits=(0, as_numbers(DEFAULTS)),
    team_limits=[(7, {"day_points": 90_000, "unknown": 1})],
)


def a_record(**fields: Any) -> Record:
    return replace(NOVEMBER, **fields)
