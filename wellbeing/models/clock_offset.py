from datetime import timedelta

from django.db import models


class ClockOffset(models.Model):
    """How far demo or test time runs ahead. At most one row; it only grows; production refuses to start with it."""

    id = models.PositiveSmallIntegerField(primary_key=True, default=1)
    amount = models.DurationField(default=timedelta)

    class Meta:
        db_table = "clock_offset"
        constraints = [
            models.CheckConstraint(condition=models.Q(id=1), name="clock_offset_one_row"),
            models.CheckConstraint(condition=models.Q(amount__gte=timedelta()), name="clock_offset_forward"),
        ]
