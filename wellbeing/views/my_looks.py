"""Who looked at one's own exposure, told to the one whose it is."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from people.models import User
from people.views.signed_in import person
from wellbeing import interface
from wellbeing.interface import Look
from wellbeing.views.section import SECTION
from wellbeing.views.when import moment_in_words

PAGE = 50
LOOKED_AT = {
    "exposure": "your exposure",
    "ledger": "your entries",
    "team": "your totals of the day",
    "correction": "an entry of yours, and corrected it",
    "dispute": "an entry that you disputed",
}


@require_safe
def my_looks(request: HttpRequest) -> HttpResponse:
    me = person(request)
    before = request.GET.get("before", "")
    looks = interface.looks_at(
        person_id=me.pk,
        before=int(before) if before.isdecimal() and len(before) < 19 else None,
        count=PAGE + 1,
    )
    context = {
        "section": SECTION,
        "looks": [in_words(look, me) for look in looks[:PAGE]],
        "older": looks[PAGE - 1].id if len(looks) > PAGE else None,
        "is_first_page": not before,
    }
    return render(request, "wellbeing/my_looks.html", context)


def in_words(look: Look, person: User) -> str:
    return f"{look.looked_by} saw {LOOKED_AT.get(look.what, look.what)}, {moment_in_words(look.at, person)}."
