"""A labeler fears for somebody they read about: the wellbeing officer learns of it, and of where to look."""

from django.db import transaction

from labeling.operations import leases
from labeling.operations.errors import NotRevealed
from people.models import User
from people.operations.audit import record_event
from wellbeing import interface


@transaction.atomic
def report_risk(*, lease_id: int, by: User) -> None:
    """Tell those who answer such reports about the item of one's lease, open or over. Safe to repeat. Audited once.

    Nothing of the item is kept with it. Raises NotYours; NotRevealed when nothing of it was ever shown.
    """
    card = leases.own_card(lease_id=lease_id, by=by)
    if card.opened_at is None:
        raise NotRevealed
    if interface.report_risk(person_id=by.pk, occasion=card.occasion):
        record_event(action="labeling.risk_reported", subject=f"lease {lease_id}", by=by)
