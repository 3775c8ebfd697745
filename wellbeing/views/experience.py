"""The officer's list of people: where each stands in ramp-up, and recognising experience at their request."""

from dataclasses import dataclass
from urllib.parse import urlencode

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from people.models import User
from people.permissions import Permission
from people.queries import teams_with
from people.views.signed_in import person
from wellbeing import interface
from wellbeing.domain.ramp_words import RampOf
from wellbeing.forms.experience import ExperienceForm
from wellbeing.queries.labelers import labelers

PEOPLE_ON_A_PAGE = 25
LONGEST_SEARCH = 150


@dataclass(frozen=True)
class Row:
    """One person, where they stand in words, and the form to change it."""

    id: int
    name: str
    stands: str
    form: ExperienceForm


@require_safe
def experience(request: HttpRequest) -> HttpResponse:
    """People who label in the teams of this officer, by name; `q` searches. Each of them can read who looked."""
    officer = person(request)
    sought = request.GET.get("q", "").strip()[:LONGEST_SEARCH]
    found = labelers(teams_with(officer, Permission.OWN_POLICY)).exclude(pk=officer.pk)
    if sought:
        found = found.filter(Q(display_name__icontains=sought) | Q(username__icontains=sought))
    page = Paginator(found, PEOPLE_ON_A_PAGE).get_page(request.GET.get("page"))
    people: list[User] = list(page.object_list)
    stands = interface.ramps_of(person_ids=[one.pk for one in people], looked_by=officer.pk)
    rows = [_row(one, stands[one.pk]) for one in people]
    page.object_list = rows  # type: ignore[assignment] # a page of rows from here on
    context = {"page": page, "sought": sought, "query": urlencode({"q": sought}) if sought else ""}
    return render(request, "wellbeing/experience.html", context)


@require_POST
def experience_of(request: HttpRequest, person_id: int) -> HttpResponse:
    """Put somebody at a step. Somebody else's people are not there."""
    officer = person(request)
    someone = labelers(teams_with(officer, Permission.OWN_POLICY)).filter(pk=person_id).first()
    if someone is None or someone.pk == officer.pk:
        raise Http404
    form = ExperienceForm(request.POST)
    if form.is_valid():
        interface.recognise_experience(person_id=someone.pk, step=form.cleaned_data["step"], by=officer)
        messages.success(request, f"Saved for {someone.get_full_name()}. It holds now.")
    else:
        messages.error(request, f"Nothing was saved for {someone.get_full_name()}. Choose one of the four.")
    return redirect(reverse("wellbeing:experience"))


def _row(one: User, stands: RampOf) -> Row:
    form = ExperienceForm(initial={"step": stands.ramp.step}, auto_id=f"id_{one.pk}_%s")
    return Row(one.pk, one.get_full_name(), stands.in_words, form)
