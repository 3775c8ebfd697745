"""The monthly report for a works council, on a page and to take along."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from people.models import Team
from people.permissions import Permission
from people.queries import ALL, teams_with
from people.views.signed_in import person
from wellbeing.domain.council import Report, as_csv, as_html
from wellbeing.domain.month import Month
from wellbeing.operations.council import MonthNotOver, council_report, last_month
from wellbeing.queries.council import teams_by_name


@require_safe
def council(request: HttpRequest) -> HttpResponse:
    """The report of `?month=2026-10`, else of the last month that is over; of `?team=` or of the whole organisation."""
    latest = last_month()
    try:
        month = min(Month.named(request.GET.get("month", "")), latest)
    except ValueError:
        month = latest
    teams, team = _asked(request)
    report = council_report(month=month, team=team)
    context = {
        "report": report,
        "month": month,
        "earlier": month.previous,
        "later": month.next if month < latest else None,
        "teams": teams,
        "team": team,
        "sees_all": teams_with(person(request), Permission.READ_COUNCIL_REPORT) is ALL,
    }
    return render(request, "wellbeing/council.html", context)


@require_safe
def council_html(request: HttpRequest, month: str) -> HttpResponse:
    report = _report(request, month)
    return _download(as_html(report), f"report-{month}.html", "text/html; charset=utf-8")


@require_safe
def council_csv(request: HttpRequest, month: str) -> HttpResponse:
    report = _report(request, month)
    return _download(as_csv(report), f"report-{month}.csv", "text/csv; charset=utf-8")


def _report(request: HttpRequest, month: str) -> Report:
    _, team = _asked(request)
    try:
        return council_report(month=Month.named(month), team=team)
    except (MonthNotOver, ValueError) as error:
        raise Http404 from error


def _asked(request: HttpRequest) -> tuple[list[Team], Team | None]:
    """The teams whose report this person may read, and the one asked for; None is the whole organisation."""
    allowed = teams_with(person(request), Permission.READ_COUNCIL_REPORT)
    teams = teams_by_name(None if allowed is ALL else sorted(allowed))
    wanted = request.GET.get("team", "")
    if not wanted:
        return teams, None if allowed is ALL else teams[0]
    team = next((one for one in teams if str(one.pk) == wanted), None)
    if team is None:
        raise Http404
    return teams, team


def _download(content: str, name: str, content_type: str) -> HttpResponse:
    response = HttpResponse(content, content_type=content_type)
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
