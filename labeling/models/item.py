from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import gettext_lazy as _

from labeling.domain.picture import FRAMES


class Item(models.Model):
    """A thing to be judged, without its content: everything here may stand in a list."""

    class Kind(models.TextChoices):
        TEXT = "text", _("Text")
        PAIR = "pair", _("Prompt and completion")
        CONVERSATION = "conversation", _("Conversation")
        IMAGE = "image", _("Image")

    project = models.ForeignKey("labeling.Project", on_delete=models.PROTECT, related_name="items")
    source = models.ForeignKey("labeling.Source", on_delete=models.PROTECT, related_name="items")
    external_id = models.CharField(max_length=200)
    kind = models.CharField(max_length=20, choices=Kind.choices)
    language = models.CharField(max_length=35, blank=True)  # a BCP 47 tag; blank = nobody said
    severity = models.SmallIntegerField(null=True)  # declared or estimated for this very item
    scores = models.JSONField(default=dict, blank=True)  # category → 0…1, as imported
    words = models.PositiveIntegerField()
    # Words in each part that a step discloses, first part first; their sum is `words`. What a view costs is
    # known from here, before any content is read.
    part_words = ArrayField(models.PositiveIntegerField(), default=list)
    # How many completions there are to compare or correct, so that a form can be drawn before anything is read.
    completions = models.PositiveSmallIntegerField(default=0, db_default=0)
    # Of an image its rough shape and size (labeling.domain.picture.FRAMES): what a card may tell before anything is shown.
    frame = models.CharField(max_length=20, blank=True, default="", db_default="")
    meta = models.JSONField(default=dict, blank=True)
    neutral_line = models.CharField(max_length=200, blank=True)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(name="labeling_item_external_id_once", fields=["project", "external_id"]),
            models.CheckConstraint(
                name="labeling_item_severity_range",
                condition=models.Q(severity__isnull=True) | models.Q(severity__range=(0, 4)),
            ),
            models.CheckConstraint(
                name="labeling_item_kind_known",
                condition=models.Q(kind__in=["text", "pair", "conversation", "image"]),
            ),
            models.CheckConstraint(
                name="labeling_item_frame_of_image",
                condition=models.Q(kind="image", frame__in=FRAMES)
                | (~models.Q(kind="image") & models.Q(frame="")),
            ),
        ]
