from django.db import models
from django.db.models import Q


class LifetimeTotal(models.Model):
    """What the purged rows of a chain add up to, per severity that their views were charged at.

    Points are milli-EP, time milliseconds. Written by the purge, gone with its person.
    """

    pk = models.CompositePrimaryKey("chain", "severity")
    chain = models.UUIDField()
    severity = models.SmallIntegerField()
    milli_points = models.BigIntegerField()
    open_ms = models.BigIntegerField()

    class Meta:
        db_table = "lifetime_total"
        constraints = [
            models.CheckConstraint(condition=Q(severity__range=(0, 4)), name="lifetime_total_severity_0_to_4")
        ]
