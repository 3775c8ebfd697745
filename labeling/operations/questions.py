"""A question to the lead about a task, and its reply. Nothing of the item travels with it."""

from uuid import UUID

from django.db import IntegrityError, transaction

from labeling.models import TaskQuestion
from labeling.operations import leases
from labeling.operations.errors import NotYours, QuestionOpen, TextUnfit
from labeling.queries.questions import LONGEST, TABLE, questions_for
from people.models import User
from people.operations.audit import record_event
from people.readable_text import TYPED_LINES, WHY_UNFIT, unfit
from people.speech import in_language
from wellbeing import interface


def ask_lead(*, lease_id: int, by: User, text: str, question_id: UUID) -> TaskQuestion:
    """Ask about the task of one's lease, open or over. The lease stays as it is.

    `question_id` is the form's own: sent twice, it is one question. There is no audit event: the log would say who asks.
    Raises NotYours; TextUnfit when it is empty or longer than LONGEST; QuestionOpen when an earlier one waits.
    """
    words = fit(text)
    card = leases.own_card(lease_id=lease_id, by=by)
    try:
        with transaction.atomic():
            there = TaskQuestion.objects.filter(pk=question_id, person=by).first()
            if there is not None:
                return there
            sealed = interface.seal_text(
                person_id=by.pk, table=TABLE, row=str(question_id), field="question", text=words
            )
            return TaskQuestion.objects.create(pk=question_id, task_id=card.task_id, person=by, sealed=sealed)
    except IntegrityError as error:
        # The same form from two windows, or another question that waits.
        there = TaskQuestion.objects.filter(pk=question_id, person=by).first()
        if there is None:
            raise QuestionOpen from error
        return there


@transaction.atomic
def reply_to_question(*, question_id: UUID, by: User, text: str) -> None:
    """Answer it, once: of two replies at the same time the first one counts. Audited without the text.

    Raises NotYours when there is no such open question in a team where `by` answers, or it is their own; TextUnfit.
    """
    words = fit(text)
    question = questions_for(by).filter(pk=question_id, replied_at=None).first()
    if question is None:
        raise NotYours
    sealed = interface.seal_text(
        person_id=question.person_id, table=TABLE, row=str(question_id), field="reply", text=words
    )
    replied = TaskQuestion.objects.filter(pk=question_id, replied_at=None).update(
        reply_sealed=sealed, replied_at=interface.now(), replied_by=by
    )
    if not replied:
        raise NotYours
    record_event(action="labeling.question_answered", subject=f"question {question_id}", by=by)


def mark_replies_read(*, by: User) -> int:
    """The person has read what is there now. Returns how many were new."""
    new = TaskQuestion.objects.filter(person=by, replied_at__isnull=False, seen_at=None)
    return new.update(seen_at=interface.now())


def fit(text: str) -> str:
    """The text without blanks around it. Raises TextUnfit."""
    words = text.strip()
    if not words or len(words) > LONGEST:
        raise TextUnfit(LONGEST)
    why = unfit(words, allowed=TYPED_LINES)
    if why is not None:
        raise TextUnfit(LONGEST, in_language(WHY_UNFIT[why]))
    return words
