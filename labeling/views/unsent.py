"""An answer that was begun and not sent before the time with its task was over: look at it, send it, or drop it.

The item is not shown again, and neither is what was written about it in one's own words (docs/adr/0019, docs/adr/0027).
"""

from contextlib import suppress
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods

from labeling.domain.schema import is_own_words
from labeling.forms.answers import answer_form, drafted, submitted
from labeling.operations.draft import change_draft, drop_draft
from labeling.operations.errors import AnswersInvalid, LabelingError, NotYours
from labeling.operations.leases import own_card
from labeling.operations.submit import submit
from labeling.queries.unsent import unsent_answers
from labeling.queries.workbench import LeaseCard
from labeling.views.own_words import own_schema
from labeling.views.workbench import person_of
from people.models import User


@require_http_methods(["GET", "HEAD", "POST"])
def unsent(request: HttpRequest, lease_id: int) -> HttpResponse:
    person = person_of(request)
    lease = _own(person, lease_id)
    if lease.schema_id is None or not unsent_answers(person_id=person.pk, lease_id=lease_id):
        return _nothing(request, lease)
    begun: dict[str, Any] = dict(lease.draft)
    answers = begun
    problems: tuple[str, ...] = ()
    if request.method == "POST":
        if request.POST.get("do") == "drop":
            drop_draft(lease_id=lease_id, by=person)
            messages.success(request, gettext("It is dropped."))
            return _back(lease)
        answers, problems = submitted(own_schema(lease.schema_id), request.POST, lease.shape, kept=begun)
        problems = problems or _send(person, lease_id, answers)
        if not problems:
            messages.success(request, gettext("Your answer is saved."))
            return _back(lease)
        _keep(person, lease_id, drafted(own_schema(lease.schema_id), request.POST, lease.shape, kept=begun))
    form = answer_form(
        own_schema(lease.schema_id),
        # Of own words, those alone that were written just now.
        {
            name: said
            for name, said in answers.items()
            if not is_own_words(said) or _is_new(name, request.POST)
        },
        shape=lease.shape,
        kept=begun,
        sent=request.POST or None,
        url=reverse("labeling:unsent", args=[lease_id]),
        draft_url=reverse("labeling:draft", args=[lease_id]),
        save_label=gettext("Send it"),
        swap=False,
        problems=problems,
    )
    context = {"section": "Label", "lease": lease, "answers": form}
    return render(request, "labeling/workbench/unsent.html", context, status=422 if problems else 200)


def _own(person: User, lease_id: int) -> LeaseCard:
    try:
        return own_card(lease_id=lease_id, by=person)
    except NotYours as error:
        raise Http404 from error


def _nothing(request: HttpRequest, lease: LeaseCard) -> HttpResponse:
    """It was sent or dropped, its day is over, or the task is open still: the workbench says where one is."""
    if not lease.is_live:
        messages.info(request, gettext("Nothing is left to send there."))
    return _back(lease)


def _back(lease: LeaseCard) -> HttpResponse:
    if lease.may_label:
        return redirect("labeling:workbench", lease.project_id)
    return redirect("labeling:home")


def _send(person: User, lease_id: int, answers: Any) -> tuple[str, ...]:
    try:
        submit(lease_id=lease_id, by=person, answers=answers)
    except LabelingError as error:
        return (error.why,)
    return ()


def _keep(person: User, lease_id: int, answers: Any) -> None:
    """What could not be sent waits as it was changed. One that is too long to wait stays on the page."""
    with suppress(AnswersInvalid):
        change_draft(lease_id=lease_id, by=person, answers=answers)


def _is_new(question: str, form: QueryDict) -> bool:
    return bool(form.get(f"text:{question}", "").strip())
