"""Answers that were begun are kept for a day after their lease; this finds them without a walk through all leases."""

from django.contrib.postgres.operations import AddIndexConcurrently
from django.db import migrations, models


class Migration(migrations.Migration):
    atomic = False
    dependencies = [("labeling", "0017_translate_schemas")]

    operations = [
        AddIndexConcurrently(
            "lease",
            models.Index(name="labeling_lease_begun", fields=["person"], condition=~models.Q(draft={})),
        ),
    ]
