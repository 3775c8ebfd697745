import uuid

from django.conf import settings
from django.db import models

from wellbeing.models.respite_now import RespiteNow


class SupportRequest(models.Model):
    """Somebody wants to talk to the counsellor. What is said stands in its messages, sealed.

    Its number is random: it says nothing about how many there are.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    asked_at = models.DateTimeField(db_default=RespiteNow(), editable=False)
    closed_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "support_request"
        constraints = [
            models.UniqueConstraint(
                fields=["person"],
                condition=models.Q(closed_at=None),
                name="support_request_one_open_per_person",
            )
        ]
        indexes = [models.Index(fields=["closed_at"], name="support_request_by_closing")]


class SupportMessage(models.Model):
    """One message of a request, sealed under the key of the person who asked, whoever wrote it."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    request = models.ForeignKey(SupportRequest, models.CASCADE, related_name="messages")
    # Empty: the person who asked.
    counsellor = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    sealed = models.BinaryField()
    at = models.DateTimeField(db_default=RespiteNow(), editable=False)

    class Meta:
        db_table = "support_message"
        indexes = [models.Index(fields=["request", "at"], name="support_message_in_order")]


class SupportRead(models.Model):
    """A counsellor opened a request. Written before they see anything of it; the person who asked can read it."""

    request = models.ForeignKey(SupportRequest, models.CASCADE, related_name="reads")
    reader = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField(db_default=RespiteNow(), editable=False)

    class Meta:
        db_table = "support_read"
