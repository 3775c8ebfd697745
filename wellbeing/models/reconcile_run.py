from django.db import models
from django.db.models import Q

from wellbeing.models.respite_now import RespiteNow


class ReconcileRun(models.Model):
    """One nightly comparison of days, views and ledger: how many days it looked back, and how many did not add up."""

    at = models.DateTimeField(db_default=RespiteNow(), editable=False)
    days_checked = models.PositiveIntegerField()
    differences = models.PositiveIntegerField()

    class Meta:
        db_table = "reconcile_run"
        constraints = [
            models.CheckConstraint(condition=Q(days_checked__gte=1), name="reconcile_run_checks_something")
        ]
        indexes = [models.Index(fields=["-at"], name="reconcile_run_latest")]
