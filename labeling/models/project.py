from typing import ClassVar

from django.conf import settings
from django.db import models

from labeling.models.clock import RespiteNow


class Project(models.Model):
    """Items that one team labels under one schema. It is paused or archived, never deleted."""

    class Status(models.TextChoices):
        ACTIVE = "active", "Active"
        PAUSED = "paused", "Paused"
        ARCHIVED = "archived", "Archived"

    class FullView(models.TextChoices):
        NEVER = "never", "Never: people may answer from what they chose to see"
        UP_TO_MODERATE = "up_to_moderate", "Up to moderate: severe and extreme items may be answered sooner"
        ALWAYS = "always", "Always"

    team = models.ForeignKey("people.Team", on_delete=models.PROTECT, related_name="projects")
    name = models.CharField(max_length=120)
    slug = models.SlugField(max_length=120, unique=True)
    description = models.TextField(blank=True)
    # What the labels are for, in words that labelers read.
    purpose = models.TextField(blank=True, default="", db_default="")
    status = models.CharField(max_length=20, choices=Status.choices, default=Status.ACTIVE)
    # How many annotations an item gets: a strategy that labeling.domain.stopping knows by this name.
    strategy = models.CharField(max_length=40, default="two_plus_one")
    # For which expected severities an answer wants the whole item on the screen first.
    full_view = models.CharField(
        max_length=20, choices=FullView.choices, default=FullView.NEVER, db_default=FullView.NEVER
    )
    lease_minutes = models.PositiveSmallIntegerField(default=15)
    # Seeds the order in which tasks are handed out and the splits of releases.
    shuffle_seed = models.BigIntegerField()
    created_at = models.DateTimeField(db_default=RespiteNow(), editable=False)
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                name="labeling_project_status_known",
                condition=models.Q(status__in=["active", "paused", "archived"]),
            ),
            models.CheckConstraint(
                name="labeling_project_full_view_known",
                condition=models.Q(full_view__in=["never", "up_to_moderate", "always"]),
            ),
            models.CheckConstraint(
                name="labeling_project_lease_minutes_range",
                condition=models.Q(lease_minutes__range=(5, 120)),
            ),
        ]
