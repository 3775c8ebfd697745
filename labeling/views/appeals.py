"""Decisions on one's own tasks, appeals against them, and the answers to those."""

from collections.abc import Container, Iterable
from dataclasses import dataclass
from datetime import datetime

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from labeling import access
from labeling.domain.schema import Schema
from labeling.domain.stopping import strategy
from labeling.forms.answers.said import Said, said_of
from labeling.forms.words import AppealAnswerForm, AppealForm
from labeling.models import Annotation, Task
from labeling.operations.appeals import answer_appeals, appeal
from labeling.operations.errors import LabelingError
from labeling.queries.appeals import (
    AppealedTask,
    appealed_among,
    appealed_task_ids,
    appealed_tasks,
    deciding_schemas,
    own_decision,
    own_decisions,
)
from labeling.queries.projects import schema_of
from labeling.views.own_words import own_schemas
from labeling.views.workbench import labeled_project
from people.permissions import Permission as May
from people.text_fields import why_unfit
from people.views.signed_in import person

ON_A_PAGE = 20


@dataclass(frozen=True)
class Decision:
    """One decided task of the person's own. No content."""

    task_id: int
    item_name: str
    saved_at: datetime
    own: Said
    final: Said | None
    is_appealed: bool


@require_GET
def decisions(request: HttpRequest, project_id: int) -> HttpResponse:
    """Decided tasks that one answered, once the answer is final."""
    project = labeled_project(request, project_id)
    me = person(request).pk
    page = Paginator(own_decisions(person_id=me, project_id=project.pk), ON_A_PAGE).get_page(
        request.GET.get("page")
    )
    appealed = appealed_among(person_id=me, task_ids=[row.task_id for row in page])
    context = {
        "section": "Label",
        "project": project,
        "page": page,
        "rows": _decisions(page, appealed),
        "asks_others": strategy(project.strategy).first > 1,
    }
    return render(request, "labeling/words/decisions.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def appeal_page(request: HttpRequest, task_id: int) -> HttpResponse:
    """Say that the decision on a task of one's own looks wrong."""
    me = person(request)
    row = own_decision(person_id=me.pk, task_id=task_id)
    if row is None:
        raise Http404
    form = AppealForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            appeal(task=row.task, by=me, reason=form.cleaned_data["reason"])
        except LabelingError as error:
            form.add_error("reason", error.why)
        else:
            messages.success(request, gettext("Sent. The answer comes to your first page."))
            return redirect("labeling:my_questions")
    appealed = bool(appealed_among(person_id=me.pk, task_ids=[task_id]))
    context = {
        "section": "Label",
        "project": row.task.project,
        "decision": _decisions([row], {task_id} if appealed else set())[0],
        "form": form,
    }
    return render(request, "labeling/words/appeal.html", context, status=422 if form.errors else 200)


@require_GET
def appeals(request: HttpRequest) -> HttpResponse:
    """Tasks whose decision somebody doubts, the longest waiting first. Nothing of who it was."""
    by = person(request)
    page = Paginator(appealed_task_ids(by), ON_A_PAGE).get_page(request.GET.get("page"))
    rows = [
        {
            "task_id": one.task.pk,
            "chips": one.chips,
            "since": one.since,
            "reasons": one.reasons,
            "final": _original(one),
        }
        for one in appealed_tasks(by, page)
    ]
    return render(request, "labeling/words/appeals.html", {"page": page, "rows": rows})


@require_POST
def appeal_answer(request: HttpRequest, task_id: int) -> HttpResponse:
    by = person(request)
    task = Task.objects.select_related("project").filter(pk=task_id).first()
    if task is None or not access.may(by, task.project, May.ADJUDICATE):
        raise Http404
    form = AppealAnswerForm(request.POST)
    if not form.is_valid():
        messages.error(request, why_unfit(form) or "Choose whether the decision is kept or changed.")
        return redirect("labeling:appeals")
    answer_appeals(task=task, by=by, **form.cleaned_data)
    messages.success(request, "Answered. Whoever appealed reads it on their own page.")
    return redirect("labeling:appeals")


def _original(one: AppealedTask) -> Said | None:
    if one.final is None or one.schema_id is None:
        return None
    return said_of(one.final, schema_of(one.schema_id), completions=one.task.item.completions)


def _decisions(rows: Iterable[Annotation], appealed: Container[int]) -> list[Decision]:
    """In the words of whoever reads about their own tasks."""
    found = list(rows)
    deciding = deciding_schemas(row.task_id for row in found)
    schemas = own_schemas({row.schema_id for row in found} | set(deciding.values()))
    return [
        _decision(row, schemas[row.schema_id], schemas[deciding[row.task_id]], row.task_id in appealed)
        for row in found
    ]


def _decision(row: Annotation, schema: Schema, deciding: Schema, is_appealed: bool) -> Decision:
    final, completions = getattr(row.task, "final_label", None), row.task.item.completions
    decided = None if final is None else final.answers
    return Decision(
        task_id=row.task_id,
        item_name=row.task.item.external_id,
        saved_at=row.submitted_at,
        own=said_of(row.answers, schema, completions=completions),
        final=None if decided is None else said_of(decided, deciding, completions=completions),
        is_appealed=is_appealed,
    )
