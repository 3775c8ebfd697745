"""What the pages speak to a person. A column with a constant default: no row is rewritten."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("people", "0003_erasure")]

    operations = [
        migrations.AddField(
            "User",
            "page_language",
            models.CharField(blank=True, db_default="", default="", max_length=8),
        ),
    ]
