from typing import ClassVar

from django.db import models

from labeling.models.clock import RespiteNow

MAX_SLOTS = 5


class Slot(models.Model):
    """Room for one more annotation on a task.

    `available_at` is when it may be handed out: the past while it is free, the lease's expiry while it is leased, so
    that open and expired are one condition and a lost lease needs nobody to clean up. A slot that its task no longer
    needs is withdrawn.
    """

    # The unique (task, number) serves as the index.
    task = models.ForeignKey("labeling.Task", on_delete=models.PROTECT, related_name="slots", db_index=False)
    number = models.SmallIntegerField()
    stratum = models.ForeignKey(
        "labeling.Stratum", on_delete=models.PROTECT, related_name="+", db_index=False
    )
    position = models.BigIntegerField()
    available_at = models.DateTimeField(db_default=RespiteNow())
    filled_at = models.DateTimeField(null=True)
    withdrawn_at = models.DateTimeField(null=True)

    class Meta:
        indexes: ClassVar[list[models.Index]] = [
            # For the claim alone (labeling.queries.handout). `available_at` stays out of it, so that claiming and
            # releasing touch no index.
            models.Index(
                name="labeling_slot_open",
                fields=["stratum", "position"],
                condition=models.Q(filled_at__isnull=True, withdrawn_at__isnull=True),
            ),
        ]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(name="labeling_slot_number_once", fields=["task", "number"]),
            models.CheckConstraint(
                name="labeling_slot_number_range", condition=models.Q(number__range=(1, MAX_SLOTS))
            ),
            models.CheckConstraint(
                name="labeling_slot_filled_or_withdrawn",
                condition=models.Q(filled_at__isnull=True) | models.Q(withdrawn_at__isnull=True),
            ),
        ]
