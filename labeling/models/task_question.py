import uuid
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from labeling.models.clock import RespiteNow


class TaskQuestion(models.Model):
    """Somebody asks the lead about a task. Both texts are sealed under the key of the person who asked.

    It holds no word of the item and nothing of what became of the lease: a lead cannot tell a skip from it.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    task = models.ForeignKey("labeling.Task", on_delete=models.PROTECT, related_name="questions")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    sealed = models.BinaryField()
    asked_at = models.DateTimeField(db_default=RespiteNow(), editable=False)
    reply_sealed = models.BinaryField(null=True)
    replied_at = models.DateTimeField(null=True)
    replied_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    seen_at = models.DateTimeField(null=True)  # the asker has read the reply

    class Meta:
        indexes: ClassVar[list[models.Index]] = [
            models.Index(
                name="labeling_taskquestion_waiting", fields=["asked_at"], condition=Q(replied_at=None)
            ),
        ]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                name="labeling_taskquestion_one_open",
                fields=["task", "person"],
                condition=Q(replied_at=None),
            ),
            models.CheckConstraint(
                name="labeling_taskquestion_reply_whole_or_none",
                condition=Q(reply_sealed=None, replied_at=None, replied_by=None, seen_at=None)
                | Q(reply_sealed__isnull=False, replied_at__isnull=False, replied_by__isnull=False),
            ),
            models.CheckConstraint(
                name="labeling_taskquestion_replied_by_another",
                condition=Q(replied_by=None) | ~Q(replied_by=F("person")),
            ),
        ]
