"""What every page may show of the person who looks at it."""

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse
from django.utils.functional import SimpleLazyObject
from django.utils.translation import get_language

from people.permissions import ROLES, Permission, Role
from people.queries import open_invitation
from people.tokens import digest
from wellbeing.domain.consent import Kind
from wellbeing.domain.first_days import DISPLAY, STEPS
from wellbeing.domain.ramp import LAST_STEP
from wellbeing.domain.ramp_words import step_in_words
from wellbeing.interface import Gauge, kinds_for, read_own_gauge
from wellbeing.operations.day_notes import NUMBERS
from wellbeing.queries.day_notes import note_of_today
from wellbeing.queries.first_days import Progress, progress_of


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


def own_first_days(request: HttpRequest) -> dict[str, Any]:
    """`own_first_days`: what wellbeing/_first_days_line.html says. Read when a template uses it."""
    user = getattr(request, "user", None)
    if user is None or not user.is_authenticated:
        return {"own_first_days": None}

    def read() -> Progress:
        return progress_of(user, first_days_steps())

    return {"own_first_days": SimpleLazyObject(read)}


def first_days_steps() -> tuple[str, ...]:
    """The steps that there are here."""
    try:
        reverse("wellbeing:display")
    except NoReverseMatch:
        return tuple(step for step in STEPS if step != DISPLAY)
    return STEPS


@dataclass(frozen=True)
class WorkPreview:
    """The work, described and never shown, for whoever is invited to label. `is_needed` for no other role."""

    is_needed: bool = False
    kinds: tuple[Kind, ...] = ()
    weeks: tuple[str, ...] = ()


def work_preview(request: HttpRequest) -> dict[str, Any]:
    """`work_preview`: on the page of an invitation, what wellbeing/_work_preview.html says."""
    match = request.resolver_match
    if match is None or match.view_name != "people:invitation":
        return {}

    def read() -> WorkPreview:
        found = open_invitation(digest(match.kwargs["secret"]))
        if found is None or Permission.LABEL not in ROLES[Role(found.role)].permissions:
            return WorkPreview()
        weeks = tuple(step_in_words(step) for step in range(1, LAST_STEP + 1))
        return WorkPreview(True, kinds_for(found.team, language=get_language() or ""), weeks)

    return {"work_preview": SimpleLazyObject(read)}
