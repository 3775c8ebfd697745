"""Keeping what a person has typed so far."""

import json
from datetime import datetime

from django.db import transaction

from labeling.operations import leases
from labeling.operations.errors import AnswersInvalid
from people.models import User
from wellbeing import interface

MOST_BYTES = 200_000


@transaction.atomic
def save_draft(*, lease_id: int, by: User, answers: object) -> datetime:
    """Keep an unfinished answer with its lease; returns when the lease runs out now. It need not be valid yet.

    Raises NotYours, LeaseExpired, LeaseEnded; AnswersInvalid when it is no JSON object of at most 200 kB.
    """
    if not isinstance(answers, dict):
        raise AnswersInvalid([("answers", "must be an object")])
    text = json.dumps(answers, allow_nan=False, ensure_ascii=False)
    if len(text.encode("utf-8", "surrogatepass")) > MOST_BYTES:
        raise AnswersInvalid([("answers", "is too long")])
    # A conceal or reveal at the same moment renews the lease too; whoever came second would see a lease that no longer
    # matches its slot, and take it for lost.
    interface.lock_person(person_id=by.pk)
    leases.require_live(leases.own_card(lease_id=lease_id, by=by))
    return leases.keep(lease_id=lease_id, draft=text)
