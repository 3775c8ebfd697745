"""When somebody is expected at work: shifts and leave. What they do there is not the calendar's business."""

from collections.abc import Iterable
from datetime import date

from django.db import transaction

from people.models import User
from people.operations.audit import record_event
from people.permissions import Permission
from people.queries import cares_for
from wellbeing.domain.calendar import Shift
from wellbeing.models import LeavePeriod, WeeklyShift
from wellbeing.operations.looks import CALENDAR, note_looks


class CalendarNotYours(PermissionError):
    """A person's calendar is kept by themself and by a lead of their team."""


def set_shifts(*, person: User, shifts: Iterable[Shift], by: User) -> None:
    """Replace the person's weekly shifts. Audited. Raises CalendarNotYours."""
    _require(by, person)
    wanted = list(shifts)
    with transaction.atomic():
        User.objects.select_for_update(of=("self",), no_key=True).get(pk=person.pk)
        WeeklyShift.objects.filter(person=person).delete()
        WeeklyShift.objects.bulk_create(
            WeeklyShift(person=person, weekday=shift.weekday, starts=shift.starts, ends=shift.ends)
            for shift in wanted
        )
        _record("shifts_set", person, by)


def add_leave(*, person: User, first_day: date, last_day: date, by: User) -> LeavePeriod:
    """The person is away from the first day to the last, both included; why is not asked.

    Raises CalendarNotYours, and ValueError when it ends before it begins.
    """
    _require(by, person)
    if last_day < first_day:
        raise ValueError("the last day is before the first")
    with transaction.atomic():
        leave, _ = LeavePeriod.objects.update_or_create(
            person=person, first_day=first_day, defaults={"last_day": last_day}
        )
        _record("leave_added", person, by)
    return leave


def remove_leave(*, person: User, leave_id: int, by: User) -> bool:
    """Take a period of leave back. False when there is none. Raises CalendarNotYours."""
    _require(by, person)
    with transaction.atomic():
        deleted, _ = LeavePeriod.objects.filter(pk=leave_id, person=person).delete()
        if deleted:
            _record("leave_removed", person, by)
    return bool(deleted)


def _record(what: str, person: User, by: User) -> None:
    """In the audit log; and for the person, when somebody else changed it: it decides who is asked for the unknown."""
    record_event(action=f"wellbeing.{what}", subject=f"person {person.pk}", by=by)
    note_looks([person.pk], looked_by=by.pk, what=CALENDAR)


def _require(by: User, person: User) -> None:
    if by.pk != person.pk and not cares_for(by, person.pk, Permission.SEE_TEAM_EXPOSURE):
        raise CalendarNotYours("Only the person or a lead of their team keeps their calendar.")
