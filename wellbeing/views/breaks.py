"""The break page and what its buttons do. Breaks and stops always pass; nobody is asked why."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.views.decorators.http import require_GET, require_POST

from people.models import User
from people.sentences import Sentence
from people.speech import in_language
from wellbeing import interface
from wellbeing.domain.words import break_moved, longer_break_coming, move_offers, rested_already
from wellbeing.interface import BreakKind, Exposure, Refusal

FIRST_PAGE = "/"
WORTH_A_WORD = timedelta(minutes=1)


@dataclass(frozen=True)
class Move:
    """The offer to move what is due, for so many seconds. `labels` say what it gives: `gives_seconds`, and ever fewer."""

    seconds: int
    gives_seconds: int
    labels: tuple[Sentence, ...]


@dataclass(frozen=True)
class Rest:
    """A break that runs. `can_end`: nothing but the person's own wish keeps them here.

    `note` says what of it is over, or that the longer one comes due during it, in `longer_seconds` (0: it does not).
    `then` says what can be done now, or when the clock is at zero; `goes_on` that a paid one outlasts what is due.
    """

    title: str
    seconds_left: int
    can_end: bool
    note: str
    longer_seconds: int
    then: str = ""
    goes_on: bool = False
    move: Move | None = None

    @property
    def clock(self) -> str:
        return f"{self.seconds_left // 60}:{self.seconds_left % 60:02d}"


@require_GET
def break_(request: HttpRequest) -> HttpResponse:
    rest = _rest(interface.exposure_of(person_id=_person(request), looked_by=_person(request)))
    context = {"rest": rest, "over_title": gettext("Your break is over")}
    return render(request, "wellbeing/break.html", context)


@require_POST
def start_break(request: HttpRequest) -> HttpResponse:
    kind = BreakKind.LONG if request.POST.get("kind") == BreakKind.LONG else BreakKind.MICRO
    interface.start_break(person_id=_person(request), kind=kind)
    return redirect("wellbeing:break_")


@require_POST
def stop(request: HttpRequest) -> HttpResponse:
    interface.stop(person_id=_person(request))
    return redirect("wellbeing:break_")


@require_POST
def end_break(request: HttpRequest) -> HttpResponse:
    """Back to work, unless a break is due that has not been rested long enough."""
    interface.end_break(person_id=_person(request))
    exposure = interface.exposure_of(person_id=_person(request), looked_by=_person(request))
    return redirect("wellbeing:break_" if exposure.due_break else FIRST_PAGE)


@require_POST
def move_break(request: HttpRequest) -> HttpResponse:
    outcome = interface.move_break(person_id=_person(request))
    if isinstance(outcome, Refusal):
        messages.info(request, in_language(outcome.why))
        return redirect("wellbeing:break_")
    interface.end_break(person_id=_person(request))
    exposure = interface.exposure_of(person_id=_person(request), looked_by=_person(request))
    messages.info(request, in_language(break_moved(exposure.next_break_seconds)))
    return redirect(FIRST_PAGE)


def _rest(exposure: Exposure) -> Rest | None:
    due, coming = exposure.due_break, exposure.coming_longer
    note = "" if coming is None else longer_break_coming(coming.length_ms)
    longer_seconds = 0 if coming is None else _seconds(exposure, coming.at)
    if due is not None:
        is_long = due.kind is BreakKind.LONG
        title = gettext("Time for a longer break") if is_long else gettext("Time for a break")
        seconds_left = _seconds(exposure, due.until)
        note = note or rested_already(due.length_ms - seconds_left * 1_000, due.length_ms) or ""
        ends_at = exposure.break_ends_at
        rests_on = ends_at is not None and ends_at - due.until >= WORTH_A_WORD
        then = (
            gettext("At zero you can go on, or rest on. A new clock then shows what is still paid.")
            if rests_on
            else ""
        )
        return Rest(title, seconds_left, False, note, longer_seconds, then, rests_on, _move(exposure))
    if exposure.break_ends_at is not None:
        seconds_left = _seconds(exposure, exposure.break_ends_at)
        then = gettext("You can go on now, or rest until the clock is at zero.")
        return Rest(gettext("A break"), seconds_left, True, note, longer_seconds, then)
    return None


def _move(exposure: Exposure) -> Move | None:
    if exposure.move_until is None:
        return None
    gives = 0 if exposure.move_to is None else _seconds(exposure, exposure.move_to)
    return Move(_seconds(exposure, exposure.move_until), gives, move_offers(gives))


def _seconds(exposure: Exposure, until: datetime) -> int:
    return max(0, -int((exposure.now - until).total_seconds() // 1))


def _person(request: HttpRequest) -> int:
    assert isinstance(request.user, User)  # noqa: S101 - the route table lets nobody else in
    return request.user.pk
