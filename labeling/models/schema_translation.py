from typing import ClassVar

from django.conf import settings
from django.db import models

from labeling.models.clock import RespiteNow


class SchemaTranslation(models.Model):
    """The words of one version of a label schema in another language, as far as they are translated.

    Immutable, as the version is: who completes or corrects a translation publishes its next revision, and the newest
    one is read.
    """

    schema = models.ForeignKey("labeling.LabelSchema", on_delete=models.PROTECT, related_name="translations")
    language = models.CharField(max_length=35)  # a BCP 47 tag, in small letters
    revision = models.PositiveIntegerField()
    texts = models.JSONField()  # name of the text → the text (labeling.domain.schema.translation)
    is_reviewed = models.BooleanField(default=False)  # somebody who speaks the language has read it through
    published_at = models.DateTimeField(db_default=RespiteNow(), editable=False)
    published_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                name="labeling_schematranslation_once", fields=["schema", "language", "revision"]
            ),
        ]
