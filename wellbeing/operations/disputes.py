"""Disputing an entry of one's own, and deciding on it. Leads have no part in it and see nothing of it."""

from django.db import IntegrityError, transaction

from people.models import User
from people.operations.audit import record_event
from people.permissions import Permission
from people.queries import ALL, teams_with
from wellbeing.domain.dispute import Outcome, lacks_words
from wellbeing.domain.stimulus import SEVERITIES
from wellbeing.models import Dispute, RespiteNow
from wellbeing.operations.corrections import NoSuchEntry, correct_entry
from wellbeing.operations.looks import note_looks
from wellbeing.queries.disputes import OpenDispute, open_disputes
from wellbeing.queries.own_views import own_view

ONE_OPEN = "dispute_one_open_per_entry"


class SameSeverity(ValueError):
    """The entry counts at that severity already."""


class NoSuchDispute(LookupError):
    """There is no such open dispute for this officer: not theirs to see, their own, or decided by now."""


def dispute_entry(*, row: int, severity: int, by: User) -> None:
    """`by` says that the entry of their own which begins with ledger row `row` should count at `severity` (0 to 4).

    While one is open, another of the same entry changes nothing. Not audited: the audit log has readers who need not
    know who disputes. Raises NoSuchEntry for an entry that is not theirs or not answered yet, SameSeverity, and
    ValueError for any other severity.
    """
    if severity not in SEVERITIES:
        raise ValueError(f"severity {severity} is not one of 0 to 4")
    view = own_view(person_id=by.pk, row=row)
    if view is None or not view.is_settled:
        raise NoSuchEntry(f"there is no answered entry with row {row}")
    if view.severity == severity:
        raise SameSeverity("the entry counts at that severity already")
    try:
        with transaction.atomic():
            Dispute.objects.create(person=by, seq=row, severity=severity)
    except IntegrityError as error:
        if ONE_OPEN not in str(error):
            raise


def open_disputes_for(*, officer: User, dispute_id: int | None = None) -> list[OpenDispute]:
    """What this officer has to decide, the oldest first. Each person concerned can read that they looked."""
    teams = teams_with(officer, Permission.OWN_POLICY)
    if teams is not ALL and not teams:
        return []
    found = open_disputes(teams=teams, officer_id=officer.pk, dispute_id=dispute_id)
    note_looks({dispute.person_id for dispute in found}, looked_by=officer.pk, what="dispute")
    return found


def grant_dispute(*, dispute_id: int, by: User, reason: str = "") -> None:
    """Put the entry right as its person asked: a correction row in their ledger. `reason` is for the person to read.

    Raises NoSuchDispute, also when another officer was faster: then nothing is written.
    """
    with transaction.atomic():
        dispute = _open(dispute_id, by)
        # The person's own lock comes first, as everywhere.
        correct_entry(
            person_id=dispute.person_id,
            seq=_seq(dispute_id),
            severity=dispute.wished,
            by=by,
            reason=f"dispute {dispute_id}",
        )
        _resolve(dispute_id, Outcome.GRANTED, by, reason)


def decline_dispute(*, dispute_id: int, by: User, reason: str) -> None:
    """Leave the entry as it is, and tell the person why in `reason`. Raises NoSuchDispute, ValueError without words."""
    if lacks_words(Outcome.DECLINED, reason):
        raise ValueError("declining needs words for the person")
    with transaction.atomic():
        _open(dispute_id, by)
        _resolve(dispute_id, Outcome.DECLINED, by, reason)


def _open(dispute_id: int, by: User) -> OpenDispute:
    teams = teams_with(by, Permission.OWN_POLICY)
    found = open_disputes(teams=teams, officer_id=by.pk, dispute_id=dispute_id)
    if not found:
        raise NoSuchDispute(f"there is no open dispute {dispute_id}")
    return found[0]


def _seq(dispute_id: int) -> int:
    return Dispute.objects.values_list("seq", flat=True).get(pk=dispute_id)


def _resolve(dispute_id: int, outcome: Outcome, by: User, reason: str) -> None:
    """Whoever comes second changes no row, and undoes what they did on the way here."""
    changed = Dispute.objects.filter(pk=dispute_id, resolved_at=None).update(
        resolved_at=RespiteNow(), outcome=outcome, by=by, reason=reason.strip()
    )
    if changed != 1:
        raise NoSuchDispute(f"dispute {dispute_id} was decided by somebody else")
    record_event(action=f"wellbeing.dispute_{outcome}", subject=f"dispute {dispute_id}", by=by)
