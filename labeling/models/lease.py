from typing import ClassVar

from django.conf import settings
from django.db import models

from labeling.models.clock import RespiteNow


class Lease(models.Model):
    """A labeler's time-limited claim of a slot.

    Live until it is ended; an expired one is ended by whoever meets it first (the next claim, a late submit, a job).
    While it holds its slot, `slot.available_at` equals `expires_at`: every write to the slot tests that.
    """

    class Outcome(models.TextChoices):
        LIVE = "", "live"
        SUBMITTED = "submitted", "answered"
        SKIPPED = "skipped", "skipped"
        PROBLEM = "problem", "reported as a problem"
        RELEASED = "released", "given back"
        EXPIRED = "expired", "ran out"
        UNCLEARED = "uncleared", "no longer cleared"

    slot = models.ForeignKey("labeling.Slot", on_delete=models.PROTECT, related_name="leases", db_index=False)
    task = models.ForeignKey("labeling.Task", on_delete=models.PROTECT, related_name="leases", db_index=False)
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    # What was in force at the claim. Empty in leases from before versions were kept; `guideline` also where there was
    # none. Published rows are never deleted, so nothing looks a lease up by them.
    schema = models.ForeignKey(
        "labeling.LabelSchema", on_delete=models.PROTECT, null=True, related_name="+", db_index=False
    )
    guideline = models.ForeignKey(
        "labeling.Guideline", on_delete=models.PROTECT, null=True, related_name="+", db_index=False
    )
    claimed_at = models.DateTimeField(db_default=RespiteNow(), editable=False)
    expires_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    outcome = models.CharField(max_length=20, choices=Outcome.choices, blank=True, default="")
    # What the item counted as when it was claimed; a reveal compares.
    expected = models.SmallIntegerField()
    opened_at = models.DateTimeField(null=True)  # first reveal
    settled_at = models.DateTimeField(null=True)  # its view has been settled
    window = models.PositiveIntegerField(default=0)  # number of the view's window, as the page last saw it
    shown_parts = models.PositiveSmallIntegerField(default=0)
    words_hidden = models.BooleanField(default=True)
    # What of a picture is on the screen (labeling.domain.picture.Picture): its step, tiles as bits, colours or grey.
    picture_step = models.PositiveSmallIntegerField(default=0, db_default=0)
    picture_tiles = models.PositiveIntegerField(default=0, db_default=0)
    picture_in_colour = models.BooleanField(default=False, db_default=False)
    was_full = models.BooleanField(
        default=False, db_default=False
    )  # all of the item has been on the screen once
    draft = models.JSONField(default=dict, blank=True)

    class Meta:
        indexes: ClassVar[list[models.Index]] = [
            # What a person may not be handed again.
            models.Index(
                name="labeling_lease_finished",
                fields=["person", "task"],
                condition=models.Q(outcome__in=["submitted", "skipped", "problem"]),
            ),
            models.Index(
                name="labeling_lease_live_expiry",
                fields=["expires_at"],
                condition=models.Q(ended_at__isnull=True),
            ),
            models.Index(
                name="labeling_lease_unsettled",
                fields=["person", "ended_at"],
                condition=models.Q(ended_at__isnull=False, opened_at__isnull=False, settled_at__isnull=True),
            ),
            # What somebody began; few at a time, for an answer empties the draft, and a job after a day.
            models.Index(name="labeling_lease_begun", fields=["person"], condition=~models.Q(draft={})),
            # Who looked at a task and left without an answer; a worse final label is charged to them too.
            models.Index(
                name="labeling_lease_looked",
                fields=["task"],
                condition=models.Q(ended_at__isnull=False, opened_at__isnull=False)
                & ~models.Q(outcome="submitted"),
            ),
        ]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                name="labeling_lease_one_live_per_person",
                fields=["person"],
                condition=models.Q(ended_at__isnull=True),
            ),
            models.UniqueConstraint(
                name="labeling_lease_one_live_per_slot",
                fields=["slot"],
                condition=models.Q(ended_at__isnull=True),
            ),
            models.UniqueConstraint(
                name="labeling_lease_one_live_per_task_and_person",
                fields=["task", "person"],
                condition=models.Q(ended_at__isnull=True),
            ),
            models.CheckConstraint(
                name="labeling_lease_expires_after_claim",
                condition=models.Q(expires_at__gt=models.F("claimed_at")),
            ),
            models.CheckConstraint(
                name="labeling_lease_picture_known",
                condition=models.Q(picture_step__range=(0, 3), picture_tiles__range=(0, 2**16 - 1))
                & (models.Q(picture_in_colour=False) | models.Q(picture_step=3)),
            ),
            models.CheckConstraint(
                name="labeling_lease_ended_has_outcome",
                condition=models.Q(ended_at__isnull=True, outcome="")
                | (models.Q(ended_at__isnull=False) & ~models.Q(outcome="")),
            ),
        ]
