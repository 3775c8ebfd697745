"""Somebody may be in danger: what waits for an answer, and what came of one's own reports."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_POST

from people.views.signed_in import person
from wellbeing.domain.risk import RiskOutcome
from wellbeing.operations.risk import NoSuchReport, close_report
from wellbeing.queries.risk import open_reports, own_reports
from wellbeing.views.when import moment_in_words


@require_GET
def risk_reports(request: HttpRequest) -> HttpResponse:
    """Open reports, with where to find what each is about."""
    me = person(request)
    reports = [
        {"id": one.id, "when": moment_in_words(one.at, me), "by": one.reported_by, "item": one.item}
        for one in open_reports(me)
    ]
    context = {"reports": reports, "outcomes": [(outcome.value, outcome.in_words) for outcome in RiskOutcome]}
    return render(request, "wellbeing/risk_reports.html", context)


@require_POST
def risk_close(request: HttpRequest, report_id: UUID) -> HttpResponse:
    outcome = request.POST.get("outcome", "")
    if outcome not in set(RiskOutcome):
        messages.error(request, "Choose what came of it.")
        return redirect("wellbeing:risk_reports")
    try:
        close_report(report_id=report_id, outcome=RiskOutcome(outcome), by=person(request))
    except NoSuchReport as error:
        raise Http404 from error
    messages.success(request, "Closed. The person who reported it can read what came of it.")
    return redirect("wellbeing:risk_reports")


@require_GET
def my_risk_reports(request: HttpRequest) -> HttpResponse:
    """What one reported, and what came of it."""
    me = person(request)
    reports = [
        {
            "when": moment_in_words(one.at, me),
            "outcome": one.outcome,
            "answered": "" if one.outcome_at is None else moment_in_words(one.outcome_at, me),
        }
        for one in own_reports(person_id=me.pk)
    ]
    return render(request, "wellbeing/my_risk_reports.html", {"reports": reports})
