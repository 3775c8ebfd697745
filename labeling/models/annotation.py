from typing import ClassVar

from django.conf import settings
from django.db import models

from labeling.models.clock import RespiteNow


class Annotation(models.Model):
    """One person's submitted answer. A revision is a new row; the one before it is superseded, never changed.

    Without a slot it is an extra: it came after its lease had been lost and no room was left, and counts once.
    """

    class Seen(models.TextChoices):
        PARTIAL = "partial", "some parts"
        MASKED = "masked", "all parts, with words hidden"
        FULL = "full", "everything"

    task = models.ForeignKey("labeling.Task", on_delete=models.PROTECT, related_name="annotations")
    slot = models.ForeignKey(
        "labeling.Slot", on_delete=models.PROTECT, null=True, related_name="+", db_index=False
    )
    lease = models.ForeignKey("labeling.Lease", on_delete=models.PROTECT, related_name="annotations")
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    schema = models.ForeignKey("labeling.LabelSchema", on_delete=models.PROTECT, related_name="+")
    guideline = models.ForeignKey("labeling.Guideline", on_delete=models.PROTECT, null=True, related_name="+")
    answers = models.JSONField()
    verdict = models.SmallIntegerField(null=True)
    disclosed_share = models.PositiveSmallIntegerField()  # thousandths of the item that had been shown
    seen = models.CharField(max_length=20, choices=Seen.choices)
    revision = models.PositiveSmallIntegerField(default=1)
    submitted_at = models.DateTimeField(db_default=RespiteNow(), editable=False)
    superseded_at = models.DateTimeField(null=True)

    class Meta:
        indexes: ClassVar[list[models.Index]] = [
            models.Index(
                name="labeling_annotation_latest",
                fields=["person", "-submitted_at"],
                condition=models.Q(superseded_at__isnull=True),
            ),
        ]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                name="labeling_annotation_one_current_per_task_and_person",
                fields=["task", "person"],
                condition=models.Q(superseded_at__isnull=True),
            ),
            models.UniqueConstraint(
                name="labeling_annotation_one_current_per_slot",
                fields=["slot"],
                condition=models.Q(superseded_at__isnull=True),
            ),
            models.UniqueConstraint(name="labeling_annotation_revision_once", fields=["lease", "revision"]),
            models.CheckConstraint(
                name="labeling_annotation_verdict_range",
                condition=models.Q(verdict__isnull=True) | models.Q(verdict__range=(0, 4)),
            ),
            models.CheckConstraint(
                name="labeling_annotation_share_range", condition=models.Q(disclosed_share__range=(1, 1000))
            ),
        ]
