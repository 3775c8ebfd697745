"""Undo: one's last ten answers in a project, each as its form. The item is never shown again for it, and neither is what
was written about it in one's own words (docs/adr/0019)."""

from collections.abc import Set
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_GET, require_http_methods

from labeling.domain.schema import Schema, Shape, is_own_words
from labeling.forms.answers import answer_form, submitted
from labeling.forms.answers.said import Said, said_of
from labeling.models import Annotation, Project
from labeling.operations.errors import LabelingError
from labeling.operations.revise import revise as revise_answer
from labeling.queries.undo import OwnAnswer, has_answered_in, last_answers
from labeling.views.own_words import own_schema, own_schemas
from labeling.views.workbench import labeled_project, labels_in, person_of


@dataclass(frozen=True)
class Row:
    """One answer in the list: when, of what, and what it says. No content."""

    annotation_id: int
    saved_at: datetime
    item_name: str
    said: Said


@require_GET
def undo(request: HttpRequest, project_id: int) -> HttpResponse:
    project = labeled_project(request, project_id)
    person = person_of(request)
    answers = last_answers(person_id=person.pk)
    here = [answer for answer in answers if answer.project_id == project.pk]
    schemas = own_schemas({answer.schema_id for answer in here})
    rows = [_row(answer, schemas[answer.schema_id]) for answer in here]
    context = {
        "section": "Label",
        "project": project,
        "rows": rows,
        "elsewhere": _elsewhere(request, {answer.project_id for answer in answers} - {project.pk}),
        "has_older": not rows and has_answered_in(person_id=person.pk, project_id=project.pk),
    }
    return render(request, "labeling/workbench/undo.html", context)


@require_http_methods(["GET", "POST"])
def revise(request: HttpRequest, annotation_id: int) -> HttpResponse:
    own = Annotation.objects.filter(person=person_of(request)).select_related("task__item")
    annotation = get_object_or_404(own, pk=annotation_id)
    project = labeled_project(request, annotation.task.project_id)
    if annotation.superseded_at is not None:
        messages.info(request, gettext("This answer has been changed since. Your last answers stand here."))
        return redirect("labeling:undo", project_id=project.pk)
    schema = own_schema(annotation.schema_id)
    shape = Shape(completions=annotation.task.item.completions)
    stored = annotation.answers
    answers: Any = {name: said for name, said in stored.items() if not is_own_words(said)}
    problems: tuple[str, ...] = ()
    if request.method == "POST":
        answers, problems = submitted(schema, request.POST, shape, kept=stored)
        problems = problems or _revise(request, annotation, answers)
        if not problems:
            messages.success(request, gettext("Your answer is saved."))
            return redirect("labeling:undo", project_id=project.pk)
    # Own words that stand are not sent, not even beside a problem with another question.
    form = answer_form(
        schema,
        {name: said for name, said in answers.items() if said != stored.get(name) or not is_own_words(said)},
        shape=shape,
        kept=stored,
        sent=request.POST or None,
        url=reverse("labeling:revise", args=[annotation.pk]),
        save_label=gettext("Save the change"),
        swap=False,
        problems=problems,
    )
    context = {
        "section": "Label",
        "project": project,
        "item_name": annotation.task.item.external_id,
        "answers": form,
    }
    return render(request, "labeling/workbench/revise.html", context, status=422 if problems else 200)


def _revise(request: HttpRequest, annotation: Annotation, answers: Any) -> tuple[str, ...]:
    try:
        revise_answer(annotation_id=annotation.pk, by=person_of(request), answers=answers)
    except LabelingError as error:
        return (error.why,)
    return ()


def _elsewhere(request: HttpRequest, project_ids: Set[int]) -> list[Project]:
    """The other projects that hold one of the last ten, by name: not those whose team the person has left."""
    if not project_ids:
        return []
    found = Project.objects.filter(pk__in=project_ids).order_by("name")
    return [project for project in found if labels_in(request, project)]


def _row(answer: OwnAnswer, schema: Schema) -> Row:
    said = said_of(answer.answers, schema, completions=answer.completions)
    return Row(answer.annotation_id, answer.submitted_at, answer.external_id, said)
