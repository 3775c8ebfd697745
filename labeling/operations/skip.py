"""Leaving a task without an answer: skipping it, reporting it, giving it back."""

from django.db import connection, transaction

from labeling.models import ItemProblem, Lease
from labeling.operations import leases
from labeling.operations.outcomes import Ended
from labeling.queries.workbench import LeaseCard, live_card
from people.models import User
from wellbeing import interface

_REPORT = """
INSERT INTO labeling_itemproblem (task_id, person_id, kind, reported_at)
VALUES (%s, %s, %s, respite_now())
ON CONFLICT (task_id, person_id) DO NOTHING
"""

# A task that was handed back by time may still be skipped; then it does not come back.
_MARK = """
UPDATE labeling_lease SET outcome = %(outcome)s
 WHERE id = %(lease)s AND ended_at IS NOT NULL AND outcome IN ('expired', 'released', 'uncleared')
"""


@transaction.atomic
def skip(*, lease_id: int, by: User) -> Ended:
    """Leave the task for good, without a reason. Its slot is free at once. Always possible, safe to repeat.

    Raises NotYours.
    """
    return _leave(leases.own_card(lease_id=lease_id, by=by), by, Lease.Outcome.SKIPPED)


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
    return _leave(card, by, Lease.Outcome.PROBLEM)


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


def _leave(card: LeaseCard, by: User, outcome: Lease.Outcome) -> Ended:
    if card.is_finished:
        return Ended(card.lease_id, card.outcome, repeated=True)
    _settle(card, by)
    ended = leases.end(lease_id=card.lease_id, outcome=outcome, settled=card.opened_at is not None)
    if not ended:
        with connection.cursor() as cursor:
            cursor.execute(_MARK, {"lease": card.lease_id, "outcome": outcome.value})
    return Ended(card.lease_id, outcome.value)


def _settle(card: LeaseCard, by: User) -> None:
    if card.opened_at is not None:
        interface.settle(person_id=by.pk, occasion=card.occasion, verdict=None)
