from django.conf import settings
from django.db import models

from wellbeing.models.respite_now import RespiteNow


class ExposureLook(models.Model):
    """Somebody looked at another person's exposure. Listed for that person; added, never changed."""

    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="exposure_looks")
    looked_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    what = models.TextField()
    at = models.DateTimeField(db_default=RespiteNow(), editable=False)

    class Meta:
        db_table = "exposure_look"
        indexes = [models.Index(fields=["person", "-at"], name="exposure_look_of_person")]
