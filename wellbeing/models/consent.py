from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models

from wellbeing.models.respite_now import RespiteNow


class Consent(models.Model):
    """What a person said to the text of that version, in that language. The last row holds; added, never changed."""

    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    version = models.PositiveSmallIntegerField()
    # The kinds of content that the page named.
    categories = ArrayField(models.TextField(), default=list)
    is_withdrawn = models.BooleanField(default=False)
    language = models.TextField()
    at = models.DateTimeField(db_default=RespiteNow(), editable=False)

    class Meta:
        db_table = "consent"
        indexes = [models.Index(fields=["person", "-id"], name="consent_last_of_person")]
