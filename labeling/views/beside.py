"""Looking at an example or a masked word: a part of the drawer, or a page where there are no scripts."""

from itertools import chain

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext
from django.views.decorators.http import require_POST

from labeling.models import GlossaryTerm, GuidelineExample
from labeling.operations.beside import ShownBeside, hide_look, look_at_example, look_at_word
from labeling.operations.errors import NotYours
from labeling.operations.outcomes import Refused
from labeling.views.bench import SHOWN
from labeling.views.guideline import readable_project
from people.views.signed_in import person
from wellbeing.interface import RefusalCode


@require_POST
def example_look(request: HttpRequest, example_id: int) -> HttpResponse:
    example = get_object_or_404(GuidelineExample, pk=example_id)
    project = readable_project(request, example.project_id)
    outcome = look_at_example(example=example, by=person(request))
    back = reverse("labeling:guideline", args=[project.pk])
    return _answer(
        request, outcome, gettext("An example"), back, gettext("Back to the guideline"), example.language
    )


@require_POST
def word_look(request: HttpRequest, term_id: int) -> HttpResponse:
    term = get_object_or_404(GlossaryTerm, pk=term_id)
    project = readable_project(request, term.project_id)
    try:
        outcome = look_at_word(term=term, by=person(request))
    except NotYours as error:
        raise Http404 from error
    back = reverse("labeling:glossary", args=[project.pk])
    return _answer(request, outcome, gettext("A hidden word"), back, gettext("Back to the glossary"), "")


@require_POST
def look_hide(request: HttpRequest, look_id: int) -> HttpResponse:
    """Always possible, and for nobody else's look it does nothing. A script wants no page back."""
    hide_look(look_id=look_id, by=person(request))
    following = request.POST.get("next", "")
    if url_has_allowed_host_and_scheme(following, allowed_hosts=None):
        return redirect(following)
    return HttpResponse(status=204)


def _answer(
    request: HttpRequest,
    outcome: ShownBeside | Refused,
    title: str,
    back: str,
    back_label: str,
    language: str,
) -> HttpResponse:
    context: dict[str, object] = {
        "section": "Label",
        "title": title,
        "back_url": back,
        "back_label": back_label,
        "look_url": request.path,
    }
    part = bool(getattr(request, "htmx", False))
    if isinstance(outcome, Refused):
        context["why"] = _why(outcome)
        template = "_beside_refused" if part else "beside"
        return render(request, f"labeling/workbench/{template}.html", context, status=200 if part else 409)
    seconds = outcome.view.seconds_left
    segments = chain.from_iterable(each.segments for each in outcome.parts)
    context |= {
        "shown": outcome,
        "seconds": seconds,
        "language": language,
        "runs": list(chain.from_iterable(segment.runs for segment in segments)),
    }
    template = "_shown_beside" if part else "beside"
    response = render(request, f"labeling/workbench/{template}.html", context)
    response[SHOWN] = reverse("labeling:look_hide", args=[outcome.look_id])
    response["Cache-Control"] = "no-store"
    if not part:
        # Without scripts nothing on the page can conceal it: the browser itself leaves when the time is over.
        response["Refresh"] = f"{seconds}; url={back}"
    return response


def _why(refused: Refused) -> str:
    if refused.code == RefusalCode.VIEW_OPEN:
        return gettext("Your item is open. Only one thing is shown at a time, so hide the item first.")
    if refused.code == RefusalCode.NOT_CLEARED:
        return gettext("This one is not for you: you chose not to see its kind, or it is too hard for now.")
    return refused.why
