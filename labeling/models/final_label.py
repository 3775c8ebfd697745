from typing import ClassVar

from django.db import models

from labeling.models.clock import RespiteNow


class FinalLabel(models.Model):
    """What a task's annotations came to. A contested task has its soft label here and no answers."""

    task = models.OneToOneField("labeling.Task", on_delete=models.PROTECT, related_name="final_label")
    answers = models.JSONField(null=True)
    soft = models.JSONField(default=dict)  # question → category → share of the votes, 0…1
    severity = models.SmallIntegerField(null=True)
    votes = models.PositiveSmallIntegerField()
    method = models.CharField(max_length=40)  # the rule that decided, as labeling.domain.stopping names it
    decided_at = models.DateTimeField(db_default=RespiteNow())

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                name="labeling_finallabel_severity_range",
                condition=models.Q(severity__isnull=True) | models.Q(severity__range=(0, 4)),
            ),
        ]
