"""Keeping what a person has typed so far, also when the lease is over before they sent it (docs/adr/0027)."""

import json
from contextlib import suppress
from datetime import datetime

from django.db import transaction

from labeling.models import Lease
from labeling.operations import leases
from labeling.operations.errors import AnswersInvalid, LeaseEnded, LeaseExpired
from labeling.queries.unsent import CAN_BE_SENT, HAS_DRAFT, KEPT_AFTER_LEASE, unsent_answers
from people.models import User
from wellbeing import interface

MOST_BYTES = 200_000


@transaction.atomic
def save_draft(*, lease_id: int, by: User, answers: object) -> datetime:
    """Keep an unfinished answer with its lease; returns when the lease runs out now. It need not be valid yet.

    After the lease it is kept too, for a day, and the lease stays over; after a skip only where there was one before.

    Raises NotYours, LeaseEnded; AnswersInvalid when it is no JSON object of at most 200 kB.
    """
    text = draft_text(answers)
    # A conceal or reveal at the same moment renews the lease too; whoever came second would see a lease that no longer
    # matches its slot, and take it for lost.
    interface.lock_person(person_id=by.pk)
    card = leases.own_card(lease_id=lease_id, by=by)
    if card.is_finished and not (card.can_be_taken_back and answers):
        raise LeaseEnded
    if card.is_live:
        with suppress(LeaseExpired):  # somebody else has the slot since
            return leases.keep(lease_id=lease_id, draft=text)
    if card.opened_at is not None:
        Lease.objects.filter(CAN_BE_SENT, pk=lease_id).update(draft=answers)
    return card.expires_at


def draft_text(answers: object) -> str:
    """An unfinished answer as it is kept. Raises AnswersInvalid when it is no JSON object of at most 200 kB."""
    if not isinstance(answers, dict):
        raise AnswersInvalid([("answers", "must be an object")])
    text = json.dumps(answers, allow_nan=False, ensure_ascii=False)
    if len(text.encode("utf-8", "surrogatepass")) > MOST_BYTES:
        raise AnswersInvalid([("answers", "is too long")])
    return text


@transaction.atomic
def change_draft(*, lease_id: int, by: User, answers: object) -> None:
    """Keep what was changed in an answer that was begun and not sent. One that was sent or dropped since stays so.

    A form that was emptied changes nothing: without an answer, none would be left to send.

    Raises NotYours; AnswersInvalid when it is no JSON object of at most 200 kB.
    """
    draft_text(answers)
    leases.own_card(lease_id=lease_id, by=by)
    if answers and unsent_answers(person_id=by.pk, lease_id=lease_id):
        Lease.objects.filter(HAS_DRAFT, pk=lease_id, person=by).update(draft=answers)


@transaction.atomic
def drop_draft(*, lease_id: int, by: User) -> None:
    """Forget an answer that was begun and not sent. Safe to repeat. Raises NotYours."""
    leases.own_card(lease_id=lease_id, by=by)
    Lease.objects.filter(pk=lease_id, person=by).update(draft={})


def forget_drafts() -> int:
    """Forget what nobody sent within a day after the lease was over. Returns how many."""
    before = interface.now() - KEPT_AFTER_LEASE
    return Lease.objects.filter(HAS_DRAFT, ended_at__lt=before).update(draft={})
