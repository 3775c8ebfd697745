"""Who is on shift now, by the calendar alone."""

from collections.abc import Iterable

from people.models import User
from wellbeing.domain.calendar import Leave, Shift, on_shift
from wellbeing.models import LeavePeriod, WeeklyShift
from wellbeing.queries.time import now


def on_shift_now(people: Iterable[User]) -> dict[int, bool | None]:
    """For each of them (by id) whether the calendar expects them now; None where it says nothing. Three statements."""
    zones = {one.pk: one.time_zone for one in people}
    shifts: dict[int, list[Shift]] = {person_id: [] for person_id in zones}
    leaves: dict[int, list[Leave]] = {person_id: [] for person_id in zones}
    for row in WeeklyShift.objects.filter(person_id__in=zones):
        shifts[row.person_id].append(Shift(row.weekday, row.starts, row.ends))
    for away in LeavePeriod.objects.filter(person_id__in=zones):
        leaves[away.person_id].append(Leave(away.first_day, away.last_day))
    moment = now()
    return {
        person_id: on_shift(shifts=shifts[person_id], leaves=leaves[person_id], moment=moment, time_zone=zone)
        for person_id, zone in zones.items()
    }
