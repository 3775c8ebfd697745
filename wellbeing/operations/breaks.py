"""Breaks and stops. They always pass; nobody asks why, and what is stored does not tell one from another."""

from dataclasses import dataclass
from datetime import datetime

from django.db import connection, transaction

from wellbeing.domain import breaks, words
from wellbeing.domain.breaks import BreakClock, BreakKind
from wellbeing.domain.clearance import Refusal, RefusalCode, refuse
from wellbeing.domain.situation import Situation
from wellbeing.domain.view import closed
from wellbeing.domain.window import later
from wellbeing.operations.lock import locked_situation
from wellbeing.operations.record import record, write_clock

# A break that is running already goes on; a longer one makes it longer. Otherwise a new row begins now.
BEGIN = """
WITH running AS (
    UPDATE break_taken
       SET ends_at = GREATEST(ends_at, started_at + (%(end)s - %(now)s)),
           kind = CASE WHEN started_at + (%(end)s - %(now)s) > ends_at THEN %(kind)s ELSE kind END
     WHERE person_id = %(person)s AND ends_at > %(now)s AND started_at <= %(now)s
 RETURNING kind, started_at, ends_at
), begun AS (
    INSERT INTO break_taken (person_id, kind, started_at, ends_at, paid)
    SELECT %(person)s, %(kind)s, %(now)s, %(end)s, true
     WHERE NOT EXISTS (SELECT FROM running)
 RETURNING kind, started_at, ends_at
)
SELECT kind, started_at, ends_at FROM running UNION ALL SELECT kind, started_at, ends_at FROM begun
"""
END = """
UPDATE break_taken SET ends_at = respite_now()
 WHERE person_id = %(person)s AND ends_at > respite_now() AND started_at <= respite_now()
"""


@dataclass(frozen=True)
class BreakStarted:
    """A paid break that runs until `ends_at`. `free_at`: when a due break is over and work can go on, else None."""

    kind: BreakKind
    started_at: datetime
    ends_at: datetime
    free_at: datetime | None


def start_break(*, person_id: int, kind: BreakKind) -> BreakStarted:
    """Begin a paid break now: the open view is concealed with it. Repeatable. Raises NoSuchPerson.

    If a longer break than asked for is due, or comes due before this one would end, it is that one that begins: nobody
    has to be at a page for the rest of it to be paid.
    """
    with transaction.atomic():
        situation = locked_situation(person_id=person_id)
        if situation.open_view is not None:
            change = closed(situation.open_view, situation.now)
            situation = record(situation.with_activity(situation.now), change)
        due = situation.due_break
        end = later(situation.now, breaks.length_ms(kind, situation.policy))
        is_long_due = due is not None and due.kind is BreakKind.LONG
        if is_long_due or breaks.coming_longer(situation.break_clock, end, situation.policy):
            kind = BreakKind.LONG
        started_kind, started_at, ends_at = _begin(situation, kind)
        return BreakStarted(BreakKind(started_kind), started_at, ends_at, due.until if due else None)


def stop(*, person_id: int) -> BreakStarted:
    """Blank at once, rest as long as a short break; exactly a short break in everything that is kept."""
    return start_break(person_id=person_id, kind=BreakKind.MICRO)


def end_break(*, person_id: int) -> None:
    """The person is back. A break that is due stays due until they have rested long enough, and goes on, paid."""
    with transaction.atomic():
        situation = locked_situation(person_id=person_id)
        if situation.due_break is not None:
            _begin(situation, situation.due_break.kind)
            return
        with connection.cursor() as cursor:
            cursor.execute(END, {"person": person_id})


def move_break(*, person_id: int) -> BreakClock | Refusal:
    """Put the due break off by ten minutes or a few points, once in its stretch.

    Refused with break_due when it was moved before, or moving it would not be enough; with not_open when none is due.
    """
    with transaction.atomic():
        situation = locked_situation(person_id=person_id)
        due = situation.due_break
        if due is None:
            return refuse(RefusalCode.NOT_OPEN, why=words.NOTHING_TO_MOVE)
        clock = breaks.move_due(
            situation.break_clock, situation.now, *situation.points_since_pause, situation.policy
        )
        if clock is None:
            return refuse(RefusalCode.BREAK_DUE, due.until, words.CANNOT_MOVE)
        write_clock(situation, clock)
        return clock


def _begin(situation: Situation, kind: BreakKind) -> tuple[str, datetime, datetime]:
    start = situation.now
    end = later(start, breaks.length_ms(kind, situation.policy))
    with connection.cursor() as cursor:
        cursor.execute(BEGIN, {"person": situation.person_id, "kind": kind.value, "now": start, "end": end})
        row: tuple[str, datetime, datetime] = cursor.fetchone()
    return row
