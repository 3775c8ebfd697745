"""An officer puts a disputed entry of somebody's ledger right. Nothing is rewritten: a row is added."""

from uuid import UUID

from django.db import transaction

from people.models import User
from people.operations.audit import record_event
from people.permissions import Permission
from people.queries import cares_for
from wellbeing.domain import view as life
from wellbeing.domain.stimulus import SEVERITIES
from wellbeing.models import ExposureLook, ExposureView, LedgerEntry
from wellbeing.operations.lock import locked_situation
from wellbeing.operations.record import record
from wellbeing.queries.situation import view_record


class CorrectionNotAllowed(PermissionError):
    """Only a wellbeing officer of the person, and never the person themself, may correct an entry."""


class NoSuchEntry(LookupError):
    """The person's ledger has no such row, or its view is not settled yet."""


def correct_entry(*, person_id: int, seq: int, severity: int, by: User, reason: str) -> None:
    """Charge the view of ledger row `seq` at `severity` (0 to 4), up or down, on the day it belongs to.

    Fails on no budget. Audited, and listed for the person. The same correction again changes nothing.
    Raises CorrectionNotAllowed, NoSuchEntry, NoSuchPerson, and ValueError for any other severity.
    """
    if severity not in SEVERITIES:
        raise ValueError(f"severity {severity} is not one of 0 to 4")
    _require_officer(by, person_id)
    with transaction.atomic():
        situation = locked_situation(person_id=person_id)
        change = life.corrected(view_record(_view_of(situation.chain.chain, seq)), severity)
        if change is None:
            return
        record(situation, change)
        ExposureLook.objects.create(person_id=person_id, looked_by=by, what="correction")
        record_event(
            action="wellbeing.entry_corrected",
            # Neither the person nor the points: whoever reads the log need not know who disputes, or how somebody
            # weighs a category for themself.
            subject=reason,
            by=by,
            details={"severity": severity},
        )


def _view_of(chain: UUID, seq: int) -> dict[str, object]:
    refs = LedgerEntry.objects.filter(chain=chain, seq=seq).values("view_ref")
    row = ExposureView.objects.filter(ref__in=refs, settled_at__isnull=False).values().first()
    if row is None:
        raise NoSuchEntry(f"there is no settled view behind row {seq}")
    return dict(row)


def _require_officer(by: User, person_id: int) -> None:
    if by.pk == person_id or not cares_for(by, person_id, Permission.OWN_POLICY):
        raise CorrectionNotAllowed("Only a wellbeing officer may correct somebody else's entry.")
