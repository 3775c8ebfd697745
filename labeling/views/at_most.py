"""Choosing the milder work for a sitting. Kept in one's own session alone, and gone with it; nobody else can see it."""

from collections.abc import Collection

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from labeling.domain.severity import Severity
from wellbeing.interface import Clearance

SESSION_KEY = "at_most"
ALL = int(max(Severity))
TOO_STRONG = gettext_lazy(
    "What waits here is too strong for what is left of your limit. It comes again when there is room."
)
CHOICES = (int(Severity.MILD), int(Severity.MODERATE), ALL)


def at_most_of(request: HttpRequest) -> int:
    """The severity (0-4) above which the person wants nothing for now; 4 when they said nothing."""
    chosen = request.session.get(SESSION_KEY, ALL)
    return chosen if chosen in CHOICES else ALL


def cleared_up_to(clearance: Clearance) -> int:
    """The highest severity (0-4) that may be handed out, if only after a minute off the screen."""
    return max(clearance.max_severity, clearance.wait_max_severity or 0)


def is_more(severities: Collection[int], at_most: int, cap: int) -> bool:
    """Does something wait above what they asked for, and up to what they may be handed?"""
    return any(at_most < severity <= cap for severity in severities)


def is_too_strong(severities: Collection[int], cap: int) -> bool:
    """Does something wait, and only what a limit keeps from them, whatever they asked for?"""
    return bool(severities) and min(severities) > cap


@require_POST
def at_most(request: HttpRequest) -> HttpResponse:
    wanted = request.POST.get("severity", "")
    if wanted in {str(choice) for choice in CHOICES}:
        request.session[SESSION_KEY] = int(wanted)
    return redirect("labeling:home")
