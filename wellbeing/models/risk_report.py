import uuid

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from wellbeing.domain.risk import RiskOutcome
from wellbeing.models.respite_now import RespiteNow


class RiskReport(models.Model):
    """Somebody saw something and fears that a person is in danger. Holds the occasion alone, nothing of what was seen."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    occasion = models.TextField()
    reported_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField(db_default=RespiteNow(), editable=False)
    outcome = models.TextField(null=True)  # noqa: DJ001 - null pairs with the two below
    outcome_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    outcome_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "risk_report"
        constraints = [
            models.UniqueConstraint(fields=["reported_by", "occasion"], name="risk_report_once_per_occasion"),
            models.CheckConstraint(
                condition=Q(outcome=None, outcome_by=None, outcome_at=None)
                | Q(outcome__isnull=False, outcome_by__isnull=False, outcome_at__isnull=False),
                name="risk_report_outcome_whole_or_none",
            ),
            models.CheckConstraint(
                condition=Q(outcome=None) | Q(outcome__in=list(RiskOutcome)), name="risk_report_outcome_known"
            ),
            models.CheckConstraint(
                condition=Q(outcome_by=None) | ~Q(outcome_by=F("reported_by")),
                name="risk_report_answered_by_another",
            ),
        ]
        indexes = [
            models.Index(fields=["at"], condition=Q(outcome=None), name="risk_report_open"),
        ]
