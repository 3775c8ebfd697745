from django.db import models
from django.db.models import Q

from wellbeing.models.exposure_view import ExposureView
from wellbeing.models.respite_now import RespiteNow


class TopUpDue(models.Model):
    """A settled view turned out to be more severe. Whoever found out writes this row; a job charges it to its person.

    It refers to the view, never to the dosimeter: a foreign key there would wait for another person's lock.
    """

    view = models.ForeignKey(ExposureView, models.PROTECT, related_name="top_ups")
    severity = models.PositiveSmallIntegerField()
    made_at = models.DateTimeField(db_default=RespiteNow(), editable=False)
    applied_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "top_up_due"
        constraints = [
            models.UniqueConstraint(fields=["view", "severity"], name="top_up_due_once_per_severity"),
            models.CheckConstraint(condition=Q(severity__range=(1, 4)), name="top_up_due_severity_1_to_4"),
        ]
        indexes = [
            models.Index(fields=["view"], condition=Q(applied_at=None), name="top_up_due_not_applied"),
        ]
