"""Questions about tasks: asked from the workbench, answered by a lead, read by whoever asked."""

from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from labeling.forms.words import QuestionForm, ReplyForm
from labeling.models import Project
from labeling.operations.appeals import mark_outcomes_read
from labeling.operations.errors import LabelingError, NotYours
from labeling.operations.leases import own_card
from labeling.operations.questions import ask_lead, mark_replies_read, reply_to_question
from labeling.operations.skip import skip
from labeling.queries.appeals import opened_appeals, own_appeals
from labeling.queries.guidelines import notices_of
from labeling.queries.questions import opened_questions, own_questions, questions_for
from labeling.queries.workbench import LeaseCard
from labeling.views.workbench import next_task
from people.text_fields import why_unfit
from people.views.signed_in import person

ON_A_PAGE = 10


@require_http_methods(["GET", "HEAD", "POST"])
def question(request: HttpRequest, lease_id: int) -> HttpResponse:
    """Ask about the task that one holds: in the drawer, or on a page of its own. The item stays as it is.

    With `then=skip` the task is skipped as well; for a lead both look the same.
    """
    by = person(request)
    try:
        card = own_card(lease_id=lease_id, by=by)
    except NotYours as error:
        raise Http404 from error
    form = QuestionForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            ask_lead(
                lease_id=lease_id, by=by, text=form.cleaned_data["text"], question_id=form.cleaned_data["id"]
            )
        except LabelingError as error:
            form.add_error("text", error.why)
        else:
            return _asked(request, card)
    part = bool(getattr(request, "htmx", False))
    template = "_question" if part else "question"
    context = {"section": "Label", "lease": card, "form": form, "project_id": card.project_id}
    return render(request, f"labeling/words/{template}.html", context, status=422 if form.errors else 200)


def _asked(request: HttpRequest, card: LeaseCard) -> HttpResponse:
    said = gettext("Your lead has your question. The reply comes to your first page.")
    if request.POST.get("then") == "skip":
        ended = skip(lease_id=card.lease_id, by=person(request))
        project = Project.objects.get(pk=card.project_id)
        response = next_task(request, project, notice=said, skipped=ended if ended.is_skip else None)
        # After: the form that asked is in the drawer, and htmx finds the bench from where the form is.
        response["HX-Trigger-After-Swap"] = "respite:close-drawer"
        return response
    if getattr(request, "htmx", False):
        return render(request, "labeling/words/_asked.html", {"said": said, "project_id": card.project_id})
    messages.success(request, said)
    return redirect("labeling:workbench", card.project_id)


@require_GET
def my_questions(request: HttpRequest) -> HttpResponse:
    """What one asked and appealed, with the answers. Reading is noted by a POST of its own."""
    me = person(request)
    asked = Paginator(own_questions(person_id=me.pk), ON_A_PAGE).get_page(request.GET.get("page"))
    appeals = Paginator(own_appeals(person_id=me.pk), ON_A_PAGE).get_page(request.GET.get("appeals"))
    context = {
        "section": "Label",
        "page": asked,
        "questions": opened_questions(asked),
        "appeals_page": appeals,
        "appeals": opened_appeals(appeals, person_id=me.pk),
        "anything_new": notices_of(person_id=me.pk).answers,
    }
    return render(request, "labeling/words/my_questions.html", context)


@require_POST
def my_questions_read(request: HttpRequest) -> HttpResponse:
    """What is there now has been read. Sent twice, it changes nothing more."""
    by = person(request)
    mark_replies_read(by=by)
    mark_outcomes_read(by=by)
    if getattr(request, "htmx", False):
        return HttpResponse("")
    return redirect("labeling:my_questions")


@require_GET
def questions(request: HttpRequest) -> HttpResponse:
    """What waits for a reply in one's teams, the longest first; nothing of who asks how often."""
    waiting = questions_for(person(request)).filter(replied_at=None)
    page = Paginator(waiting, ON_A_PAGE).get_page(request.GET.get("page"))
    context = {"page": page, "questions": opened_questions(page)}
    return render(request, "labeling/words/questions.html", context)


@require_POST
def question_reply(request: HttpRequest, question_id: UUID) -> HttpResponse:
    if not questions_for(person(request)).filter(pk=question_id).exists():
        raise Http404
    form = ReplyForm(request.POST)
    if not form.is_valid():
        messages.error(request, why_unfit(form) or "A reply needs a text of at most 600 letters.")
        return redirect("labeling:questions")
    try:
        reply_to_question(question_id=question_id, by=person(request), text=form.cleaned_data["text"])
    except NotYours as error:
        raise Http404 from error
    messages.success(request, "Sent. The person who asked reads it on their own page.")
    return redirect("labeling:questions")
