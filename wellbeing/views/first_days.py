"""The first days: what the work is, whether the person wants it, and what they may set up before they begin.

Only consent is needed. All else can be taken in any order, left, or put away; nobody else sees how far somebody came.
"""

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import NoReverseMatch, reverse
from django.utils.translation import get_language, gettext
from django.views.decorators.http import require_http_methods

from people.models import User
from people.views.signed_in import person
from wellbeing.context import first_days_steps
from wellbeing.domain.consent import CONSENT_VERSION
from wellbeing.domain.first_days import KEYS, STEPS
from wellbeing.domain.ramp import LAST_STEP
from wellbeing.domain.ramp_words import first_weeks, step_in_words
from wellbeing.operations.consent import ConsentOutdated, give_consent, withdraw_consent
from wellbeing.operations.first_days import dismiss_first_days, note_step
from wellbeing.queries.first_days import progress_of
from wellbeing.queries.limits import standing_limits

PRACTICE = ("hidden", "shown", "strength", "chosen", "answered", "skipped")


@require_http_methods(["GET", "HEAD", "POST"])
def first_days(request: HttpRequest) -> HttpResponse:
    """The page; a POST agrees, takes it back, ticks a step off, or puts the page away."""
    someone = person(request)
    if request.method == "POST":
        _save(request, someone)
        return redirect("wellbeing:first_days")
    progress = progress_of(someone, first_days_steps(), language=get_language() or "")
    limits = standing_limits(someone.pk)
    context = {
        "progress": progress,
        "consent": progress.consent,
        "version": CONSENT_VERSION,
        "weeks": [step_in_words(step) for step in range(1, LAST_STEP + 1)],
        "standing": first_weeks(limits.ramp, limits.situation.today),
        "contact": settings.SUPPORT_CONTACT,
        "display_url": _display_url(),
    }
    return render(request, "wellbeing/first_days.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def practice(request: HttpRequest) -> HttpResponse:
    """The keys, on a mild text of our own. It is no task: nothing is counted, and no answer is kept."""
    state = request.POST.get("to", PRACTICE[0])
    if state not in PRACTICE:
        raise Http404
    if state in ("answered", "skipped"):
        note_step(person=person(request), step=KEYS, done=True)
    return render(request, "wellbeing/practice.html", {"state": state})


def _save(request: HttpRequest, someone: User) -> None:
    """Raises Http404 for anything that no button of the page sends."""
    what, _, step = request.POST.get("save", "").partition(":")
    language = get_language() or "en"
    if what == "agree":
        _agree(request, someone, language)
    elif what == "withdraw":
        withdraw_consent(person=someone, language=language)
        messages.success(request, gettext("You have taken it back. Nothing new is handed to you."))
    elif what in ("done", "open") and step in STEPS:
        note_step(person=someone, step=step, done=what == "done")
    elif what in ("dismiss", "recall"):
        dismiss_first_days(person=someone, dismissed=what == "dismiss")
    else:
        raise Http404


def _agree(request: HttpRequest, someone: User, language: str) -> None:
    try:
        give_consent(
            person=someone,
            version=_version(request),
            categories=request.POST.getlist("kind"),
            language=language,
        )
    except ConsentOutdated:
        messages.warning(request, gettext("This page has changed. Please read it again, then decide."))
    else:
        messages.success(request, gettext("Thank you. You can take this back here at any time."))


def _version(request: HttpRequest) -> int:
    text = request.POST.get("version", "")
    return int(text) if text.isdecimal() and len(text) < 5 else 0


def _display_url() -> str:
    try:
        return reverse("wellbeing:display")
    except NoReverseMatch:
        return ""
