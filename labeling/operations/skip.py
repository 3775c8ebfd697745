"""Leaving a task without an answer: skipping it, reporting it, giving it back."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from django.db import connection, transaction

from labeling.models import ItemProblem, Lease
from labeling.operations import leases
from labeling.operations.draft import draft_text
from labeling.operations.errors import AnswersInvalid
from labeling.operations.outcomes import Ended
from labeling.queries.workbench import LeaseCard, live_card
from people.models import User
from wellbeing import interface

_REPORT = """
INSERT INTO labeling_itemproblem (task_id, person_id, kind, reported_at)
VALUES (%s, %s, %s, respite_now())
ON CONFLICT (task_id, person_id) DO NOTHING
"""

NOTHING = "{}"

# A task that was handed back by time may still be skipped; then it does not come back.
_MARK = """
UPDATE labeling_lease SET outcome = %(outcome)s, draft = COALESCE(%(draft)s::jsonb, draft)
 WHERE id = %(lease)s AND ended_at IS NOT NULL AND outcome IN ('expired', 'released', 'uncleared')
"""


@transaction.atomic
def skip(*, lease_id: int, by: User, begun: Mapping[str, Any] | None = None) -> Ended:
    """Leave the task for good, without a reason. Its slot is free at once. Always possible, safe to repeat.

    What was begun is kept for a day, so that a key that slipped loses nothing (docs/adr/0027): `begun`, or without it the
    draft that the lease has.

    Raises NotYours.
    """
    card = leases.own_card(lease_id=lease_id, by=by)
    draft = _kept(card, begun or {})
    ended = _leave(card, by, Lease.Outcome.SKIPPED, draft)
    if ended.repeated:
        return ended
    return replace(ended, begun=draft != NOTHING and (draft is not None or bool(card.draft)))


@transaction.atomic
def report_problem(*, lease_id: int, by: User, kind: str) -> Ended:
    """Say that something is wrong with the item itself, and leave the task for good. Safe to repeat.

    Raises NotYours; ValueError when `kind` is not one of ItemProblem.Kind.
    """
    problem = ItemProblem.Kind(kind)
    card = leases.own_card(lease_id=lease_id, by=by)
    if card.outcome != Lease.Outcome.SUBMITTED:
        with connection.cursor() as cursor:
            cursor.execute(_REPORT, [card.task_id, by.pk, problem.value])
    return _leave(card, by, Lease.Outcome.PROBLEM, NOTHING)


@transaction.atomic
def release_lease(*, by: User) -> Ended | None:
    """Give back whatever the person holds, as when they sign out. The task may come back to them later."""
    card = live_card(person_id=by.pk)
    if card is None:
        return None
    _settle(card, by)
    outcome = Lease.Outcome.RELEASED if card.is_live else Lease.Outcome.EXPIRED
    leases.end(lease_id=card.lease_id, outcome=outcome, settled=card.opened_at is not None)
    return Ended(card.lease_id, outcome.value)


def _kept(card: LeaseCard, begun: Mapping[str, Any]) -> str | None:
    """The draft that a skip leaves, or None for the one that is there. One that is too long must not hold the skip up."""
    if card.opened_at is None:
        return NOTHING
    if not begun:
        return None
    try:
        return draft_text(begun)
    except AnswersInvalid:
        return None


def _leave(card: LeaseCard, by: User, outcome: Lease.Outcome, draft: str | None) -> Ended:
    if card.is_finished:
        return _ended_before(card)
    _settle(card, by)
    ended = leases.end(
        lease_id=card.lease_id, outcome=outcome, settled=card.opened_at is not None, draft=draft
    )
    if not ended and not _mark(card.lease_id, outcome, draft):
        # An answer was quicker, or another skip.
        return _ended_before(leases.own_card(lease_id=card.lease_id, by=by))
    return Ended(card.lease_id, outcome.value)


def _ended_before(card: LeaseCard) -> Ended:
    return Ended(card.lease_id, card.outcome, repeated=True, begun=card.can_be_taken_back)


def _mark(lease_id: int, outcome: Lease.Outcome, draft: str | None) -> bool:
    with connection.cursor() as cursor:
        cursor.execute(_MARK, {"lease": lease_id, "outcome": outcome.value, "draft": draft})
        return bool(cursor.rowcount)


def _settle(card: LeaseCard, by: User) -> None:
    if card.opened_at is not None:
        interface.settle(person_id=by.pk, occasion=card.occasion, verdict=None)
