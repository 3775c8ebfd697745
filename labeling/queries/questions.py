"""Questions about tasks: one's own, and those that wait for a lead. Chips of the task, never its content."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import QuerySet

from labeling.models import Task, TaskQuestion
from labeling.queries.expectation import expected_of
from people.models import User
from people.permissions import Permission
from people.queries import ALL, teams_with
from wellbeing.interface import text_opener

LONGEST = 600
"""Letters in a question or a reply."""

TABLE = "labeling_taskquestion"


@dataclass(frozen=True)
class TaskChips:
    """What may be said of a task in a list. `severity` is what its card says to expect, None where nobody knows."""

    task_id: int
    item_name: str
    project_id: int
    project_name: str
    kind: str
    language: str
    severity: int | None
    categories: tuple[str, ...]


@dataclass(frozen=True)
class Question:
    """A question with its reply. Texts are None when their key was destroyed; `replied_by` is empty before a reply."""

    id: UUID
    task: TaskChips
    asked_by: str
    asked_at: datetime
    text: str | None
    reply: str | None
    replied_by: str
    replied_at: datetime | None
    is_new: bool


def own_questions(*, person_id: int) -> QuerySet[TaskQuestion]:
    """A person's questions, the latest first."""
    return _with_task(TaskQuestion.objects.filter(person_id=person_id)).order_by("-asked_at", "pk")


def questions_for(by: User) -> QuerySet[TaskQuestion]:
    """The questions of the teams where `by` answers them, but their own; those that wait longest first."""
    asked = TaskQuestion.objects.exclude(person=by)
    teams = teams_with(by, Permission.ANSWER_QUESTIONS)
    if teams is not ALL:
        asked = asked.filter(task__project__team_id__in=teams)
    return _with_task(asked).order_by("asked_at", "pk")


def questions_waiting(by: User) -> int:
    """How many of those have no reply yet."""
    return questions_for(by).filter(replied_at=None).count()


def opened_questions(rows: Iterable[TaskQuestion]) -> list[Question]:
    """The rows with their texts. For the person who asked, or for one who answers them; for nobody else."""
    openers = {}
    found = []
    rows = list(rows)
    expected = expected_of(row.task.stratum_id for row in rows)
    for row in rows:
        if row.person_id not in openers:
            openers[row.person_id] = text_opener(person_id=row.person_id)
        read, place = openers[row.person_id], str(row.pk)
        found.append(
            Question(
                id=row.pk,
                task=chips_of(row.task, expected),
                asked_by=row.person.get_full_name(),
                asked_at=row.asked_at,
                text=read(row.sealed, TABLE, place, "question"),
                reply=None if row.reply_sealed is None else read(row.reply_sealed, TABLE, place, "reply"),
                replied_by="" if row.replied_by is None else row.replied_by.get_full_name(),
                replied_at=row.replied_at,
                is_new=row.replied_at is not None and row.seen_at is None,
            )
        )
    return found


def chips_of(task: Task, expected: Mapping[int, int | None]) -> TaskChips:
    """Read with item, project and stratum (`select_related`); `expected` is `expected_of` their strata."""
    return TaskChips(
        task_id=task.pk,
        item_name=task.item.external_id,
        project_id=task.project_id,
        project_name=task.project.name,
        kind=task.item.get_kind_display(),
        language=task.item.language,
        severity=expected[task.stratum_id],
        categories=tuple(task.stratum.categories),
    )


def _with_task(questions: QuerySet[TaskQuestion]) -> QuerySet[TaskQuestion]:
    return questions.select_related("task__item", "task__project", "task__stratum", "person", "replied_by")
