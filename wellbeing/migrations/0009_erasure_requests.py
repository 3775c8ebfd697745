"""Requests for an erasure: two people, neither of them the person."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import wellbeing.domain.erasing
import wellbeing.models.respite_now


class Migration(migrations.Migration):
    dependencies = [
        ("wellbeing", "0008_person_keys"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="ErasureRequest",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("reason", models.TextField()),
                (
                    "asked_at",
                    models.DateTimeField(
                        db_default=wellbeing.models.respite_now.RespiteNow(), editable=False
                    ),
                ),
                ("approved_at", models.DateTimeField(null=True)),
                ("withdrawn_at", models.DateTimeField(null=True)),
                (
                    "approved_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "asked_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
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
                "db_table": "erasure_request",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "reason__in",
                                [
                                    wellbeing.domain.erasing.ErasureReason["ASKED"],
                                    wellbeing.domain.erasing.ErasureReason["LEFT"],
                                    wellbeing.domain.erasing.ErasureReason["TIME"],
                                ],
                            )
                        ),
                        name="erasure_request_reason_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("approved_at", None), ("approved_by", None)),
                            models.Q(("approved_at__isnull", False), ("approved_by__isnull", False)),
                            _connector="OR",
                        ),
                        name="erasure_request_approved_both_or_neither",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("approved_at", None), ("withdrawn_at", None), _connector="OR"),
                        name="erasure_request_one_end",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("approved_by", None),
                            models.Q(
                                models.Q(("approved_by", models.F("person")), _negated=True),
                                models.Q(
                                    ("asked_by", None),
                                    models.Q(("approved_by", models.F("asked_by")), _negated=True),
                                    _connector="OR",
                                ),
                            ),
                            _connector="OR",
                        ),
                        name="erasure_request_approved_by_another",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("approved_at", None), ("withdrawn_at", None)),
                        fields=("person",),
                        name="erasure_request_one_open_per_person",
                    ),
                ],
            },
        ),
    ]
