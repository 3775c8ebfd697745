"""Who looked at one's own exposure, told to the one whose it is."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from people.models import User
from people.views.signed_in import person
from wellbeing import interface
from wellbeing.interface import Look
from wellbeing.operations.looks import CALENDAR, CLEARED_ELSEWHERE, FIRST_WEEKS
from wellbeing.views.section import SECTION
from wellbeing.views.when import moment_in_words

PAGE = 50
LOOKED_AT = {
    "exposure": gettext_lazy("{who} saw your exposure, {when}."),
    "ledger": gettext_lazy("{who} saw your entries, {when}."),
    "team": gettext_lazy("{who} saw your totals of the day, {when}."),
    "correction": gettext_lazy("{who} saw an entry of yours, and corrected it, {when}."),
    "dispute": gettext_lazy("{who} saw an entry that you disputed, {when}."),
    FIRST_WEEKS: gettext_lazy("{who} saw your first weeks, {when}."),
    CALENDAR: gettext_lazy("{who} saw your calendar, and changed it, {when}."),
    CLEARED_ELSEWHERE: gettext_lazy("{who} saw what you may be handed, for another tool, {when}."),
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
    said = LOOKED_AT.get(look.what, gettext_lazy("{who} saw something of yours, {when}."))
    return str(said).format(who=look.looked_by, when=moment_in_words(look.at, person))
