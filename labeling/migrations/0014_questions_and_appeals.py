"""Questions to the lead, and appeals against decisions."""

import uuid

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import labeling.models.clock


class Migration(migrations.Migration):
    dependencies = [
        ("labeling", "0013_rules_read"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="TaskQuestion",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, primary_key=True, serialize=False)),
                ("sealed", models.BinaryField()),
                (
                    "asked_at",
                    models.DateTimeField(db_default=labeling.models.clock.RespiteNow(), editable=False),
                ),
                ("reply_sealed", models.BinaryField(null=True)),
                ("replied_at", models.DateTimeField(null=True)),
                ("seen_at", models.DateTimeField(null=True)),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "replied_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "task",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="questions",
                        to="labeling.task",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Appeal",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, primary_key=True, serialize=False)),
                ("reason_sealed", models.BinaryField(null=True)),
                (
                    "appealed_at",
                    models.DateTimeField(db_default=labeling.models.clock.RespiteNow(), editable=False),
                ),
                (
                    "outcome",
                    models.CharField(
                        blank=True,
                        choices=[("kept", "kept"), ("changed", "to be changed")],
                        default="",
                        max_length=20,
                    ),
                ),
                ("answer_sealed", models.BinaryField(null=True)),
                ("decided_at", models.DateTimeField(null=True)),
                ("seen_at", models.DateTimeField(null=True)),
                (
                    "decided_by",
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
                (
                    "task",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="appeals",
                        to="labeling.task",
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(
                        condition=models.Q(("outcome", "")),
                        fields=["appealed_at"],
                        name="labeling_appeal_waiting",
                    )
                ],
                "constraints": [
                    models.UniqueConstraint(fields=("task", "person"), name="labeling_appeal_once"),
                    models.CheckConstraint(
                        condition=models.Q(("outcome__in", ["", "kept", "changed"])),
                        name="labeling_appeal_outcome_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("answer_sealed", None),
                                ("decided_at", None),
                                ("decided_by", None),
                                ("outcome", ""),
                                ("seen_at", None),
                            ),
                            models.Q(
                                models.Q(("outcome", ""), _negated=True),
                                ("decided_at__isnull", False),
                                ("decided_by__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="labeling_appeal_outcome_whole_or_none",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("decided_by", None),
                            models.Q(("decided_by", models.F("person")), _negated=True),
                            _connector="OR",
                        ),
                        name="labeling_appeal_decided_by_another",
                    ),
                ],
            },
        ),
        migrations.AddIndex(
            model_name="taskquestion",
            index=models.Index(
                condition=models.Q(("replied_at", None)),
                fields=["asked_at"],
                name="labeling_taskquestion_waiting",
            ),
        ),
        migrations.AddConstraint(
            model_name="taskquestion",
            constraint=models.UniqueConstraint(
                condition=models.Q(("replied_at", None)),
                fields=("task", "person"),
                name="labeling_taskquestion_one_open",
            ),
        ),
        migrations.AddConstraint(
            model_name="taskquestion",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("replied_at", None), ("replied_by", None), ("reply_sealed", None), ("seen_at", None)
                    ),
                    models.Q(
                        ("replied_at__isnull", False),
                        ("replied_by__isnull", False),
                        ("reply_sealed__isnull", False),
                    ),
                    _connector="OR",
                ),
                name="labeling_taskquestion_reply_whole_or_none",
            ),
        ),
        migrations.AddConstraint(
            model_name="taskquestion",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("replied_by", None),
                    models.Q(("replied_by", models.F("person")), _negated=True),
                    _connector="OR",
                ),
                name="labeling_taskquestion_replied_by_another",
            ),
        ),
    ]
