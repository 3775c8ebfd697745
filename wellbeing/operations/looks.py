"""Looking at exposure: one's own freely, another person's with a row that its owner can read."""

from collections.abc import Iterable
from datetime import timedelta

from wellbeing.domain.exposure import Exposure, LedgerRow, TeamExposure, exposure_at, team_exposure_at
from wellbeing.domain.ramp_words import RampOf
from wellbeing.models import ExposureLook, RespiteNow
from wellbeing.queries.calendar import on_shift_now
from wellbeing.queries.experience import ramps_of as read_ramps
from wellbeing.queries.exposure import ledger_rows, situation_of

# What was seen, as its owner reads it.
FIRST_WEEKS = "your first weeks"
CALENDAR = "your calendar, and changed it"
CLEARED_ELSEWHERE = "what you may be handed, for another tool"


def exposure_of(*, person_id: int, looked_by: int) -> Exposure:
    """A person's exposure now. `looked_by` is who asks; the caller has made sure that they may."""
    note_looks([person_id], looked_by=looked_by, what="exposure")
    return exposure_at(situation_of(person_id))


def ledger_of(
    *, person_id: int, looked_by: int, before: int | None = None, count: int = 50
) -> list[LedgerRow]:
    """A page of a person's ledger, the latest first; pass the last `seq` as `before` to go on."""
    note_looks([person_id], looked_by=looked_by, what="ledger")
    return ledger_rows(person_id=person_id, before=before, count=count)


def team_exposure(*, person_ids: Iterable[int], looked_by: int) -> list[TeamExposure]:
    """Today's points and minutes of each of these people against their policy, in the order asked for.

    One statement a person, so that what is shown is exactly what the next decision would rest on, and one for the
    calendars of all of them.
    """
    people = list(dict.fromkeys(person_ids))
    note_looks(people, looked_by=looked_by, what="team")
    expected = on_shift_now(people)
    return [
        team_exposure_at(situation_of(person_id), on_shift=expected.get(person_id)) for person_id in people
    ]


def ramps_of(*, person_ids: Iterable[int], looked_by: int) -> dict[int, RampOf]:
    """Where each of these people stands in ramp-up today. The caller has made sure that `looked_by` may see it."""
    people = list(dict.fromkeys(person_ids))
    note_looks(people, looked_by=looked_by, what=FIRST_WEEKS)
    return read_ramps(people)


def note_looks(person_ids: Iterable[int], *, looked_by: int, what: str) -> None:
    """Write a look at others down. It comes first: whoever cannot be written down sees nothing."""
    ExposureLook.objects.bulk_create(
        ExposureLook(person_id=person_id, looked_by_id=looked_by, what=what)
        for person_id in person_ids
        if person_id != looked_by
    )


def note_look_of_the_day(person_id: int, *, looked_by: int, what: str) -> None:
    """Write a look down unless the same is there from the last 24 hours. The caller holds the person's lock."""
    since = RespiteNow() - timedelta(days=1)
    seen = ExposureLook.objects.filter(person_id=person_id, looked_by_id=looked_by, what=what, at__gt=since)
    if not seen.exists():
        note_looks([person_id], looked_by=looked_by, what=what)
