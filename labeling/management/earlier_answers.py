"""Answers that a demo begins with, given by people who have left since.

They came through no page: nobody looked, so no exposure is written down for anybody. What follows from them does so by
the real rules: each is checked by the schema, tasks are decided as after a submit, and the source of the items is
believed only if that proves it right.
"""

import json
from collections.abc import Iterable
from datetime import timedelta
from pathlib import Path
from typing import Any

from django.db import transaction

from labeling.domain.schema import Shape
from labeling.domain.stopping import strategy
from labeling.models import Annotation, Lease, Project, Slot, Task
from labeling.operations.decide import reconsider
from labeling.operations.sources import refresh_expectations
from labeling.operations.submit import check_answers
from labeling.queries.projects import current_guideline, current_schema, schema_of
from people.models import User
from wellbeing import interface

LEASE = timedelta(minutes=15)


@transaction.atomic
def set_out_answers(*, project: Project, path: Path, people: list[User]) -> int:
    """Give the answers of a file, unless the project has any. Returns how many.

    Each line names an item and, by question, what one person after the other answered: {"id": …, "tone": ["curt",
    "plain", "curt"]}. Who comes first differs from item to item.
    """
    if Annotation.objects.filter(task__project=project).exists():
        return 0
    lines = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    ids = [line.pop("id") for line in lines]
    tasks = {
        task.item.external_id: task
        for task in Task.objects.select_related("item").filter(project=project, item__external_id__in=ids)
    }
    given = 0
    for turn in range(len(people)):
        answered = [
            (tasks[name], people[(n + turn) % len(people)], {key: said[turn] for key, said in line.items()})
            for n, (name, line) in enumerate(zip(ids, lines, strict=True))
            if all(turn < len(said) for said in line.values())
        ]
        _give(project, turn + 1, answered)
        given += len(answered)
    refresh_expectations(project_id=project.pk)
    return given


def _give(project: Project, number: int, answered: Iterable[tuple[Task, User, dict[str, Any]]]) -> None:
    """Fill the slot of that number of each task with one person's answer, and see what is decided by it."""
    answered = list(answered)
    schema, guideline, now = current_schema(project), current_guideline(project), interface.now()
    if schema is None:
        raise ValueError("the project asks nothing")
    slots = {
        slot.task_id: slot
        for slot in Slot.objects.filter(task__in=[task for task, _, _ in answered], number=number)
    }
    leases = Lease.objects.bulk_create(
        Lease(
            slot=slots[task.pk],
            task=task,
            person=person,
            schema=schema,
            guideline=guideline,
            expires_at=now + LEASE,
            ended_at=now,
            outcome=Lease.Outcome.SUBMITTED,
            expected=max(0, task.item.severity or 0),
            opened_at=now,
            settled_at=now,
            was_full=True,
        )
        for task, person, _ in answered
    )
    annotations = []
    for (task, person, answers), lease in zip(answered, leases, strict=True):
        checked = check_answers(schema_of(schema.pk), answers, Shape(task.item.completions))
        annotations.append(
            Annotation(
                task=task,
                slot=lease.slot,
                lease=lease,
                person=person,
                schema=schema,
                guideline=guideline,
                answers=checked.answers,
                verdict=checked.verdict,
                disclosed_share=1000,
                seen=Annotation.Seen.FULL,
            )
        )
    Annotation.objects.bulk_create(annotations)
    Slot.objects.filter(pk__in=[slot.pk for slot in slots.values()]).update(filled_at=now)
    if number >= strategy(project.strategy).first:  # before that there is nothing to decide
        for task, _, _ in answered:
            reconsider(task_id=task.pk, strategy_name=project.strategy)
