"""Where a limit leads: what is left to do, until when, and what the day counts. Never a reproach."""

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext, gettext_lazy
from django.views.decorators.http import require_GET

from people.models import User
from people.sentences import sentence
from people.speech import in_language
from wellbeing import interface
from wellbeing.domain.words import MINUTE_MS
from wellbeing.domain.words import minutes as minutes_in_words
from wellbeing.interface import Budget, Exposure
from wellbeing.views.own_breaks import paid_minutes_today
from wellbeing.views.when import coming_turn_in_words


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
        "limit": _spent(exposure, exposure.spent, person) if exposure.spent else _room_left(exposure),
        "announcements": interface.announcements_for(person=person),
    }
    return render(request, "wellbeing/limit.html", context)


FULL = 100  # percent
DONE = {
    Budget.DAY: gettext_lazy("You have done today's share of difficult or unknown content."),
    Budget.WEEK: gettext_lazy("You have done the share of seven days of difficult or unknown content."),
    Budget.MONTH: gettext_lazy("You have done the share of four weeks of difficult or unknown content."),
}


def _spent(exposure: Exposure, budget: Budget, person: User) -> Limit:
    minutes = paid_minutes_today(exposure, person)
    rested = minutes_in_words(minutes * MINUTE_MS)
    return Limit(
        title=gettext("That is enough for today")
        if budget is Budget.DAY
        else gettext("That is enough for now"),
        text=" ".join(
            [
                str(DONE[budget]),
                *(
                    [gettext("What is left of it is too little for the next one.")]
                    if exposure.percent < FULL
                    else []
                ),
                gettext("Tasks that are known to be harmless stay open to you, where a project has some."),
                _opens_again(exposure, person),
            ]
        ),
        paid=in_language(sentence("Breaks are paid: {minutes} today so far.", minutes=rested))
        if minutes
        else "",
        go_on_label=gettext("See what is left"),
        is_own=exposure.is_own_limit,
    )


def _opens_again(exposure: Exposure, person: User) -> str:
    if exposure.opens_at is None:
        return gettext("With your limits as they are, we cannot say when there is room again.")
    when = coming_turn_in_words(exposure.opens_at, person, now=exposure.now)
    return gettext("From {when} on, there is room again.").format(when=when)


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
