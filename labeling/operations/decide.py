"""Deciding a task from its annotations, under the task's lock, whenever one is added or revised."""

import json

from django.db import connection

from labeling.domain.schema import Shape
from labeling.domain.stopping import Decided, Final, NeedMore, decide, least_severity, strategy
from labeling.models import Task
from labeling.models.slot import MAX_SLOTS
from labeling.queries.projects import schema_of
from labeling.queries.workbench import occasion_of
from wellbeing import interface

# Slots that another transaction holds at this moment are passed over, because a submit holds its slot while it
# waits for this task's lock. Whoever that is comes here next and sees what was decided; a claim that slips through
# is stopped before anything is revealed.
_WITHDRAW = """
UPDATE labeling_slot SET withdrawn_at = respite_now()
 WHERE id IN (SELECT id FROM labeling_slot
               WHERE task_id = %(task)s AND filled_at IS NULL AND withdrawn_at IS NULL
                 AND (%(leased_too)s OR available_at <= (SELECT respite_now()))
               ORDER BY number DESC LIMIT %(surplus)s
                 FOR UPDATE SKIP LOCKED)
"""

# More room: a withdrawn slot again, else a new number. It goes just ahead of the person who has come farthest in
# its stratum: at its old position everybody who is past it would meet it only on the second lap.
_AHEAD = """
SELECT GREATEST(task.position, (SELECT max(place.position) FROM labeling_place place
                                 WHERE place.stratum_id = task.stratum_id) + 1 + task.id %% 1000)
  FROM labeling_task task WHERE task.id = %(task)s
"""
_REINSTATE = f"""
UPDATE labeling_slot
   SET withdrawn_at = NULL, position = ({_AHEAD}), available_at = GREATEST(available_at, respite_now())
 WHERE id IN (SELECT id FROM labeling_slot WHERE task_id = %(task)s AND withdrawn_at IS NOT NULL
               ORDER BY number LIMIT 1
                 FOR UPDATE SKIP LOCKED)
"""  # noqa: S608 - constants only
_ADD = f"""
INSERT INTO labeling_slot (task_id, number, stratum_id, position, available_at)
SELECT task.id, 1 + (SELECT max(number) FROM labeling_slot WHERE task_id = task.id), task.stratum_id, ({_AHEAD}),
       respite_now()
  FROM labeling_task task
 WHERE task.id = %(task)s AND (SELECT max(number) FROM labeling_slot WHERE task_id = task.id) < %(most)s
"""  # noqa: S608 - constants only

_VOTES = """
SELECT annotation.person_id, annotation.lease_id, annotation.answers, annotation.verdict,
       (SELECT count(*) FROM labeling_slot
         WHERE task_id = %(task)s AND filled_at IS NULL AND withdrawn_at IS NULL),
       task.state, schema.id, schema.version, item.completions
  FROM labeling_annotation annotation
  JOIN labeling_task task ON task.id = annotation.task_id
  JOIN labeling_item item ON item.id = task.item_id
  JOIN labeling_labelschema schema ON schema.id = annotation.schema_id
 WHERE annotation.task_id = %(task)s AND annotation.superseded_at IS NULL
 ORDER BY annotation.id
"""

_CONCLUDE = f"""
WITH withdrawn AS ({_WITHDRAW}), label AS (
    INSERT INTO labeling_finallabel (task_id, answers, soft, severity, votes, method, decided_at)
    VALUES (%(task)s, %(answers)s::jsonb, %(soft)s::jsonb, %(severity)s, %(votes)s, %(method)s, respite_now())
    ON CONFLICT (task_id) DO UPDATE
       SET answers = EXCLUDED.answers, soft = EXCLUDED.soft, severity = EXCLUDED.severity,
           votes = EXCLUDED.votes, method = EXCLUDED.method, decided_at = EXCLUDED.decided_at
)
UPDATE labeling_task SET state = %(state)s, decided_at = respite_now() WHERE id = %(task)s
"""  # noqa: S608 - constants only

# Also leases that are still held: whoever leaves without an answer after this is charged what the item was found to be,
# and whoever answers settles at a verdict of their own, which a row that is not worse adds nothing to.
_LOOKED = """
SELECT person_id, id FROM labeling_lease
 WHERE task_id = %(task)s AND opened_at IS NOT NULL AND outcome <> 'submitted'
"""

_REOPEN = """
WITH label AS (DELETE FROM labeling_finallabel WHERE task_id = %(task)s)
UPDATE labeling_task SET state = 'open', decided_at = NULL WHERE id = %(task)s AND state <> 'open'
"""


def reconsider(*, task_id: int, strategy_name: str) -> str:
    """Decide the task from its current annotations; returns its state. The caller holds the task FOR NO KEY UPDATE.

    It took that lock in an earlier statement, so that this one sees whatever was committed while it waited.

    The newest schema among the annotations decides; each of them keeps its own.

    Decided or contested: the final label is written and what room is left is withdrawn. Else there is room for as
    many annotations as are missing, no more and no less, except that a live lease is never taken away.
    """
    with connection.cursor() as cursor:
        cursor.execute(_VOTES, {"task": task_id})
        rows = cursor.fetchall()
        votes = [json.loads(row[2]) if isinstance(row[2], str) else row[2] for row in rows]
        newest = max(rows, key=lambda row: row[7])[6]
        decision = decide(
            votes,
            schema_of(newest),
            strategy(strategy_name),
            given_under=[schema_of(row[6]) for row in rows],
            shape=Shape(completions=rows[0][8]),
        )
        if isinstance(decision, NeedMore):
            _, _, _, _, room, state, *_ = rows[0]
            return _wait_for(task_id, decision.missing, room=room, was=state)
    new_state = Task.State.DECIDED if isinstance(decision, Decided) else Task.State.CONTESTED
    _conclude(task_id, decision.final, new_state)
    least = least_severity(decision, [row[3] for row in rows])
    if least:
        _owe(task_id, [(row[0], row[1]) for row in rows if row[3] is not None and row[3] < least], least)
    return new_state


def _wait_for(task_id: int, missing: int, *, room: int, was: str) -> str:
    with connection.cursor() as cursor:
        if was != Task.State.OPEN:
            cursor.execute(_REOPEN, {"task": task_id})
        for _ in range(missing - room):
            cursor.execute(_REINSTATE, {"task": task_id})
            if cursor.rowcount == 0:
                cursor.execute(_ADD, {"task": task_id, "most": MAX_SLOTS})
        if room > missing:
            cursor.execute(_WITHDRAW, {"task": task_id, "leased_too": False, "surplus": room - missing})
    return Task.State.OPEN


def _conclude(task_id: int, final: Final, state: Task.State) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            _CONCLUDE,
            {
                "task": task_id,
                "state": state.value,
                "answers": json.dumps(final.answers),
                "soft": json.dumps(final.soft),
                "severity": None if final.severity is None else int(final.severity),
                "votes": final.votes,
                "method": final.method,
                "leased_too": True,
                "surplus": MAX_SLOTS,
            },
        )


def _owe(task_id: int, milder: list[tuple[int, int]], severity: int) -> None:
    """Charge everybody who met the item at what it was found to be; a job adds what is missing.

    `milder` are the (person, lease) of those who judged it milder. Who opened it and left without an answer was
    charged what was expected; it may have been worse.
    """
    with connection.cursor() as cursor:
        cursor.execute(_LOOKED, {"task": task_id})
        looked: list[tuple[int, int]] = cursor.fetchall()
    for person_id, lease_id in milder + looked:
        interface.owe_top_up(person_id=person_id, occasion=occasion_of(lease_id), severity=severity)
