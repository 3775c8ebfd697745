from django.conf import settings
from django.db import models
from django.db.models import Q

from wellbeing.domain.ramp import FIRST_STEP, LAST_STEP


class RampStep(models.Model):
    """Where a person stands in ramp-up (wellbeing.domain.ramp.Ramp). No row: they have not begun.

    Written with a reveal that finds it changed, and by an officer who recognises earlier experience.
    """

    person = models.OneToOneField(
        settings.AUTH_USER_MODEL, models.PROTECT, primary_key=True, related_name="ramp_step"
    )
    step = models.PositiveSmallIntegerField()
    since = models.DateField(null=True)

    class Meta:
        db_table = "ramp_step"
        constraints = [
            models.CheckConstraint(
                condition=Q(step__range=(FIRST_STEP, LAST_STEP)), name="ramp_step_in_range"
            )
        ]
