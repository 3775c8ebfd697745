from typing import ClassVar

from django.conf import settings
from django.db import models

from labeling.models.clock import RespiteNow
from labeling.models.queued import Queued


class Release(Queued):
    """A numbered, immutable label set. Its rows are frozen in one transaction; files are written from those."""

    class State(models.TextChoices):
        WAITING = "waiting", "Waiting"
        BUILDING = "building", "Building"
        READY = "ready", "Ready"
        FAILED = "failed", "Failed"

    project = models.ForeignKey("labeling.Project", on_delete=models.PROTECT, related_name="releases")
    number = models.PositiveIntegerField()
    state = models.CharField(max_length=20, choices=State.choices, default=State.WAITING)
    seed = models.BigIntegerField()
    # Key of this release's pseudonyms, hex; two releases cannot be linked by them.
    pseudonym_key = models.CharField(max_length=64)
    filters = models.JSONField(default=dict, blank=True)
    manifest = models.JSONField(default=dict, blank=True)
    failure = models.TextField(blank=True)
    created_at = models.DateTimeField(db_default=RespiteNow(), editable=False)
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    frozen_at = models.DateTimeField(null=True)
    ready_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            *Queued.Meta.constraints,
            models.UniqueConstraint(name="labeling_release_number_once", fields=["project", "number"]),
            models.CheckConstraint(
                name="labeling_release_state_known",
                condition=models.Q(state__in=["waiting", "building", "ready", "failed"]),
            ),
            models.CheckConstraint(
                name="labeling_release_ready_has_time",
                condition=models.Q(state="ready", ready_at__isnull=False, frozen_at__isnull=False)
                | (~models.Q(state="ready") & models.Q(ready_at__isnull=True)),
            ),
        ]
