from typing import ClassVar

from django.db import models


class Queued(models.Model):
    """Work that a worker does: when it was last sent for, who has the turn at it, and when they last showed life.

    A message may be lost, come twice or come late, and a worker may die or only be slow. So the row says all of it
    (docs/adr/0009); the queue is no more than a hint that there is something to do.
    """

    sent_at = models.DateTimeField(null=True)
    turn = models.UUIDField(
        null=True
    )  # drawn by each worker that takes the work; a fence against the one before
    alive_at = models.DateTimeField(null=True)
    tries = models.PositiveSmallIntegerField(default=0, db_default=0)

    class Meta:
        abstract = True
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                name="labeling_%(class)s_turn_shows_life",
                condition=models.Q(turn__isnull=True, alive_at__isnull=True)
                | models.Q(turn__isnull=False, alive_at__isnull=False),
            ),
        ]
