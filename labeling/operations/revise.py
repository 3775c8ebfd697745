"""Undo: changing one of the last ten answers. The form opens again, never the content."""

import json

from django.db import connection, transaction

from labeling.models import Annotation
from labeling.operations.decide import reconsider
from labeling.operations.errors import AnswerChanged, NotUndoable, NotYours
from labeling.operations.outcomes import Submitted
from labeling.operations.sources import note_severe_find
from labeling.operations.submit import Given, check_answers, shape_of
from labeling.queries.projects import schema_of
from labeling.queries.undo import undoable_ids
from labeling.queries.workbench import occasion_of
from people.models import User
from wellbeing import interface

# The old row ends first: only one current answer per slot, and per person and task.
_REVISE = """
WITH held AS MATERIALIZED (
    SELECT task.id FROM labeling_task task WHERE task.id = %(task)s FOR NO KEY UPDATE
), old AS (
    UPDATE labeling_annotation SET superseded_at = respite_now()
     WHERE id = %(annotation)s AND superseded_at IS NULL AND (SELECT count(*) FROM held) = 1
    RETURNING *
)
INSERT INTO labeling_annotation
       (task_id, slot_id, lease_id, person_id, schema_id, guideline_id, answers, verdict, disclosed_share, seen,
        revision, submitted_at)
SELECT task_id, slot_id, lease_id, person_id, schema_id, guideline_id, %(answers)s::jsonb, %(verdict)s,
       disclosed_share, seen, revision + 1, submitted_at
  FROM old
RETURNING id
"""


@transaction.atomic
def revise(*, annotation_id: int, by: User, answers: object) -> Submitted:
    """Replace one of the person's last ten answers and decide the task anew. Repeating it changes nothing more.

    The answer keeps its place among the last ten. A verdict that is worse than before is charged, a milder one
    gives nothing back. A published release keeps the old answer.

    Raises NotYours, NotUndoable, AnswersInvalid, AnswerChanged (a revision from elsewhere came first).
    """
    annotation = (
        Annotation.objects.select_related("task__project", "task__stratum", "task__item")
        .filter(pk=annotation_id, person_id=by.pk)
        .first()
    )
    if annotation is None:
        raise NotYours
    task = annotation.task
    schema = schema_of(annotation.schema_id)
    shape = shape_of(task.item_id, task.item.completions, schema, may_read=True)
    given = check_answers(schema, answers, shape)
    if annotation.superseded_at is None and annotation.answers == given.answers:
        return _unchanged(annotation)
    if annotation.superseded_at is not None:
        return _after_another(annotation, given)
    if annotation.pk not in undoable_ids(person_id=by.pk):
        raise NotUndoable
    # First, because it locks the person's dosimeter. The view is settled, so a worse verdict tops it up and a milder
    # one changes nothing.
    interface.settle(person_id=by.pk, occasion=occasion_of(annotation.lease_id), verdict=given.verdict)
    new_id = _replace(annotation, given)
    note_severe_find(source_id=task.stratum.source_id, verdict=given.verdict)
    state = reconsider(task_id=task.pk, strategy_name=task.project.strategy)
    return Submitted(new_id, task.pk, state, is_extra=annotation.slot_id is None)


def _replace(annotation: Annotation, given: Given) -> int:
    with connection.cursor() as cursor:
        cursor.execute(
            _REVISE,
            {
                "annotation": annotation.pk,
                "task": annotation.task_id,
                "answers": json.dumps(given.answers),
                "verdict": None if given.verdict is None else int(given.verdict),
            },
        )
        row = cursor.fetchone()
    if row is None:
        raise AnswerChanged
    new_id: int = row[0]
    return new_id


def _after_another(annotation: Annotation, given: Given) -> Submitted:
    """The same revision sent twice has the first one's outcome; a different one must be looked at again."""
    standing = (
        Annotation.objects.select_related("task")
        .filter(task_id=annotation.task_id, person_id=annotation.person_id, superseded_at=None)
        .first()
    )
    if standing is None or standing.answers != given.answers:
        raise AnswerChanged
    return _unchanged(standing)


def _unchanged(annotation: Annotation) -> Submitted:
    return Submitted(
        annotation.pk,
        annotation.task_id,
        annotation.task.state,
        is_extra=annotation.slot_id is None,
        repeated=True,
    )
