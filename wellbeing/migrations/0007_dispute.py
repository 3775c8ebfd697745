"""Disputed entries: one open a person and entry; decided whole or not at all, and never by the person themself."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import wellbeing.domain.dispute
import wellbeing.models.respite_now


class Migration(migrations.Migration):
    dependencies = [
        ("wellbeing", "0006_looser_needs_two"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Dispute",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("seq", models.BigIntegerField()),
                ("severity", models.PositiveSmallIntegerField()),
                (
                    "made_at",
                    models.DateTimeField(
                        db_default=wellbeing.models.respite_now.RespiteNow(), editable=False
                    ),
                ),
                ("resolved_at", models.DateTimeField(null=True)),
                ("outcome", models.TextField(null=True)),
                ("reason", models.TextField(default="")),
                (
                    "by",
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
                        related_name="disputes",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "db_table": "dispute",
                "indexes": [
                    models.Index(fields=["person", "-made_at"], name="dispute_of_person"),
                    models.Index(
                        condition=models.Q(("resolved_at", None)), fields=["made_at"], name="dispute_open"
                    ),
                ],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("resolved_at", None)),
                        fields=("person", "seq"),
                        name="dispute_one_open_per_entry",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("severity__lte", 4)), name="dispute_severity_0_to_4"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("by", None), ("outcome", None), ("reason", ""), ("resolved_at", None)),
                            models.Q(
                                ("by__isnull", False),
                                (
                                    "outcome__in",
                                    [
                                        wellbeing.domain.dispute.Outcome["GRANTED"],
                                        wellbeing.domain.dispute.Outcome["DECLINED"],
                                    ],
                                ),
                                ("resolved_at__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="dispute_resolved_whole_or_not",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("outcome", None),
                            ("outcome", wellbeing.domain.dispute.Outcome["GRANTED"]),
                            models.Q(("reason", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="dispute_declined_with_words",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("by", None), models.Q(("by", models.F("person")), _negated=True), _connector="OR"
                        ),
                        name="dispute_never_decided_by_its_person",
                    ),
                ],
            },
        ),
    ]
