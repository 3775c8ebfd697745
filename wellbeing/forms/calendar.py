"""Weekly shifts and leave, as people type them."""

from datetime import date, datetime, time, timedelta
from itertools import pairwise
from typing import Any

from django import forms
from django.utils.translation import gettext, gettext_lazy, pgettext

from people.speech import day_in_words
from wellbeing.domain.calendar import Shift

SHIFTS_A_DAY = 2
SOME_MONDAY = date(2026, 3, 2)


class ShiftsForm(forms.Form):
    """Seven days with up to two shifts each (more where more are kept already). Both times of a shift, or neither."""

    def __init__(self, *args: Any, shifts: list[Shift], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.kept = [[shift for shift in shifts if shift.weekday == weekday] for weekday in range(7)]
        for weekday, of_day in enumerate(self.kept):
            for number in range(self._count(weekday)):
                shift = of_day[number] if number < len(of_day) else None
                starts, ends = _names(weekday, number)
                self.fields[starts] = _time(
                    _label(weekday, number)[0], None if shift is None else shift.starts
                )
                self.fields[ends] = _time(_label(weekday, number)[1], None if shift is None else shift.ends)

    def _count(self, weekday: int) -> int:
        return max(SHIFTS_A_DAY, len(self.kept[weekday]))

    def days(self) -> list[dict[str, Any]]:
        """For the page: each weekday's name, the fields of its first shift, and of the others."""
        found = []
        for weekday in range(7):
            pairs = [
                {"pair": ((self[starts], pgettext("time", "from")), (self[ends], pgettext("time", "to")))}
                for starts, ends in (_names(weekday, number) for number in range(self._count(weekday)))
            ]
            more = pairs[1:]
            used = any(field.value() or field.errors for shift in more for field, _ in shift["pair"])
            found.append({"name": _day_name(weekday), "first": pairs[0], "more": more, "opens": used})
        return found

    def clean(self) -> dict[str, Any]:
        values = super().clean() or {}
        taken: list[tuple[datetime, datetime, str]] = []
        for weekday in range(7):
            for number in range(self._count(weekday)):
                names = starts, ends = _names(weekday, number)
                if names[0] in self.errors or names[1] in self.errors:
                    continue
                start, end = values.get(starts), values.get(ends)
                if (start is None) != (end is None):
                    self.add_error(ends if end is None else starts, gettext("Write both times, or neither."))
                elif start is not None and start == end:
                    self.add_error(ends, gettext("From and to are the same time."))
                elif start is not None and end is not None:
                    taken.append((*_span(weekday, start, end), starts))
        self._refuse_overlaps(taken)
        return values

    def _refuse_overlaps(self, taken: list[tuple[datetime, datetime, str]]) -> None:
        week = timedelta(days=7)
        ordered = sorted(taken)
        again = [(start + week, end + week, name) for start, end, name in ordered[:1]]
        for (_, end, _), (start, _, name) in pairwise([*ordered, *again]):
            if start < end and name not in self.errors:
                self.add_error(name, gettext("This begins before the shift before it is over."))

    def shifts(self) -> list[Shift]:
        """What was typed, for interface.set_shifts."""
        wanted = []
        for weekday in range(7):
            for number in range(self._count(weekday)):
                start, end = (self.cleaned_data.get(name) for name in _names(weekday, number))
                if start is not None and end is not None:
                    wanted.append(Shift(weekday, start, end))
        return wanted


class LeaveForm(forms.Form):
    first_day = forms.DateField(
        label=gettext_lazy("First day away"), widget=forms.DateInput(attrs={"type": "date"})
    )
    last_day = forms.DateField(
        label=gettext_lazy("Last day away"), widget=forms.DateInput(attrs={"type": "date"})
    )

    def clean(self) -> dict[str, Any]:
        values = super().clean() or {}
        first, last = values.get("first_day"), values.get("last_day")
        if first and last and last < first:
            self.add_error("last_day", gettext("The last day is before the first."))
        return values


def _day_name(weekday: int) -> str:
    return day_in_words(SOME_MONDAY + timedelta(days=weekday), "l")


def _label(weekday: int, number: int) -> tuple[str, str]:
    """What the two fields of a shift are called, for those who cannot see its row."""
    day = _day_name(weekday)
    if not number:
        return gettext("{day}: from").format(day=day), gettext("{day}: to").format(day=day)
    return (
        gettext("{day}, shift {number}: from").format(day=day, number=number + 1),
        gettext("{day}, shift {number}: to").format(day=day, number=number + 1),
    )


def _names(weekday: int, number: int) -> tuple[str, str]:
    return f"starts-{weekday}-{number}", f"ends-{weekday}-{number}"


def _time(label: str, initial: time | None) -> forms.TimeField:
    return forms.TimeField(
        required=False,
        label=label,
        initial=initial,
        widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"),
    )


def _span(weekday: int, start: time, end: time) -> tuple[datetime, datetime]:
    day = SOME_MONDAY + timedelta(days=weekday)
    until = day + timedelta(days=Shift(weekday, start, end).is_overnight)
    return datetime.combine(day, start), datetime.combine(until, end)
