"""The table of people's wrapped keys (docs/adr/0012)."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import wellbeing.models.respite_now


class Migration(migrations.Migration):
    dependencies = [
        ("people", "0002_audit_events_append_only"),
        ("wellbeing", "0007_dispute"),
    ]

    operations = [
        migrations.CreateModel(
            name="PersonKey",
            fields=[
                (
                    "person",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        primary_key=True,
                        related_name="private_key",
                        serialize=False,
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("wrapped", models.BinaryField()),
                ("key_name", models.TextField(db_index=True)),
                (
                    "made_at",
                    models.DateTimeField(
                        db_default=wellbeing.models.respite_now.RespiteNow(), editable=False
                    ),
                ),
            ],
            options={
                "db_table": "person_key",
            },
        ),
    ]
