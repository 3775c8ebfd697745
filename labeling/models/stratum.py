from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models


class Stratum(models.Model):
    """Tasks of a project that clearance treats alike, so that the hand-out decides once for all of them.

    One source, one declared severity (-1 = none), one language (blank = unknown), one set of categories that scores
    name (sorted; labeling.domain.handout.categories_of). What its tasks count as is computed from here and from the
    source when a task is claimed, so a severe find raises all of them by one UPDATE of the source.
    """

    UNRATED = -1

    project = models.ForeignKey("labeling.Project", on_delete=models.PROTECT, related_name="strata")
    source = models.ForeignKey("labeling.Source", on_delete=models.PROTECT, related_name="strata")
    declared = models.SmallIntegerField()
    language = models.CharField(max_length=35, blank=True)
    categories = ArrayField(models.TextField(), default=list, blank=True)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                name="labeling_stratum_once",
                fields=["project", "source", "declared", "language", "categories"],
            ),
            models.CheckConstraint(
                name="labeling_stratum_declared_range", condition=models.Q(declared__range=(-1, 4))
            ),
        ]
