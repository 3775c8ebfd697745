from django.contrib.postgres.operations import AddIndexConcurrently
from django.db import migrations, models


class Migration(migrations.Migration):
    # Built without a lock that would stop the hand-out on a large table; that cannot be in a transaction.
    atomic = False

    dependencies = [("labeling", "0002_published_rows_are_immutable")]

    operations = [
        AddIndexConcurrently(
            "lease",
            models.Index(
                name="labeling_lease_looked",
                fields=["task"],
                condition=models.Q(ended_at__isnull=False, opened_at__isnull=False)
                & ~models.Q(outcome="submitted"),
            ),
        ),
    ]
