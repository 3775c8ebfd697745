from typing import ClassVar

from django.conf import settings
from django.db import models

from labeling.models.clock import RespiteNow
from labeling.models.queued import Queued


class Import(Queued):
    """One file of items on its way in: a row to poll while a job reads it, and its report afterwards."""

    class State(models.TextChoices):
        WAITING = "waiting", "Waiting"
        RUNNING = "running", "Running"
        DONE = "done", "Done"
        FAILED = "failed", "Failed"

    project = models.ForeignKey("labeling.Project", on_delete=models.PROTECT, related_name="imports")
    state = models.CharField(max_length=20, choices=State.choices, default=State.WAITING)
    file_name = models.CharField(max_length=255, blank=True)  # as its owner called it; for people to read
    path = models.CharField(max_length=255, blank=True)  # below CONTENT_DIR; a name that we made
    pictures_path = models.CharField(
        max_length=255, blank=True, default="", db_default=""
    )  # as `path`, an archive
    format = models.CharField(max_length=20, blank=True)
    dry_run = models.BooleanField(default=False)
    mapping = models.JSONField(
        default=dict, db_default={}, blank=True
    )  # a name in the file → the field it stands for
    ignored = models.JSONField(default=list, db_default=[], blank=True)  # names in the file that are left out
    lines = models.PositiveIntegerField(default=0)
    created_items = models.PositiveIntegerField(default=0)
    known_items = models.PositiveIntegerField(default=0)  # had the same external id already
    failed_lines = models.PositiveIntegerField(default=0)
    errors = models.JSONField(
        default=list
    )  # [{"line", "id", "code", "path", "message"}…], the first thousand
    created_at = models.DateTimeField(db_default=RespiteNow(), editable=False)
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    started_at = models.DateTimeField(null=True)
    finished_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            *Queued.Meta.constraints,
            models.CheckConstraint(
                name="labeling_import_state_known",
                condition=models.Q(state__in=["waiting", "running", "done", "failed"]),
            ),
            models.CheckConstraint(
                name="labeling_import_finished_has_time",
                condition=models.Q(state__in=["waiting", "running"], finished_at__isnull=True)
                | models.Q(state__in=["done", "failed"], finished_at__isnull=False),
            ),
        ]
