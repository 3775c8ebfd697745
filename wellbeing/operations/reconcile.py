"""Holding the last days' sums against the ledger and the views, and keeping how that came out."""

from datetime import timedelta

from wellbeing.models import ReconcileRun
from wellbeing.queries.ledger import Difference, differences
from wellbeing.queries.time import now

RECONCILED_DAYS = 35


def reconcile_sums() -> list[Difference]:
    """Compare and keep the outcome, which readiness and the officer's page show. Returns what does not add up."""
    found = differences(since=now().date() - timedelta(days=RECONCILED_DAYS))
    ReconcileRun.objects.create(days_checked=RECONCILED_DAYS, differences=len(found))
    return found
