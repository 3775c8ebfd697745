from typing import ClassVar

from django.conf import settings
from django.db import models


class ReleaseNote(models.Model):
    """Tells one person that a release uses answers of theirs, and how many. For their own eyes: no list by person exists."""

    release = models.ForeignKey("labeling.Release", on_delete=models.CASCADE, related_name="notes")
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    answers = models.PositiveIntegerField()
    seen_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            # Serves "what was written for this person" as well.
            models.UniqueConstraint(name="labeling_releasenote_once", fields=["person", "release"]),
        ]
