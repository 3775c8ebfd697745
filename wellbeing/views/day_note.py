"""One's own day notes: a number for oneself, beside one's own exposure."""

from datetime import date

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_POST

from people.views.signed_in import person
from wellbeing.operations.day_notes import NUMBERS, forget_day_note
from wellbeing.operations.day_notes import note_day as keep
from wellbeing.queries.day_notes import noted_days

MILLI = 1_000


@require_http_methods(["GET", "HEAD", "POST"])
def day_note(request: HttpRequest) -> HttpResponse:
    """The last four weeks; a POST notes today."""
    me = person(request)
    if request.method == "POST":
        number = request.POST.get("number", "")
        if not number.isdecimal() or len(number) > 2 or int(number) not in NUMBERS:
            messages.error(request, gettext("Choose a number from 0 to 10."))
        else:
            keep(person_id=me.pk, number=int(number))
            messages.success(request, gettext("Noted, for your eyes only."))
        return redirect("wellbeing:day_note")
    rows = [
        {"day": row.day, "number": row.number, "points": round(row.points / MILLI)}
        for row in noted_days(person_id=me.pk)
    ]
    return render(request, "wellbeing/day_note.html", {"rows": rows})


@require_POST
def day_note_delete(request: HttpRequest) -> HttpResponse:
    try:
        day = date.fromisoformat(request.POST.get("day", ""))
    except ValueError:
        return redirect("wellbeing:day_note")
    if forget_day_note(person_id=person(request).pk, day=day):
        messages.success(request, gettext("Deleted."))
    return redirect("wellbeing:day_note")
