"""Weeks of groups: what teams met, by severity, category and hour, and never of fewer than five people."""

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from people.permissions import Permission
from people.queries import teams_with
from people.views.signed_in import person
from wellbeing.domain.groups import SMALLEST_GROUP
from wellbeing.queries.group_weeks import WEEK, category_names, figures_of, published_weeks
from wellbeing.views.group_rows import team_weeks_of


@require_safe
def team_weeks(request: HttpRequest) -> HttpResponse:
    """A published week on a page, the latest first: all that is known of it for the teams of this person."""
    teams = teams_with(person(request), Permission.SEE_GROUP_FIGURES)
    page = Paginator(published_weeks(teams), 1).get_page(request.GET.get("page"))
    week = next(iter(page.object_list), None)
    figures = [] if week is None else figures_of(weeks=[week], teams=teams)
    context = {
        "page": page,
        "week": week,
        "last_day": None if week is None else week + WEEK,
        "teams": team_weeks_of(figures, categories=category_names()),
        "smallest": SMALLEST_GROUP,
    }
    return render(request, "wellbeing/team_weeks.html", context)
