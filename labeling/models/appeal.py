import uuid
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from labeling.models.clock import RespiteNow


class Appeal(models.Model):
    """Somebody thinks that the decision on a task of theirs is wrong. One a person and task, answered once.

    Reason and answer are sealed under the key of the person who appealed; a reason may be absent.
    """

    class Outcome(models.TextChoices):
        KEPT = "kept", "kept"
        CHANGED = "changed", "to be changed"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    task = models.ForeignKey("labeling.Task", on_delete=models.PROTECT, related_name="appeals")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    reason_sealed = models.BinaryField(null=True)
    appealed_at = models.DateTimeField(db_default=RespiteNow(), editable=False)
    outcome = models.CharField(max_length=20, choices=Outcome.choices, blank=True, default="")
    answer_sealed = models.BinaryField(null=True)
    decided_at = models.DateTimeField(null=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    seen_at = models.DateTimeField(null=True)  # the person has read the outcome

    class Meta:
        indexes: ClassVar[list[models.Index]] = [
            models.Index(name="labeling_appeal_waiting", fields=["appealed_at"], condition=Q(outcome="")),
        ]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(name="labeling_appeal_once", fields=["task", "person"]),
            models.CheckConstraint(
                name="labeling_appeal_outcome_known", condition=Q(outcome__in=["", "kept", "changed"])
            ),
            models.CheckConstraint(
                name="labeling_appeal_outcome_whole_or_none",
                condition=Q(outcome="", decided_at=None, decided_by=None, answer_sealed=None, seen_at=None)
                | (~Q(outcome="") & Q(decided_at__isnull=False, decided_by__isnull=False)),
            ),
            models.CheckConstraint(
                name="labeling_appeal_decided_by_another",
                condition=Q(decided_by=None) | ~Q(decided_by=F("person")),
            ),
        ]
