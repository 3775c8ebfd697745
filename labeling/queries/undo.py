"""A person's own last answers: what undo can reopen. Ids and chips, never content."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import QuerySet

from labeling.models import Annotation

UNDOABLE = 10


@dataclass(frozen=True)
class OwnAnswer:
    """One of the last ten answers of a person; `answers` is what stands now."""

    annotation_id: int
    task_id: int
    project_id: int
    project_name: str
    external_id: str
    kind: str
    completions: int
    schema_id: int
    answers: dict[str, Any]
    revision: int
    submitted_at: datetime


def last_answers(*, person_id: int) -> list[OwnAnswer]:
    """The last ten answers in any project, latest first. One statement."""
    return [
        OwnAnswer(
            annotation_id=row.pk,
            task_id=row.task_id,
            project_id=row.task.project_id,
            project_name=row.task.project.name,
            external_id=row.task.item.external_id,
            kind=row.task.item.kind,
            completions=row.task.item.completions,
            schema_id=row.schema_id,
            answers=row.answers,
            revision=row.revision,
            submitted_at=row.submitted_at,
        )
        for row in _latest(person_id).select_related("task__project", "task__item")
    ]


def undoable_ids(*, person_id: int) -> set[int]:
    """The ids of those answers."""
    return set(_latest(person_id).values_list("pk", flat=True))


def has_answered_in(*, person_id: int, project_id: int) -> bool:
    """Has this person an answer that stands in the project, however old?"""
    return Annotation.objects.filter(
        person_id=person_id, superseded_at=None, task__project_id=project_id
    ).exists()


def _latest(person_id: int) -> QuerySet[Annotation]:
    current = Annotation.objects.filter(person_id=person_id, superseded_at=None)
    return current.order_by("-submitted_at", "-pk")[:UNDOABLE]
