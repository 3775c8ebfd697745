import uuid

from django.conf import settings
from django.db import models


class Dosimeter(models.Model):
    """One person's exposure: the row that everything locks first, their break clock, and the name of their chain.

    `chain` is all that the ledger knows of a person; whoever destroys this row has made the ledger anonymous.
    """

    person = models.OneToOneField(
        settings.AUTH_USER_MODEL, models.PROTECT, primary_key=True, related_name="dosimeter"
    )
    chain = models.UUIDField(default=uuid.uuid4, unique=True)
    # The zone whose 04:00 turns the day; a change waits two turns, so that no day is cut short or had twice.
    time_zone = models.TextField(default="UTC")
    next_time_zone = models.TextField(null=True)  # noqa: DJ001 - null pairs with the time below
    next_time_zone_from = models.DateTimeField(null=True)
    last_activity_at = models.DateTimeField(null=True)
    stretch_started_at = models.DateTimeField(null=True)
    long_stretch_started_at = models.DateTimeField(null=True)
    micro_moved_at = models.DateTimeField(null=True)
    long_moved_at = models.DateTimeField(null=True)
    day_of_first_claim = models.DateField(null=True)
    first_claim_at = models.DateTimeField(null=True)
    extreme_opt_in_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "dosimeter"
        constraints = [
            models.CheckConstraint(
                condition=models.Q(next_time_zone=None, next_time_zone_from=None)
                | models.Q(next_time_zone__isnull=False, next_time_zone_from__isnull=False),
                name="dosimeter_next_zone_both_or_neither",
            ),
            models.CheckConstraint(
                condition=models.Q(day_of_first_claim=None, first_claim_at=None)
                | models.Q(day_of_first_claim__isnull=False, first_claim_at__isnull=False),
                name="dosimeter_first_claim_both_or_neither",
            ),
        ]
