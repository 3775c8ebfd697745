"""The break page and what its buttons do. Breaks and stops always pass; nobody is asked why."""

from dataclasses import dataclass
from datetime import datetime

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.views.decorators.http import require_GET, require_POST

from people.models import User
from people.speech import in_language
from wellbeing import interface
from wellbeing.interface import BreakKind, Exposure, Refusal

FIRST_PAGE = "/"


@dataclass(frozen=True)
class Rest:
    """A break that runs. `can_end`: nothing but the person's own wish keeps them here."""

    title: str
    seconds_left: int
    can_move: bool
    can_end: bool

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
    return redirect(FIRST_PAGE)


def _rest(exposure: Exposure) -> Rest | None:
    due = exposure.due_break
    if due is not None:
        title = gettext("A longer break") if due.kind is BreakKind.LONG else gettext("A break")
        return Rest(title, _seconds(exposure, due.until), exposure.can_move_break, can_end=False)
    if exposure.break_ends_at is not None:
        return Rest(
            gettext("A break"), _seconds(exposure, exposure.break_ends_at), can_move=False, can_end=True
        )
    return None


def _seconds(exposure: Exposure, until: datetime) -> int:
    return max(0, -int((exposure.now - until).total_seconds() // 1))


def _person(request: HttpRequest) -> int:
    assert isinstance(request.user, User)  # noqa: S101 - the route table lets nobody else in
    return request.user.pk
