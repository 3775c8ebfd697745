"""How things look: what a person chooses for themself, which nobody else sees, and the floor that an officer sets."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language, gettext
from django.views.decorators.http import require_http_methods

from people.permissions import Permission
from people.queries import ALL, teams_with
from people.views.signed_in import person
from wellbeing import interface
from wellbeing.domain.display import GENERAL, FirstPicture, FirstText
from wellbeing.domain.first_days import DISPLAY
from wellbeing.forms.display import TEXTS, DisplayForm, FloorForm
from wellbeing.models import DisplayFloor
from wellbeing.operations.first_days import note_step
from wellbeing.queries.categories import own_categories
from wellbeing.queries.display import floor_now, last_floor, own_choices
from wellbeing.views.when import full_moment_in_words

USUAL = {
    "first_text": FirstText.MASKED.value,
    "first_picture": FirstPicture.LOW.value,
    "keeps_grey": True,
    "text_size": 0,
    "line_spacing": 0,
}


@require_http_methods(["GET", "HEAD", "POST"])
def display(request: HttpRequest) -> HttpResponse:
    """The page with its preview; a POST saves all of it."""
    someone = person(request)
    chosen = own_choices(someone.pk)
    general = chosen.get(GENERAL)
    form = DisplayForm(
        request.POST if request.method == "POST" else None,
        chosen=chosen,
        categories=own_categories(someone.pk, language=get_language() or ""),
        initial=USUAL if general is None else {name: getattr(general, name) for name in USUAL},
    )
    if form.is_bound and form.is_valid():
        interface.choose_display(person_id=someone.pk, **form.general(), categories=form.changed_categories())
        note_step(person=someone, step=DISPLAY, done=True)
        messages.success(request, gettext("Saved. It holds for the next thing that you open."))
        return redirect("wellbeing:display")
    floor = floor_now()
    context = {
        "form": form,
        "floor": "" if floor is FirstText.FULL else dict(TEXTS)[floor.value],
    }
    return render(request, "wellbeing/display.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
def display_floor(request: HttpRequest) -> HttpResponse:
    """The mildest first look that the organisation allows for what is severe or extreme."""
    officer = person(request)
    if teams_with(officer, Permission.OWN_POLICY) is not ALL:
        raise PermissionDenied
    form = FloorForm(request.POST or None, initial={"value": floor_now().value})
    if form.is_bound and form.is_valid():
        changed = interface.set_display_floor(value=FirstText(form.cleaned_data["value"]), by=officer)
        messages.success(
            request,
            gettext("Saved. It holds for everybody now.") if changed else gettext("Nothing was changed."),
        )
        return redirect("wellbeing:display_floor")
    last = last_floor()
    context = {"form": form, "last": last, "when": _when(last, request)}
    return render(request, "wellbeing/display_floor.html", context, status=422 if form.errors else 200)


def _when(last: DisplayFloor | None, request: HttpRequest) -> str:
    return "" if last is None else full_moment_in_words(last.at, person(request))
