"""Day notes and talking to the counsellor: private texts, sealed (docs/adr/0012)."""

import uuid

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import wellbeing.models.respite_now


class Migration(migrations.Migration):
    dependencies = [
        ("wellbeing", "0010_ledger_retention"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="SupportRequest",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, primary_key=True, serialize=False)),
                (
                    "asked_at",
                    models.DateTimeField(
                        db_default=wellbeing.models.respite_now.RespiteNow(), editable=False
                    ),
                ),
                ("closed_at", models.DateTimeField(null=True)),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "db_table": "support_request",
            },
        ),
        migrations.CreateModel(
            name="SupportRead",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "at",
                    models.DateTimeField(
                        db_default=wellbeing.models.respite_now.RespiteNow(), editable=False
                    ),
                ),
                (
                    "reader",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "request",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="reads",
                        to="wellbeing.supportrequest",
                    ),
                ),
            ],
            options={
                "db_table": "support_read",
            },
        ),
        migrations.CreateModel(
            name="SupportMessage",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, primary_key=True, serialize=False)),
                ("sealed", models.BinaryField()),
                (
                    "at",
                    models.DateTimeField(
                        db_default=wellbeing.models.respite_now.RespiteNow(), editable=False
                    ),
                ),
                (
                    "counsellor",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "request",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="messages",
                        to="wellbeing.supportrequest",
                    ),
                ),
            ],
            options={
                "db_table": "support_message",
            },
        ),
        migrations.CreateModel(
            name="DayNote",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("day", models.DateField()),
                ("sealed", models.BinaryField()),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "db_table": "day_note",
                "constraints": [models.UniqueConstraint(fields=("person", "day"), name="day_note_one_a_day")],
            },
        ),
        migrations.AddIndex(
            model_name="supportrequest",
            index=models.Index(fields=["closed_at"], name="support_request_by_closing"),
        ),
        migrations.AddConstraint(
            model_name="supportrequest",
            constraint=models.UniqueConstraint(
                condition=models.Q(("closed_at", None)),
                fields=("person",),
                name="support_request_one_open_per_person",
            ),
        ),
        migrations.AddIndex(
            model_name="supportmessage",
            index=models.Index(fields=["request", "at"], name="support_message_in_order"),
        ),
    ]
