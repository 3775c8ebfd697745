from typing import ClassVar

from django.conf import settings
from django.db import models


class Place(models.Model):
    """How far a person has come in the order of one stratum; the next walk starts there (docs/adr/0005)."""

    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    stratum = models.ForeignKey("labeling.Stratum", on_delete=models.PROTECT, related_name="places")
    position = models.BigIntegerField()

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(name="labeling_place_one_per_stratum", fields=["person", "stratum"]),
        ]
