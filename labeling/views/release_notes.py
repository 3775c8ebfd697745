"""What became of one's answers: each release that uses them, and what its labels are for."""

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from labeling.operations.release_notes import see_notes
from labeling.queries.release_notes import notes_of
from people.views.signed_in import person

NOTES_ON_A_PAGE = 20


@require_safe
def my_releases(request: HttpRequest) -> HttpResponse:
    me = person(request)
    page = Paginator(notes_of(person_id=me.pk), NOTES_ON_A_PAGE).get_page(request.GET.get("page"))
    context = {"section": "Label", "page": page, "any_new": any(note.seen_at is None for note in page)}
    return render(request, "labeling/releases/mine.html", context)


@require_POST
def my_releases_seen(request: HttpRequest) -> HttpResponse:
    see_notes(by=person(request))
    return redirect("labeling:my_releases")
