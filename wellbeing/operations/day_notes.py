"""A day note is written and removed by its person alone. Nothing else happens, whatever the number."""

from datetime import date

from django.db import transaction

from wellbeing.domain.sealing import seal
from wellbeing.models import DayNote
from wellbeing.operations.private_keys import ensure_data_key
from wellbeing.queries.day_notes import place_of
from wellbeing.queries.exposure import situation_of

NUMBERS = range(11)


def note_day(*, person_id: int, number: int) -> date:
    """Keep `number` (0 to 10) for today, in place of what stood there. Returns the day. Raises ValueError."""
    if number not in NUMBERS:
        raise ValueError(f"a day note is a number from 0 to 10, not {number}")
    today = situation_of(person_id).today
    with transaction.atomic():
        # Two figures always: the length of what is sealed would tell a ten from the rest.
        sealed = seal(f"{number:02d}", ensure_data_key(person_id=person_id), place_of(person_id, today))
        DayNote.objects.bulk_create(
            [DayNote(person_id=person_id, day=today, sealed=sealed)],
            update_conflicts=True,
            unique_fields=["person", "day"],
            update_fields=["sealed"],
        )
    return today


def forget_day_note(*, person_id: int, day: date) -> bool:
    """Remove the note of that day; True if there was one."""
    removed, _ = DayNote.objects.filter(person_id=person_id, day=day).delete()
    return bool(removed)
