"""A person's own keys ride on their row, so that they follow to another machine and cost no statement more."""

from django.db import migrations, models

SHAPE = r"^([a-z0-9_]{1,16}=\S( |$))*$"


class Migration(migrations.Migration):
    dependencies = [("people", "0004_page_language")]

    operations = [
        migrations.AddField(
            "User", "own_keys", models.CharField(blank=True, db_default="", default="", max_length=600)
        ),
        migrations.AddField("User", "single_keys", models.BooleanField(db_default=True, default=True)),
        migrations.AddField("User", "one_key_answers", models.BooleanField(db_default=True, default=True)),
        migrations.AddConstraint(
            "User",
            models.CheckConstraint(
                condition=models.Q(own_keys__regex=SHAPE), name="people_user_own_keys_are_pairs"
            ),
        ),
    ]
