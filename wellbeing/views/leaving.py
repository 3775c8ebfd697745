"""For somebody who leaves, or wants to know what would stay: all of one's record at once, and what becomes of it."""

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import select_template
from django.views.decorators.http import require_safe

from people.views.signed_in import person
from wellbeing.domain.verify_statement import SEVERITIES
from wellbeing.operations.statements import NoStatement, lifetime_statement
from wellbeing.queries.statements import months_of
from wellbeing.views.section import SECTION

# Who to talk to is the organisation's to fill in; until it has, the second says so.
CONTACT = ("wellbeing/_contact.html", "wellbeing/_no_contact.html")


@dataclass(frozen=True)
class Total:
    """What the whole record holds of one severity."""

    severity: int
    opened: int
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
        "totals": _totals(record) if record else [],
        "covers": record["covers"] if record else "",
        "months": months_of(person_id=me.pk),
        "contact": select_template(CONTACT).template,
    }
    return render(request, "wellbeing/leaving.html", context)


def _totals(record: dict[str, Any]) -> list[Total]:
    held = record["totals"]["by_severity"]
    return [
        Total(
            severity=number,
            opened=held[name]["views"],
            minutes=round(held[name]["open_ms"] / 60_000),
            points=f"{held[name]['milli_points'] / 1000:,.1f}",
        )
        for number, name in enumerate(SEVERITIES)
    ]
