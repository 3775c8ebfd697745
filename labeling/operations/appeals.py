"""Saying that a decision looks wrong, and what came of it. The label itself is changed in adjudication, not here."""

from uuid import uuid4

from django.db import IntegrityError, transaction

from labeling.models import Annotation, Appeal, Task
from labeling.operations.errors import NotAppealable
from labeling.operations.questions import fit
from labeling.queries.appeals import TABLE, is_appealable, open_appeals
from people.models import User
from people.operations.audit import record_event
from wellbeing import interface


def appeal(*, task: Task, by: User, reason: str = "") -> Appeal:
    """One appeal a person and task; sent again, it is the first one. A reason may be left out.

    Raises NotAppealable unless the task is decided and the person's own answer to it is final; TextUnfit.
    """
    if not Annotation.objects.filter(task=task, person=by, superseded_at=None).exists():
        raise NotAppealable
    if not is_appealable(task=task, person_id=by.pk):
        raise NotAppealable
    appeal_id = uuid4()
    try:
        with transaction.atomic():
            sealed = _sealed(by.pk, str(appeal_id), "reason", fit(reason)) if reason.strip() else None
            return Appeal.objects.create(pk=appeal_id, task=task, person=by, reason_sealed=sealed)
    except IntegrityError:
        return Appeal.objects.get(task=task, person=by)


@transaction.atomic
def answer_appeals(*, task: Task, by: User, outcome: str, answer: str = "") -> int:
    """Answer every open appeal about a task alike; each person is told. Returns how many there were. Audited.

    `changed` records that the decision is to be changed; an answer may be left out where it is kept. Nobody answers
    their own. Raises ValueError for an unknown outcome, TextUnfit.
    """
    chosen = Appeal.Outcome(outcome)
    words = fit(answer) if answer.strip() else ""
    # Locked: of two answers at the same time the first one counts.
    waiting = open_appeals().filter(task=task).exclude(person=by).select_for_update(of=("self",))
    rows = list(waiting.order_by("pk"))
    now = interface.now()
    for row in rows:
        row.outcome = chosen.value
        row.answer_sealed = _sealed(row.person_id, str(row.pk), "answer", words) if words else None
        row.decided_by, row.decided_at = by, now
        row.save(update_fields=["outcome", "answer_sealed", "decided_by", "decided_at"])
    if rows:
        record_event(
            action="labeling.appeals_answered",
            subject=f"task {task.pk}",
            by=by,
            details={"outcome": chosen.value},
        )
    return len(rows)


def mark_outcomes_read(*, by: User) -> int:
    """The person has read what is there now. Returns how many were new."""
    return Appeal.objects.filter(person=by, seen_at=None).exclude(outcome="").update(seen_at=interface.now())


def _sealed(person_id: int, row: str, field: str, text: str) -> bytes:
    return interface.seal_text(person_id=person_id, table=TABLE, row=row, field=field, text=text)
