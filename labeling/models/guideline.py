from typing import ClassVar

from django.conf import settings
from django.db import models

from labeling.models.clock import RespiteNow


class Guideline(models.Model):
    """One published version of a project's guideline, in Markdown. Immutable, as a schema is."""

    project = models.ForeignKey("labeling.Project", on_delete=models.PROTECT, related_name="guidelines")
    version = models.PositiveIntegerField()
    language = models.CharField(max_length=35, default="en", db_default="en")  # of the body; a BCP 47 tag
    body = models.TextField()
    published_at = models.DateTimeField(db_default=RespiteNow(), editable=False)
    published_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(name="labeling_guideline_version_once", fields=["project", "version"]),
        ]
