from django.conf import settings
from django.db import models
from django.db.models import F, Q


class WeeklyShift(models.Model):
    """A weekly shift by the person's own wall clock (wellbeing.domain.calendar.Shift)."""

    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="weekly_shifts")
    weekday = models.PositiveSmallIntegerField()
    starts = models.TimeField()
    ends = models.TimeField()

    class Meta:
        db_table = "weekly_shift"
        constraints = [
            models.CheckConstraint(condition=Q(weekday__range=(0, 6)), name="weekly_shift_weekday_in_range"),
            models.UniqueConstraint(fields=["person", "weekday", "starts"], name="weekly_shift_once"),
        ]


class LeavePeriod(models.Model):
    """Away from the first day to the last. Why is not kept."""

    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="leave_periods")
    first_day = models.DateField()
    last_day = models.DateField()

    class Meta:
        db_table = "leave_period"
        constraints = [
            models.CheckConstraint(
                condition=Q(last_day__gte=F("first_day")), name="leave_period_ends_after_start"
            ),
            models.UniqueConstraint(fields=["person", "first_day"], name="leave_period_once"),
        ]
