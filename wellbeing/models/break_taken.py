from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateTimeRangeField, RangeOperators
from django.db import models
from django.db.models import F, Func, Q

from wellbeing.domain.breaks import BreakKind
from wellbeing.models.dosimeter import Dosimeter


class TimeRange(Func):
    function = "tstzrange"
    output_field = DateTimeRangeField()


class BreakTaken(models.Model):
    """A paid break, running until `ends_at`; coming back earlier brings that forward.

    A break that was due, one that was wished for and a stop are the same row: nobody can tell them apart.
    """

    dosimeter = models.ForeignKey(Dosimeter, models.PROTECT, db_column="person_id", related_name="breaks")
    kind = models.TextField()
    started_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    paid = models.BooleanField(default=True)

    class Meta:
        db_table = "break_taken"
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=list(BreakKind)), name="break_taken_kind_known"),
            models.CheckConstraint(
                condition=Q(ends_at__gte=F("started_at")), name="break_taken_ends_after_start"
            ),
            ExclusionConstraint(
                name="break_taken_never_overlaps",
                expressions=[
                    (F("dosimeter"), RangeOperators.EQUAL),
                    (TimeRange("started_at", "ends_at"), RangeOperators.OVERLAPS),
                ],
            ),
        ]
        indexes = [models.Index(fields=["dosimeter", "-ends_at"], name="break_taken_by_end")]
