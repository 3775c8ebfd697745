"""Reporting that somebody may be in danger, and saying what came of it."""

from datetime import timedelta
from uuid import UUID

from django.db import connection, transaction

from people.models import User
from people.operations.audit import record_event
from wellbeing.domain.risk import RiskOutcome
from wellbeing.models import RiskReport
from wellbeing.operations.lock import require_transaction
from wellbeing.queries.risk import reports_for
from wellbeing.queries.time import now

KEPT_AFTER_OUTCOME = timedelta(days=30)
FORGET = """
UPDATE risk_report SET occasion = 'forgotten:' || id
 WHERE outcome_at < %s AND occasion NOT LIKE 'forgotten:%%'
"""


class NoSuchReport(LookupError):
    """There is no such open report, or it is not this person's to answer."""


def report_risk(*, person_id: int, occasion: str) -> bool:
    """Keep that the person saw, on this occasion, that somebody may be in danger. True the first time.

    Part of the caller's transaction, which writes the audit event. Raises NoTransaction.
    """
    require_transaction()
    before = RiskReport.objects.filter(reported_by_id=person_id, occasion=occasion).exists()
    RiskReport.objects.bulk_create(
        [RiskReport(reported_by_id=person_id, occasion=occasion)], ignore_conflicts=True
    )
    return not before


def close_report(*, report_id: UUID, outcome: RiskOutcome, by: User) -> None:
    """Say what came of it; the person who reported it is told in these words. Audited. Raises NoSuchReport."""
    with transaction.atomic():
        # Two at once: the first word counts, and the second finds nothing open.
        closed = (
            reports_for(by)
            .filter(pk=report_id, outcome=None)
            .update(outcome=RiskOutcome(outcome).value, outcome_by=by, outcome_at=now())
        )
        if not closed:
            raise NoSuchReport("There is no such open report.")
        record_event(
            action="wellbeing.risk_answered",
            subject=f"risk report {report_id}",
            by=by,
            details={"outcome": RiskOutcome(outcome).value},
        )


def forget_answered_reports() -> int:
    """Cut the link of reports answered more than thirty days ago. Returns how many there were."""
    with connection.cursor() as cursor:
        cursor.execute(FORGET, [now() - KEPT_AFTER_OUTCOME])
        return int(cursor.rowcount)
