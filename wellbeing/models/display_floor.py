from django.conf import settings
from django.db import models
from django.db.models import Q

from wellbeing.domain.display import FirstText
from wellbeing.models.respite_now import RespiteNow


class DisplayFloor(models.Model):
    """The mildest first look of severe and extreme items, from a moment on. Never changed, only followed by another."""

    value = models.TextField()
    at = models.DateTimeField(db_default=RespiteNow(), editable=False)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")

    class Meta:
        db_table = "display_floor"
        constraints = [
            models.CheckConstraint(
                condition=Q(value__in=[one.value for one in FirstText]), name="display_floor_known"
            ),
        ]
