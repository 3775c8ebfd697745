"""Decisions on one's own tasks, and appeals against them. Chips and answers, never content.

A decision is shown once the own answer cannot be changed any more: nobody makes their answer fit it.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Min, QuerySet

from labeling.models import Annotation, Appeal, FinalLabel, Task
from labeling.queries.expectation import expected_of
from labeling.queries.questions import TaskChips, chips_of
from labeling.queries.undo import undoable_ids
from people.models import User
from people.permissions import Permission
from people.queries import ALL, teams_with
from wellbeing.interface import text_opener

TABLE = "labeling_appeal"


@dataclass(frozen=True)
class AppealedTask:
    """A task that people appealed about: why they did, and nothing of who they are."""

    task: Task
    chips: TaskChips
    since: datetime
    reasons: tuple[str, ...]
    final: dict[str, Any] | None
    schema_id: int | None


@dataclass(frozen=True)
class OwnAppeal:
    """An appeal of one's own. `outcome` is empty while it waits."""

    id: UUID
    task: TaskChips
    appealed_at: datetime
    reason: str | None
    outcome: str
    answer: str | None
    decided_at: datetime | None
    is_new: bool


def own_decisions(*, person_id: int, project_id: int) -> QuerySet[Annotation]:
    """A person's final answers to decided tasks of a project, the latest first, each with the decision."""
    return (
        Annotation.objects.filter(person_id=person_id, superseded_at=None, task__project_id=project_id)
        .exclude(task__state=Task.State.OPEN)
        .exclude(pk__in=undoable_ids(person_id=person_id))
        .select_related("task__item", "task__project", "task__stratum", "task__final_label")
        .order_by("-submitted_at", "-pk")
    )


def own_decision(*, person_id: int, task_id: int) -> Annotation | None:
    """The one about that task; None unless the task is decided and the answer final."""
    task = Task.objects.filter(pk=task_id).first()
    if task is None:
        return None
    return own_decisions(person_id=person_id, project_id=task.project_id).filter(task_id=task_id).first()


def is_appealable(*, task: Task, person_id: int) -> bool:
    return own_decision(person_id=person_id, task_id=task.pk) is not None


def appealed_among(*, person_id: int, task_ids: Iterable[int]) -> set[int]:
    """Those of the tasks that the person appealed about."""
    own = Appeal.objects.filter(person_id=person_id, task_id__in=list(task_ids))
    return set(own.values_list("task_id", flat=True))


def deciding_schemas(task_ids: Iterable[int]) -> dict[int, int]:
    """Task id → the version that its decision was made under: the newest among its answers."""
    current = Annotation.objects.filter(task_id__in=list(task_ids), superseded_at=None)
    return dict(current.order_by("schema__version").values_list("task_id", "schema_id"))


def own_appeals(*, person_id: int) -> QuerySet[Appeal]:
    """The latest first."""
    return (
        Appeal.objects.filter(person_id=person_id)
        .select_related("task__item", "task__project", "task__stratum")
        .order_by("-appealed_at", "pk")
    )


def opened_appeals(rows: Iterable[Appeal], *, person_id: int) -> list[OwnAppeal]:
    """One's own appeals with their texts."""
    read = text_opener(person_id=person_id)
    rows = list(rows)
    expected = expected_of(row.task.stratum_id for row in rows)
    return [
        OwnAppeal(
            id=row.pk,
            task=chips_of(row.task, expected),
            appealed_at=row.appealed_at,
            reason=None
            if row.reason_sealed is None
            else read(row.reason_sealed, TABLE, str(row.pk), "reason"),
            outcome=row.outcome,
            answer=None
            if row.answer_sealed is None
            else read(row.answer_sealed, TABLE, str(row.pk), "answer"),
            decided_at=row.decided_at,
            is_new=bool(row.outcome) and row.seen_at is None,
        )
        for row in rows
    ]


def open_appeals() -> QuerySet[Appeal]:
    return Appeal.objects.filter(outcome="")


def appeals_for(by: User) -> QuerySet[Appeal]:
    """The open appeals of the teams where `by` adjudicates, but their own."""
    waiting = open_appeals().exclude(person=by)
    teams = teams_with(by, Permission.ADJUDICATE)
    return waiting if teams is ALL else waiting.filter(task__project__team_id__in=teams)


def appealed_tasks_waiting(by: User) -> int:
    """How many tasks they are about."""
    return appeals_for(by).values("task_id").distinct().count()


def appealed_task_ids(by: User) -> list[int]:
    """The tasks that wait for `by`, the one that waits longest first."""
    tasks = appeals_for(by).values("task_id").annotate(since=Min("appealed_at"))
    return [row["task_id"] for row in tasks.order_by("since", "task_id")]


def appealed_tasks(by: User, task_ids: Iterable[int]) -> list[AppealedTask]:
    """Those tasks with the reasons that were given, in the order of the ids."""
    wanted = list(task_ids)
    tasks = {
        task.pk: task
        for task in Task.objects.filter(pk__in=wanted).select_related("item", "project", "stratum")
    }
    expected = expected_of(task.stratum_id for task in tasks.values())
    finals = {row.task_id: row.answers for row in FinalLabel.objects.filter(task_id__in=wanted)}
    schemas = deciding_schemas(wanted)
    appeals: dict[int, list[Appeal]] = {}
    for row in appeals_for(by).filter(task_id__in=wanted).order_by("appealed_at", "pk"):
        appeals.setdefault(row.task_id, []).append(row)
    return [
        AppealedTask(
            task=tasks[task_id],
            chips=chips_of(tasks[task_id], expected),
            since=appeals[task_id][0].appealed_at,
            reasons=tuple(filter(None, map(_reason, appeals[task_id]))),
            final=finals.get(task_id),
            schema_id=schemas.get(task_id),
        )
        for task_id in wanted
        if task_id in appeals
    ]


def _reason(row: Appeal) -> str | None:
    if row.reason_sealed is None:
        return None
    return text_opener(person_id=row.person_id)(row.reason_sealed, TABLE, str(row.pk), "reason")
