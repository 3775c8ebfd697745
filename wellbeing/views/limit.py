"""Where the day's limit leads: what is left to do, and what the day counts. Never a reproach."""

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext
from django.views.decorators.http import require_GET

from people.models import User
from people.sentences import sentence
from people.speech import in_language
from wellbeing import interface
from wellbeing.domain.words import MINUTE_MS
from wellbeing.domain.words import minutes as minutes_in_words
from wellbeing.interface import Exposure
from wellbeing.views.own_breaks import paid_minutes_today
from wellbeing.views.when import turn_in_words


@dataclass(frozen=True)
class Limit:
    title: str
    text: str
    paid: str
    go_on_label: str
    is_own: bool


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
    minutes = paid_minutes_today(exposure, person)
    rested = minutes_in_words(minutes * MINUTE_MS)
    return Limit(
        title=gettext("That is enough for today"),
        text=gettext(
            "You have done today's share of difficult or unknown content. Tasks that are known to be harmless stay "
            "open to you, where a project has some. From {when} on, everything is open again."
        ).format(when=turn_in_words(exposure.turns_at, person)),
        paid=in_language(sentence("Breaks are paid: {minutes} today so far.", minutes=rested))
        if minutes
        else "",
        go_on_label=gettext("See what is left"),
        is_own=exposure.is_own_limit,
    )


def _room_left(exposure: Exposure) -> Limit:
    return Limit(
        title=gettext("You have not reached a limit"),
        text=in_language(
            sentence("{share}. There is room for more today, at your own pace.", share=exposure.in_words)
        ),
        paid="",
        go_on_label=gettext("To my first page"),
        is_own=exposure.is_own_limit,
    )
