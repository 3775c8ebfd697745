from typing import ClassVar

from django.conf import settings
from django.db import models

from labeling.models.clock import RespiteNow


class Guideline(models.Model):
    """One published version of a project's guideline, in Markdown-like plain text. Immutable, as a schema is."""

    project = models.ForeignKey("labeling.Project", on_delete=models.PROTECT, related_name="guidelines")
    version = models.PositiveIntegerField()
    body = models.TextField()
    published_at = models.DateTimeField(db_default=RespiteNow(), editable=False)
    published_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(name="labeling_guideline_version_once", fields=["project", "version"]),
        ]
