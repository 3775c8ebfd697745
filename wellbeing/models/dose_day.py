from django.db import models
from django.db.models import F, Q

from wellbeing.domain.policy import CEILING
from wellbeing.models.dosimeter import Dosimeter


class DoseDay(models.Model):
    """What one person's exposure day holds: reserved by unsettled views, charged by settled ones.

    `…_admitted` is charged + reserved at the last admission that added to it, `…_limit` the limit it was held against.
    Only reveal, step and more write these two; what really happened is always recorded, even past a limit.
    Points are milli-EP; `extreme_…` is the part of S4; `open_ms_…` is open time of what was expected or found to be S1
    and above. `policy_points_…` are without the person's own weights: what others see.
    """

    pk = models.CompositePrimaryKey("dosimeter_id", "day")
    dosimeter = models.ForeignKey(Dosimeter, models.PROTECT, db_column="person_id", related_name="days")
    day = models.DateField()
    points_reserved = models.BigIntegerField(default=0)
    points_charged = models.BigIntegerField(default=0)
    points_admitted = models.BigIntegerField(default=0)
    points_limit = models.BigIntegerField(default=0)
    extreme_reserved = models.BigIntegerField(default=0)
    extreme_charged = models.BigIntegerField(default=0)
    extreme_admitted = models.BigIntegerField(default=0)
    extreme_limit = models.BigIntegerField(default=0)
    open_ms_reserved = models.BigIntegerField(default=0)
    open_ms_charged = models.BigIntegerField(default=0)
    open_ms_admitted = models.BigIntegerField(default=0)
    open_ms_limit = models.BigIntegerField(default=0)
    policy_points_reserved = models.BigIntegerField(default=0)
    policy_points_charged = models.BigIntegerField(default=0)

    class Meta:
        db_table = "dose_day"
        constraints = [
            models.CheckConstraint(
                condition=Q(points_admitted__lte=F("points_limit"), points_limit__lte=CEILING.day_points),
                name="dose_day_points_within_limit",
            ),
            models.CheckConstraint(
                condition=Q(
                    extreme_admitted__lte=F("extreme_limit"), extreme_limit__lte=CEILING.day_extreme_points
                ),
                name="dose_day_extreme_within_limit",
            ),
            models.CheckConstraint(
                condition=Q(open_ms_admitted__lte=F("open_ms_limit"), open_ms_limit__lte=CEILING.day_open_ms),
                name="dose_day_open_ms_within_limit",
            ),
            models.CheckConstraint(
                condition=Q(
                    points_reserved__gte=0,
                    points_charged__gte=0,
                    extreme_reserved__gte=0,
                    extreme_charged__gte=0,
                    open_ms_reserved__gte=0,
                    open_ms_charged__gte=0,
                    policy_points_reserved__gte=0,
                    policy_points_charged__gte=0,
                ),
                name="dose_day_never_negative",
            ),
        ]
