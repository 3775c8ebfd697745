from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from wellbeing.domain.groups import SMALLEST_GROUP, Kind
from wellbeing.models.respite_now import RespiteNow


class GroupWeek(models.Model):
    """One figure of a team and an ISO week (its Monday; weeks turn at Monday 04:00 UTC). Written once, never changed.

    `value` is milli-EP at policy weights, milliseconds, or thousandths of what is shown of a share; it and `people` are
    null where the figure is hidden. What may be shown was decided before it was written (wellbeing.domain.groups).
    """

    week = models.DateField()
    team = models.ForeignKey("people.Team", models.PROTECT, related_name="+")
    kind = models.TextField()
    key = models.TextField()
    value = models.BigIntegerField(null=True)
    people = models.PositiveIntegerField(null=True)
    made_at = models.DateTimeField(db_default=RespiteNow(), editable=False)

    class Meta:
        db_table = "group_week"
        constraints = [
            models.UniqueConstraint(fields=["week", "team", "kind", "key"], name="group_week_once"),
            models.CheckConstraint(condition=Q(kind__in=list(Kind)), name="group_week_kind_known"),
            models.CheckConstraint(condition=Q(week__iso_week_day=1), name="group_week_from_monday"),
            models.CheckConstraint(
                # What is compared with null is not false: it has to be said that neither is.
                condition=Q(value=None, people=None)
                | Q(value__isnull=False, people__isnull=False, value__gte=0, people__gte=SMALLEST_GROUP),
                name="group_week_five_or_hidden",
            ),
        ]


class GroupWeekPeople(models.Model):
    """Whose a figure is that was shown: what the next weeks are held against. Goes when they no longer are.

    Numbers alone, and without references: somebody who was erased meanwhile was still part of the sum.
    """

    week = models.DateField()
    team = models.ForeignKey("people.Team", models.PROTECT, related_name="+")
    kind = models.TextField()
    key = models.TextField()
    people = ArrayField(models.BigIntegerField())

    class Meta:
        db_table = "group_week_people"
        constraints = [
            models.UniqueConstraint(fields=["week", "team", "kind", "key"], name="group_week_people_once")
        ]
