from django.conf import settings
from django.db import models


class DayNote(models.Model):
    """A number from 0 to 10 that a person noted of a day for themself. Sealed; nobody else reads it, nothing counts it."""

    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    # The exposure day, as in dose_day.
    day = models.DateField()
    sealed = models.BinaryField()

    class Meta:
        db_table = "day_note"
        constraints = [models.UniqueConstraint(fields=["person", "day"], name="day_note_one_a_day")]
