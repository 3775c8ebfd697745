"""For somebody who leaves, or wants to know what would stay: all of one's record at once, and what becomes of it."""

from dataclasses import dataclass

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from people.speech import number_in_words
from people.views.signed_in import person
from wellbeing.operations.statements import NoStatement, lifetime_statement
from wellbeing.queries.lifetime import SeverityTotal, lifetime_totals
from wellbeing.queries.statements import months_of
from wellbeing.views.section import SECTION


@dataclass(frozen=True)
class Total:
    """What the whole record adds up to at one severity, with what has been summed up and purged since."""

    severity: int
    minutes: int
    points: str


@require_safe
def leaving(request: HttpRequest) -> HttpResponse:
    me = person(request)
    try:
        record = lifetime_statement(person=me).statement
    except NoStatement:
        record = None
    context = {
        "section": SECTION,
        "totals": [_total(one) for one in lifetime_totals(person_id=me.pk)],
        "last_row": record["record"]["last"]["row"] if record else 0,
        "months": months_of(person_id=me.pk),
        "contact": settings.SUPPORT_CONTACT,
    }
    return render(request, "wellbeing/leaving.html", context)


def _total(held: SeverityTotal) -> Total:
    return Total(
        severity=held.severity,
        minutes=round(held.open_ms / 60_000),
        points=number_in_words(held.milli_points / 1000, places=1),
    )
