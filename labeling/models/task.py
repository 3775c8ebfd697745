from typing import ClassVar

from django.db import models


class Task(models.Model):
    """One item in its project, needing labels. Locked FOR NO KEY UPDATE while its decision is computed."""

    class State(models.TextChoices):
        OPEN = "open", "Open"
        DECIDED = "decided", "Decided"
        CONTESTED = "contested", "Contested"

    item = models.OneToOneField("labeling.Item", on_delete=models.PROTECT, related_name="task")
    project = models.ForeignKey("labeling.Project", on_delete=models.PROTECT, related_name="tasks")
    stratum = models.ForeignKey("labeling.Stratum", on_delete=models.PROTECT, related_name="tasks")
    position = models.BigIntegerField()  # random; the order of the hand-out
    state = models.CharField(max_length=20, choices=State.choices, default=State.OPEN)
    decided_at = models.DateTimeField(null=True)
    # Drawn from the same sequence as ids when an import replaced the item by one declared below S2: the number under
    # which the task counts towards the confirmation of its source. Its id says when it came, not what it now claims.
    redeclared_as = models.BigIntegerField(null=True)

    class Meta:
        indexes: ClassVar[list[models.Index]] = [
            models.Index(name="labeling_task_by_state", fields=["project", "state", "position"]),
        ]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                name="labeling_task_state_known",
                condition=models.Q(state__in=["open", "decided", "contested"]),
            ),
            models.CheckConstraint(
                name="labeling_task_decided_has_time",
                condition=models.Q(state="open", decided_at__isnull=True)
                | models.Q(state__in=["decided", "contested"], decided_at__isnull=False),
            ),
        ]
