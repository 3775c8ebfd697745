from typing import ClassVar

from django.conf import settings
from django.db import models

from labeling.models.clock import RespiteNow


class GuidelineTranslation(models.Model):
    """One version of a guideline in another language. Immutable, as the version is; a new version starts without any."""

    guideline = models.ForeignKey("labeling.Guideline", on_delete=models.PROTECT, related_name="translations")
    language = models.CharField(max_length=35)  # a BCP 47 tag
    body = models.TextField()
    published_at = models.DateTimeField(db_default=RespiteNow(), editable=False)
    published_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                name="labeling_guidelinetranslation_once", fields=["guideline", "language"]
            ),
        ]
