import uuid

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from wellbeing.domain.stimulus import Modality, Purpose
from wellbeing.models.dosimeter import Dosimeter


class ExposureView(models.Model):
    """One metered disclosure of one stimulus to one person (wellbeing.domain.view.ViewRecord).

    `occasion` is the caller's own name for what the view belongs to; nothing here or in the ledger says what was shown.
    Points are milli-EP, `open_ms` the milliseconds of all closed windows. Written by operations.record alone.
    """

    dosimeter = models.ForeignKey(Dosimeter, models.PROTECT, db_column="person_id", related_name="views")
    occasion = models.TextField()
    ref = models.UUIDField(default=uuid.uuid4, unique=True)
    purpose = models.TextField()
    modality = models.TextField()
    severity = models.PositiveSmallIntegerField()
    categories = ArrayField(models.TextField(), default=list)
    self_weight = models.PositiveIntegerField(default=1_000)
    share = models.PositiveSmallIntegerField()
    words_disclosed = models.PositiveIntegerField()
    words_per_minute = models.PositiveSmallIntegerField()
    first_opened_at = models.DateTimeField()
    opened_at = models.DateTimeField()
    window_ends_at = models.DateTimeField()
    window = models.PositiveIntegerField()
    day = models.DateField()
    policy_version = models.BigIntegerField()
    closed_at = models.DateTimeField(null=True)
    settled_at = models.DateTimeField(null=True)
    verdict = models.PositiveSmallIntegerField(null=True)
    charged_severity = models.PositiveSmallIntegerField(null=True)
    open_ms = models.BigIntegerField(default=0)
    reserved = models.BigIntegerField(default=0)
    charged = models.BigIntegerField(default=0)
    topped_up = models.BigIntegerField(default=0)

    class Meta:
        db_table = "exposure_view"
        constraints = [
            models.UniqueConstraint(fields=["dosimeter", "occasion"], name="exposure_view_one_per_occasion"),
            models.UniqueConstraint(
                fields=["dosimeter"], condition=Q(closed_at=None), name="exposure_view_one_open_per_person"
            ),
            models.CheckConstraint(condition=Q(severity__lte=4), name="exposure_view_severity_0_to_4"),
            models.CheckConstraint(
                condition=Q(verdict=None) | Q(verdict__lte=4), name="exposure_view_verdict_0_to_4"
            ),
            models.CheckConstraint(
                condition=Q(modality__in=list(Modality)), name="exposure_view_modality_known"
            ),
            models.CheckConstraint(
                condition=Q(purpose__in=list(Purpose)), name="exposure_view_purpose_known"
            ),
            models.CheckConstraint(
                condition=Q(share__range=(250, 1_000)), name="exposure_view_share_in_range"
            ),
            models.CheckConstraint(
                condition=Q(window_ends_at__gt=F("opened_at"), opened_at__gte=F("first_opened_at")),
                name="exposure_view_window_after_start",
            ),
            models.CheckConstraint(
                condition=Q(settled_at=None, charged_severity=None, charged=0, topped_up=0, verdict=None)
                | Q(
                    settled_at__isnull=False,
                    charged_severity__isnull=False,
                    closed_at__isnull=False,
                    reserved=0,
                ),
                name="exposure_view_settled_or_reserved",
            ),
            models.CheckConstraint(
                condition=Q(open_ms__gte=0, reserved__gte=0, charged__gte=0, topped_up__gte=0),
                name="exposure_view_never_negative",
            ),
        ]
        indexes = [
            models.Index(fields=["dosimeter", "-opened_at"], name="exposure_view_by_opened"),
            models.Index(
                fields=["dosimeter", "-settled_at"],
                condition=Q(settled_at__isnull=False),
                name="exposure_view_by_settled",
            ),
            models.Index(
                fields=["window_ends_at"], condition=Q(closed_at=None), name="exposure_view_open_windows"
            ),
        ]
