from typing import ClassVar

from django.db import models


class Source(models.Model):
    """Where items came from, and what has been found there.

    `expected_severity` is what an item of this source without an estimate of its own counts as; while its basis is a
    severe find it also raises the items that have one. `confirmed_at` says that declared severities below S2 proved
    right, so that they count as declared (labeling.domain.handout).

    What proves it is counted by task number, so that nothing new is believed for what was there before it (ADR 0008):
    tasks above `confirm_after_task` are those of the last import that declared something below S2 here, tasks above
    `confirmed_to_task` all that came in since the source was last confirmed.
    """

    class Basis(models.TextChoices):
        NONE = "", "not known yet"
        DECLARED = "declared", "declared at import"
        FIND = "find", "a severe find"
        DECIDED = "decided", "the decided items"

    project = models.ForeignKey("labeling.Project", on_delete=models.PROTECT, related_name="sources")
    name = models.CharField(max_length=200)
    expected_severity = models.SmallIntegerField(null=True)
    basis = models.CharField(max_length=20, choices=Basis.choices, blank=True, default="")
    confirmed_at = models.DateTimeField(null=True)
    confirm_after_task = models.BigIntegerField(default=0, db_default=0)
    confirmed_to_task = models.BigIntegerField(default=0, db_default=0)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(name="labeling_source_name_once", fields=["project", "name"]),
            models.CheckConstraint(
                name="labeling_source_severity_range",
                condition=models.Q(expected_severity__isnull=True)
                | models.Q(expected_severity__range=(0, 4)),
            ),
            models.CheckConstraint(
                name="labeling_source_expectation_has_basis",
                condition=models.Q(expected_severity__isnull=True, basis="")
                | models.Q(expected_severity__isnull=False, basis__in=["declared", "find", "decided"]),
            ),
        ]
