"""One's own record: today, the last weeks, every entry, who looked."""

from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_POST

from people.models import User
from wellbeing import interface
from wellbeing.interface import Amount, Exposure, Look
from wellbeing.queries.hours import Hour, hours_of
from wellbeing.queries.own_views import Booking, OwnView, own_views
from wellbeing.views import own_breaks
from wellbeing.views.hours_chart import hours_chart

PAGE = 25
HAPPENED = {
    "reserve": "Opened: {} set aside for the time it may stay open",
    "extend": "More of it shown, or more time: {}",
    "close": "Hidden: {} for the time not used",
    "settle": "Answered: {} to what was found",
    "top_up": "Others found it more severe: {}",
    "correction": "Corrected: {}",
}
KINDS = {"text": "text", "pair": "prompt and reply", "conversation": "conversation", "image": "picture"}
LOOKED_AT = {"exposure": "your exposure", "ledger": "your entries", "team": "your totals of the day"}


@dataclass(frozen=True)
class Entry:
    """One view in words; `lines` explain how its points came about."""

    time: str
    severity: int
    prefix: str
    what: str
    shown: str
    open: str
    points: str
    lines: tuple[str, ...]


@dataclass(frozen=True)
class Span:
    """Seven days or four weeks against their limit, in whole points."""

    name: str
    points: int
    limit: int
    percent: int

    @property
    def label(self) -> str:
        return f"{self.name}: {self.percent} percent of the limit"


@require_GET
def my_exposure(request: HttpRequest) -> HttpResponse:
    person = _person(request)
    exposure = interface.exposure_of(person_id=person.pk, looked_by=person.pk)
    hours = hours_of(person_id=person.pk, day=exposure.day, time_zone=person.time_zone)
    before = request.GET.get("before", "")
    rows = own_views(
        person_id=person.pk,
        before=int(before) if before.isdecimal() and len(before) < 19 else None,
        count=PAGE + 1,
    )
    context = {
        "exposure": exposure,
        "lines": _lines(exposure, hours),
        "hours": hours_chart(hours),
        "entries": [_entry(row, person) for row in rows[:PAGE]],
        "older": rows[PAGE - 1].id if len(rows) > PAGE else None,
        "is_first_page": not before,
        "spans": [_span("Seven days", exposure.week_points), _span("Four weeks", exposure.month_points)],
        "looks": [_look(look, person) for look in interface.looks_at(person_id=person.pk, count=20)],
        "breaks": own_breaks.in_words(exposure, person),
    }
    return render(request, "wellbeing/my_exposure.html", context)


@require_POST
def extreme(request: HttpRequest) -> HttpResponse:
    """The choice about extreme content, either way, at once."""
    person = _person(request)
    if request.POST.get("opt_in") == "yes":
        interface.opt_in_to_extreme(person_id=person.pk)
        messages.success(request, "Saved. You may be given extreme content from now on.")
    else:
        interface.opt_out_of_extreme(person_id=person.pk)
        messages.success(request, "Saved. You are not given extreme content any more.")
    return redirect("wellbeing:my_exposure")


def _person(request: HttpRequest) -> User:
    assert isinstance(request.user, User)  # noqa: S101 - the route table lets nobody else in
    return request.user


def _lines(exposure: Exposure, hours: list[Hour]) -> list[str]:
    opened = sum(hour.opened for hour in hours)
    if not opened:
        return ["You have not opened anything today."]
    minutes = round(exposure.open_ms.used / 60_000)
    times = "once" if opened == 1 else f"{opened} times"
    return [
        f"You opened something {times} today, {_minutes(minutes)} in all. {exposure.break_in_words}.",
        f"Up to {exposure.open_ms.limit // 60_000} minutes a day of what is not known to be harmless, whatever you answer.",
    ]


def _span(name: str, amount: Amount) -> Span:
    return Span(name, round(amount.used / 1000), round(amount.limit / 1000), amount.percent)


def _entry(view: OwnView, person: User) -> Entry:
    return Entry(
        time=_when(view.opened_at, person),
        severity=view.severity,
        prefix="" if view.is_settled else "expected: ",
        what=KINDS.get(view.modality, view.modality),
        shown="all" if view.share >= 1000 else f"{round(view.share / 10)} %",
        open=f"{round(view.open_ms / 1000)} s",
        points=f"{view.milli_points / 1000:.2f}",
        lines=tuple(_line(booking, person) for booking in view.bookings),
    )


def _line(booking: Booking, person: User) -> str:
    points = f"{booking.milli_points / 1000:+.2f} points"
    return f"{_when(booking.at, person)} {HAPPENED.get(booking.kind, '{}').format(points)}."


def _look(look: Look, person: User) -> str:
    return f"{look.looked_by} saw {LOOKED_AT.get(look.what, look.what)}, {_when(look.at, person)}."


def _when(moment: datetime, person: User) -> str:
    return f"{moment.astimezone(ZoneInfo(person.time_zone)):%-d %b, %H:%M}"


def _minutes(count: int) -> str:
    return "less than a minute" if count < 1 else "one minute" if count == 1 else f"{count} minutes"
