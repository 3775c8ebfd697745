"""Choosing the milder work for a sitting. Kept in one's own session alone, and gone with it; nobody else can see it."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from labeling.domain.severity import Severity

SESSION_KEY = "at_most"
ALL = int(max(Severity))
CHOICES = (int(Severity.MILD), int(Severity.MODERATE), ALL)


def at_most_of(request: HttpRequest) -> int:
    """The severity (0-4) above which the person wants nothing for now; 4 when they said nothing."""
    chosen = request.session.get(SESSION_KEY, ALL)
    return chosen if chosen in CHOICES else ALL


@require_POST
def at_most(request: HttpRequest) -> HttpResponse:
    wanted = request.POST.get("severity", "")
    if wanted in {str(choice) for choice in CHOICES}:
        request.session[SESSION_KEY] = int(wanted)
    return redirect("labeling:home")
