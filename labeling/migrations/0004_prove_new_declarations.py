"""What proves a source is counted by task number. Constants and nullable columns only: no table is rewritten."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("labeling", "0003_find_who_looked_and_left")]

    operations = [
        migrations.AddField("source", "confirm_after_task", models.BigIntegerField(db_default=0, default=0)),
        migrations.AddField("source", "confirmed_to_task", models.BigIntegerField(db_default=0, default=0)),
        migrations.AddField("task", "redeclared_as", models.BigIntegerField(null=True)),
    ]
