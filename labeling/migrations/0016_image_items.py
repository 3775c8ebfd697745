"""Image items, what of a picture a lease shows, and whether an answer wants the whole item first.

Constants as defaults and constraints that are validated on their own: no table is rewritten, and none is locked while its
rows are looked at.
"""

from django.contrib.postgres.operations import AddConstraintNotValid, ValidateConstraint
from django.db import migrations, models

FRAMES = [f"{shape} {size}" for shape in ("tall", "square", "wide") for size in ("small", "medium", "large")]
KIND_KNOWN = models.CheckConstraint(
    name="labeling_item_kind_known",
    condition=models.Q(kind__in=["text", "pair", "conversation", "image"]),
)
FRAME_OF_IMAGE = models.CheckConstraint(
    name="labeling_item_frame_of_image",
    condition=models.Q(kind="image", frame__in=tuple(FRAMES))
    | (~models.Q(kind="image") & models.Q(frame="")),
)
PICTURE_KNOWN = models.CheckConstraint(
    name="labeling_lease_picture_known",
    condition=models.Q(picture_step__range=(0, 3), picture_tiles__range=(0, 2**16 - 1))
    & (models.Q(picture_in_colour=False) | models.Q(picture_step=3)),
)
FULL_VIEW_KNOWN = models.CheckConstraint(
    name="labeling_project_full_view_known",
    condition=models.Q(full_view__in=["never", "up_to_moderate", "always"]),
)
FULL_VIEW = [
    ("never", "Never: people may answer from what they chose to see"),
    ("up_to_moderate", "Up to moderate: severe and extreme items may be answered sooner"),
    ("always", "Always"),
]


class Migration(migrations.Migration):
    atomic = False
    dependencies = [("labeling", "0015_count_completions")]

    operations = [
        migrations.AlterField(
            "item",
            "kind",
            models.CharField(
                max_length=20,
                choices=[
                    ("text", "Text"),
                    ("pair", "Prompt and completion"),
                    ("conversation", "Conversation"),
                    ("image", "Image"),
                ],
            ),
        ),
        migrations.AddField(
            "item", "frame", models.CharField(max_length=20, blank=True, default="", db_default="")
        ),
        migrations.AddField(
            "lease", "picture_step", models.PositiveSmallIntegerField(default=0, db_default=0)
        ),
        migrations.AddField("lease", "picture_tiles", models.PositiveIntegerField(default=0, db_default=0)),
        migrations.AddField(
            "lease", "picture_in_colour", models.BooleanField(default=False, db_default=False)
        ),
        migrations.AddField("lease", "was_full", models.BooleanField(default=False, db_default=False)),
        migrations.AddField(
            "import", "pictures_path", models.CharField(max_length=255, blank=True, default="", db_default="")
        ),
        migrations.AddField(
            "project",
            "full_view",
            models.CharField(max_length=20, choices=FULL_VIEW, default="never", db_default="never"),
        ),
        migrations.RemoveConstraint("item", "labeling_item_kind_known"),
        AddConstraintNotValid("item", KIND_KNOWN),
        AddConstraintNotValid("item", FRAME_OF_IMAGE),
        AddConstraintNotValid("lease", PICTURE_KNOWN),
        AddConstraintNotValid("project", FULL_VIEW_KNOWN),
        ValidateConstraint("item", "labeling_item_kind_known"),
        ValidateConstraint("item", "labeling_item_frame_of_image"),
        ValidateConstraint("lease", "labeling_lease_picture_known"),
        ValidateConstraint("project", "labeling_project_full_view_known"),
    ]
