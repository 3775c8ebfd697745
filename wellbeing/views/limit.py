"""Where the day's limit leads: what is left to do, and what the day counts. Never a reproach."""

from dataclasses import dataclass
from zoneinfo import ZoneInfo

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from people.models import User
from wellbeing import interface
from wellbeing.interface import Exposure
from wellbeing.views.own_breaks import paid_minutes_today


@dataclass(frozen=True)
class Limit:
    title: str
    text: str
    paid: str
    go_on_label: str


@require_GET
def limit(request: HttpRequest) -> HttpResponse:
    person = request.user
    assert isinstance(person, User)  # noqa: S101 - the route table lets nobody else in
    exposure = interface.exposure_of(person_id=person.pk, looked_by=person.pk)
    context = {
        "limit": _spent(exposure, person) if exposure.is_spent else _room_left(exposure),
        "announcements": interface.announcements_for(person=person),
    }
    return render(request, "wellbeing/limit.html", context)


def _spent(exposure: Exposure, person: User) -> Limit:
    zone = ZoneInfo(person.time_zone)
    minutes = paid_minutes_today(exposure, person)
    return Limit(
        title="That is enough for today",
        text=(
            "You have done today's share of difficult or unknown content. Tasks that are known to be harmless stay "
            f"open to you, where a project has some. From {exposure.turns_at.astimezone(zone):%A, %H:%M} on, everything is open again."
        ),
        paid=f"Breaks are paid: {minutes} minutes today so far." if minutes else "",
        go_on_label="See what is left",
    )


def _room_left(exposure: Exposure) -> Limit:
    return Limit(
        title="You have not reached a limit",
        text=f"{exposure.in_words}. There is room for more today, at your own pace.",
        paid="",
        go_on_label="To my first page",
    )
