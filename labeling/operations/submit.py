"""Taking an answer. It is never lost and never counted twice, however late or often it comes."""

import json
from dataclasses import dataclass, replace

from django.db import connection, transaction

from labeling.domain.masking import block_texts
from labeling.domain.schema import (
    AnswerError,
    Answers,
    Schema,
    Shape,
    found_categories,
    validate_answers,
    verdict,
)
from labeling.domain.severity import Severity
from labeling.models import Annotation, Lease
from labeling.operations import leases
from labeling.operations.decide import reconsider
from labeling.operations.errors import (
    AlreadySubmitted,
    AnswersInvalid,
    FullViewWanted,
    LeaseEnded,
    NoSchema,
    NotRevealed,
)
from labeling.operations.outcomes import Submitted
from labeling.operations.reveal import may_show_all
from labeling.operations.sources import note_severe_find
from labeling.queries.content import has_listed_words, stream_content
from labeling.queries.projects import schema_of
from labeling.queries.workbench import LeaseCard, live_card
from people.models import User
from wellbeing import interface
from wellbeing.interface import View

# In one statement, slot before lease. Room is the lease's own slot while it still holds it or nobody does, else any
# slot of the task that nobody holds; with neither, the answer is an extra one. When the person has answered this task
# already, nothing is written and no row comes back. Only for the own slot does it wait: a row that turns out to be
# taken after the wait stays locked, so two late answers that waited for each other's slot too would never end. The
# task is locked last, so that the next statement sees every annotation.
_RECORD = """
WITH own AS MATERIALIZED (
    SELECT slot.id
      FROM labeling_slot slot
     WHERE slot.id = %(slot)s
       AND slot.filled_at IS NULL
       AND slot.withdrawn_at IS NULL
       AND (slot.available_at <= (SELECT respite_now())
            OR slot.available_at = (SELECT expires_at FROM labeling_lease
                                     WHERE id = %(lease)s AND ended_at IS NULL))
       AND NOT EXISTS (SELECT FROM labeling_annotation
                        WHERE task_id = %(task)s AND person_id = %(person)s AND superseded_at IS NULL)
       FOR UPDATE OF slot
), other AS MATERIALIZED (
    SELECT slot.id
      FROM labeling_slot slot
     WHERE slot.task_id = %(task)s
       AND slot.id <> %(slot)s
       AND slot.filled_at IS NULL
       AND slot.withdrawn_at IS NULL
       AND slot.available_at <= (SELECT respite_now())
       AND NOT EXISTS (SELECT FROM own)
       AND NOT EXISTS (SELECT FROM labeling_annotation
                        WHERE task_id = %(task)s AND person_id = %(person)s AND superseded_at IS NULL)
     ORDER BY slot.number
     LIMIT 1
       FOR UPDATE OF slot SKIP LOCKED
), room AS (
    SELECT id FROM own UNION ALL SELECT id FROM other
), filled AS (
    UPDATE labeling_slot slot SET filled_at = respite_now() FROM room WHERE slot.id = room.id
    RETURNING slot.id
), lapsed AS (
    -- Somebody else's lease of that slot, run out but not ended yet.
    UPDATE labeling_lease lease SET ended_at = respite_now(), outcome = 'expired'
      FROM filled
     WHERE lease.slot_id = filled.id AND lease.ended_at IS NULL AND lease.id <> %(lease)s
), ended AS (
    UPDATE labeling_lease
       SET ended_at = COALESCE(ended_at, respite_now()), outcome = 'submitted',
           settled_at = COALESCE(settled_at, respite_now()), draft = '{}'::jsonb
     WHERE id = %(lease)s AND (SELECT count(*) FROM filled) >= 0
    RETURNING id
), held AS MATERIALIZED (
    SELECT task.id FROM labeling_task task
     WHERE task.id = %(task)s AND (SELECT count(*) FROM ended) >= 0
       FOR NO KEY UPDATE
)
INSERT INTO labeling_annotation
       (task_id, slot_id, lease_id, person_id, schema_id, guideline_id, answers, verdict, disclosed_share, seen,
        revision, submitted_at)
SELECT held.id, (SELECT id FROM filled), %(lease)s, %(person)s, %(schema)s, %(guideline)s, %(answers)s::jsonb,
       %(verdict)s, %(share)s, %(seen)s, 1, respite_now()
  FROM held
 WHERE NOT EXISTS (SELECT FROM labeling_annotation
                    WHERE task_id = %(task)s AND person_id = %(person)s AND superseded_at IS NULL)
RETURNING id, slot_id
"""


@dataclass(frozen=True)
class Given:
    """A valid answer: canonical, with the highest severity in it (None when the schema has no severities) and the ids
    of the categories that it found."""

    answers: Answers
    verdict: Severity | None
    categories: frozenset[str]


@transaction.atomic
def submit(*, lease_id: int, by: User, answers: object) -> Submitted:
    """Store the answer, settle the view at its verdict, and decide the task if that is possible now.

    It is checked by the schema that its lease was claimed under, and kept with it.

    Repeating it returns the first outcome. After the lease has been lost the answer still counts: it fills a free
    slot of the task if there is one, and is an extra annotation if not. So does one that was begun before a skip.

    Raises NotYours, NoSchema, AnswersInvalid, NotRevealed, FullViewWanted, LeaseEnded (the task was reported, or
    skipped with nothing begun), AlreadySubmitted (another answer to this task stands).
    """
    card = leases.own_card(lease_id=lease_id, by=by)
    if card.schema_id is None:
        raise NoSchema
    schema = schema_of(card.schema_id)
    may_read = card.opened_at is not None
    given = check_answers(
        schema, answers, shape_of(card.item_id, card.completions, schema, may_read=may_read)
    )
    if card.outcome in {Lease.Outcome.SKIPPED, Lease.Outcome.PROBLEM} and not card.can_be_taken_back:
        raise LeaseEnded
    if card.opened_at is None:
        raise NotRevealed
    # What is stored already was right by the rule of its time, and a repeat only asks what became of it.
    is_stored = card.outcome == Lease.Outcome.SUBMITTED
    if card.wants_full_view and not card.was_full and not is_stored:
        if _shows_all(card):
            card = replace(card, was_full=True)
        elif may_show_all(card, by):
            raise FullViewWanted
    # First, because it locks the person's dosimeter: everything after it is one request of theirs at a time.
    view = interface.settle(
        person_id=by.pk, occasion=card.occasion, verdict=given.verdict, categories=given.categories
    )
    if view is None:
        raise NotRevealed
    if not card.is_live:
        _drop_newer_lease(card, by)
    recorded = _record(card, by, given, view)
    if recorded is None:
        return _first_outcome(card, by, given)
    annotation_id, slot_id = recorded
    note_severe_find(source_id=card.source_id, verdict=given.verdict)
    state = reconsider(task_id=card.task_id, strategy_name=card.strategy)
    return Submitted(annotation_id, card.task_id, state, is_extra=slot_id is None)


def shape_of(item_id: int, completions: int, schema: Schema, *, may_read: bool) -> Shape:
    """What an answer may refer to. Only where stretches of text are marked is the text looked at, to turn words into
    characters and to see that they are there; nothing of it is returned to anybody, and never before a reveal."""
    if not (schema.marks_text and may_read):
        return Shape(completions)
    bodies = dict(stream_content(item_ids=[item_id]))
    return Shape(completions, block_texts(bodies.get(item_id, {})))


def check_answers(schema: Schema, answers: object, shape: Shape) -> Given:
    """Raises AnswersInvalid with every place that is wrong."""
    try:
        canonical = validate_answers(schema, answers, shape)
    except AnswerError as error:
        raise AnswersInvalid(error.problems) from error
    return Given(canonical, verdict(schema, canonical), found_categories(schema, canonical))


def _record(card: LeaseCard, by: User, given: Given, view: View) -> tuple[int, int | None] | None:
    with connection.cursor() as cursor:
        cursor.execute(
            _RECORD,
            {
                "task": card.task_id,
                "slot": card.slot_id,
                "lease": card.lease_id,
                "person": by.pk,
                "schema": card.schema_id,
                "guideline": card.guideline_id,
                "answers": json.dumps(given.answers),
                "verdict": None if given.verdict is None else int(given.verdict),
                "share": max(1, view.share),
                "seen": seen_of(card),
            },
        )
        row = cursor.fetchone()
    return None if row is None else (row[0], row[1])


def _shows_all(card: LeaseCard) -> bool:
    """Whether nothing of it is left to ask for, although the lease does not say so: the project may have begun to want all
    of an item after this one was shown."""
    return card.shows_every_part and not (card.words_hidden and has_listed_words(item_id=card.item_id))


def seen_of(card: LeaseCard) -> Annotation.Seen:
    """The most that was on the screen: all of it once, all of it with words hidden or the picture small, or less."""
    if card.was_full:
        return Annotation.Seen.FULL
    if card.is_image and card.shown_parts >= card.parts:
        return Annotation.Seen.MASKED
    if card.shown_parts < card.parts:
        return Annotation.Seen.PARTIAL
    return Annotation.Seen.MASKED if card.words_hidden else Annotation.Seen.FULL


def _first_outcome(card: LeaseCard, by: User, given: Given) -> Submitted:
    """Raises AlreadySubmitted unless the answer that stands is this one."""
    standing = Annotation.objects.select_related("task").get(
        task_id=card.task_id, person_id=by.pk, superseded_at=None
    )
    if standing.lease_id != card.lease_id or standing.answers != given.answers:
        raise AlreadySubmitted
    return Submitted(
        standing.pk, card.task_id, standing.task.state, is_extra=standing.slot_id is None, repeated=True
    )


def _drop_newer_lease(card: LeaseCard, by: User) -> None:
    """The same task may have been handed to the person again since; the answer makes that lease pointless."""
    newer = live_card(person_id=by.pk)
    if newer is None or newer.task_id != card.task_id or newer.lease_id == card.lease_id:
        return
    if newer.opened_at is not None:
        interface.settle(person_id=by.pk, occasion=newer.occasion, verdict=None)
    leases.end(lease_id=newer.lease_id, outcome=Lease.Outcome.RELEASED, settled=newer.opened_at is not None)
