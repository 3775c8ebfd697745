from typing import ClassVar

from django.conf import settings
from django.db import models

from labeling.models.clock import RespiteNow


class LabelSchema(models.Model):
    """One published version of what a project asks. Immutable: a trigger refuses every UPDATE and DELETE."""

    project = models.ForeignKey("labeling.Project", on_delete=models.PROTECT, related_name="schemas")
    version = models.PositiveIntegerField()
    document = models.JSONField()
    published_at = models.DateTimeField(db_default=RespiteNow(), editable=False)
    published_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(name="labeling_labelschema_version_once", fields=["project", "version"]),
        ]
