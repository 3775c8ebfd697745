from typing import ClassVar

from django.conf import settings
from django.db import models

from labeling.models.clock import RespiteNow


class RulesRead(models.Model):
    """Which versions of schema and guideline a person knows: those they began with, then each that they acknowledged.

    The newest row of a person and project counts. It says nothing of when they read what, and nobody else sees it.
    """

    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    project = models.ForeignKey("labeling.Project", on_delete=models.PROTECT, related_name="+")
    schema_version = models.PositiveIntegerField()
    guideline_version = models.PositiveIntegerField()  # 0: there was none
    read_at = models.DateTimeField(db_default=RespiteNow(), editable=False)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                name="labeling_rulesread_once",
                fields=["person", "project", "schema_version", "guideline_version"],
            ),
        ]
