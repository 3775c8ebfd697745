"""How the nightly comparison of days, views and ledger came out."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from wellbeing.models import DoseDay, ReconcileRun
from wellbeing.queries.time import now

# It runs once a day.
LATE = timedelta(hours=50)


@dataclass(frozen=True)
class Reconciling:
    """The last run, if there was one. `is_late`: there is exposure to compare, and nobody has for two days."""

    at: datetime | None
    days_checked: int
    differences: int
    is_late: bool


def last_reconciling() -> Reconciling:
    """Two statements."""
    run = ReconcileRun.objects.order_by("-at").first()
    moment = now()
    if run is None:
        has_old = DoseDay.objects.filter(day__lt=(moment - LATE).date()).exists()
        return Reconciling(None, 0, 0, is_late=has_old)
    return Reconciling(run.at, run.days_checked, run.differences, is_late=moment - run.at > LATE)
