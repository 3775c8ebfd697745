"""Reports that somebody may be in danger."""

import uuid

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import wellbeing.domain.risk
import wellbeing.models.respite_now


class Migration(migrations.Migration):
    dependencies = [
        ("wellbeing", "0011_day_notes_and_support"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="RiskReport",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, primary_key=True, serialize=False)),
                ("occasion", models.TextField()),
                (
                    "at",
                    models.DateTimeField(
                        db_default=wellbeing.models.respite_now.RespiteNow(), editable=False
                    ),
                ),
                ("outcome", models.TextField(null=True)),
                ("outcome_at", models.DateTimeField(null=True)),
                (
                    "outcome_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "reported_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "db_table": "risk_report",
                "indexes": [
                    models.Index(
                        condition=models.Q(("outcome", None)), fields=["at"], name="risk_report_open"
                    )
                ],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("reported_by", "occasion"), name="risk_report_once_per_occasion"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("outcome", None), ("outcome_at", None), ("outcome_by", None)),
                            models.Q(
                                ("outcome__isnull", False),
                                ("outcome_at__isnull", False),
                                ("outcome_by__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="risk_report_outcome_whole_or_none",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("outcome", None),
                            (
                                "outcome__in",
                                [
                                    wellbeing.domain.risk.RiskOutcome["PASSED_ON"],
                                    wellbeing.domain.risk.RiskOutcome["KNOWN"],
                                    wellbeing.domain.risk.RiskOutcome["NO_DANGER"],
                                    wellbeing.domain.risk.RiskOutcome["UNKNOWN"],
                                ],
                            ),
                            _connector="OR",
                        ),
                        name="risk_report_outcome_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("outcome_by", None),
                            models.Q(("outcome_by", models.F("reported_by")), _negated=True),
                            _connector="OR",
                        ),
                        name="risk_report_answered_by_another",
                    ),
                ],
            },
        ),
    ]
