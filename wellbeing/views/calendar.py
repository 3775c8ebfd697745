"""Shifts and leave: one's own, and those of the people in a lead's team. Nothing here is about what anybody does at work."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods

from people.models import User
from people.permissions import Permission
from people.queries import teams_with
from people.views.signed_in import person
from wellbeing import interface
from wellbeing.forms.calendar import LeaveForm, ShiftsForm
from wellbeing.queries.calendar import leave_of, shifts_of
from wellbeing.queries.labelers import labelers


@require_http_methods(["GET", "HEAD", "POST"])
def my_calendar(request: HttpRequest) -> HttpResponse:
    return _calendar(request, person(request), reverse("wellbeing:my_calendar"))


@require_http_methods(["GET", "HEAD", "POST"])
def calendar(request: HttpRequest, person_id: int) -> HttpResponse:
    """The calendar of somebody who labels in one of the teams that this person looks after; for others there is none.

    One's own row of the board links here too, and leads to one's own page.
    """
    if person(request).pk == person_id:
        return redirect("wellbeing:my_calendar")
    teams = teams_with(person(request), Permission.SEE_TEAM_EXPOSURE)
    whose = labelers(teams).filter(pk=person_id).first()
    if whose is None:
        raise Http404
    return _calendar(request, whose, reverse("wellbeing:calendar", args=[person_id]))


def _calendar(request: HttpRequest, whose: User, address: str) -> HttpResponse:
    by, save = person(request), request.POST.get("save", "")
    shifts = ShiftsForm(_sent(request, "shifts"), shifts=shifts_of(whose.pk))
    leave = LeaveForm(_sent(request, "leave"))
    if save == "shifts" and shifts.is_valid():
        interface.set_shifts(person=whose, shifts=shifts.shifts(), by=by)
        messages.success(request, gettext("Saved. It holds from now on."))
        return redirect(address)
    if save == "leave" and leave.is_valid():
        interface.add_leave(person=whose, by=by, **leave.cleaned_data)
        messages.success(request, gettext("Saved. Nobody asks why."))
        return redirect(address)
    taken_back = request.POST.get("remove", "")
    if taken_back.isdecimal() and len(taken_back) < 19:
        interface.remove_leave(person=whose, leave_id=int(taken_back), by=by)
        messages.success(request, gettext("Removed."))
        return redirect(address)
    sent = shifts if save == "shifts" else leave
    context = {
        "whose": whose,
        "is_own": whose.pk == by.pk,
        "address": address,
        "shifts": shifts,
        "leave": leave,
        "periods": leave_of(whose.pk),
    }
    return render(request, "wellbeing/calendar.html", context, status=422 if sent.errors else 200)


def _sent(request: HttpRequest, save: str) -> Any:
    return request.POST if request.POST.get("save") == save else None
