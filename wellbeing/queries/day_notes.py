"""One's own day notes. Whoever calls this shows them to their person and to nobody else."""

from dataclasses import dataclass
from datetime import date, timedelta

from wellbeing.domain.sealing import Place
from wellbeing.models import DayNote, DoseDay
from wellbeing.queries.exposure import situation_of
from wellbeing.queries.private_keys import data_key_of
from wellbeing.queries.sealed import opened

TABLE = "day_note"


@dataclass(frozen=True)
class NotedDay:
    """A day with its note (None without one) beside its exposure in milli-EP."""

    day: date
    number: int | None
    points: int


def place_of(person_id: int, day: date) -> Place:
    return Place(person_id, TABLE, day.isoformat(), "number")


def note_of_today(*, person_id: int) -> tuple[date, int | None]:
    """Today, by the person's own clock, and what they noted of it."""
    today = situation_of(person_id).today
    row = DayNote.objects.filter(person_id=person_id, day=today).first()
    return today, None if row is None else _number(row, data_key_of(person_id))


def noted_days(*, person_id: int, count: int = 28) -> list[NotedDay]:
    """The last days that have a note or any exposure, the latest first."""
    since = situation_of(person_id).today - timedelta(days=count)
    key = data_key_of(person_id)
    notes = {row.day: _number(row, key) for row in DayNote.objects.filter(person_id=person_id, day__gt=since)}
    points = {
        row.day: row.points_reserved + row.points_charged
        for row in DoseDay.objects.filter(dosimeter_id=person_id, day__gt=since)
    }
    return [
        NotedDay(day, notes.get(day), points.get(day, 0))
        for day in sorted(notes.keys() | points.keys(), reverse=True)
    ]


def _number(row: DayNote, key: bytes | None) -> int | None:
    text = opened(row.sealed, key, place_of(row.person_id, row.day))
    return None if text is None else int(text)
