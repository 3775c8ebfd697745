"""What every page may show of the person who looks at it."""

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from wellbeing.interface import Gauge, read_own_gauge
from wellbeing.operations.day_notes import NUMBERS
from wellbeing.queries.day_notes import note_of_today


def own_gauge(request: HttpRequest) -> dict[str, Any]:
    """`own_gauge`: the header's gauge of the signed-in person, else None. Read when a template first uses it."""
    user = getattr(request, "user", None)
    if user is None or not user.is_authenticated:
        return {"own_gauge": None}
    person_id: int = user.pk

    def read() -> Gauge:
        return read_own_gauge(person_id=person_id)

    return {"own_gauge": SimpleLazyObject(read)}


@dataclass(frozen=True)
class OwnDayNote:
    """What wellbeing/_day_note.html shows."""

    number: int | None

    @property
    def numbers(self) -> range:
        return NUMBERS


def own_day_note(request: HttpRequest) -> dict[str, Any]:
    """`own_day_note`: what the signed-in person noted of today, for their own page. Read when a template uses it."""
    user = getattr(request, "user", None)
    if user is None or not user.is_authenticated:
        return {"own_day_note": None}
    person_id: int = user.pk

    def read() -> OwnDayNote:
        return OwnDayNote(note_of_today(person_id=person_id)[1])

    return {"own_day_note": SimpleLazyObject(read)}
