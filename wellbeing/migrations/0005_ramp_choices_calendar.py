"""Ramp-up, private choices by category, rotation, the calendar, and looser policies that two people sign."""

import django.contrib.postgres.fields
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import wellbeing.models.respite_now

# Until today nobody had weights of their own; and ramp-up began for everybody with their first day.
CARRY_OVER = """
UPDATE dose_day SET policy_points_reserved = points_reserved, policy_points_charged = points_charged;
INSERT INTO ramp_step (person_id, step, since) SELECT person_id, 1, min(day) FROM dose_day GROUP BY person_id;
"""


class Migration(migrations.Migration):
    dependencies = [
        ("people", "0002_audit_events_append_only"),
        ("wellbeing", "0004_policy_below_ceiling"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="CategoryChoice",
            fields=[
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "pk",
                    models.CompositePrimaryKey(
                        "person_id", "category", blank=True, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("category", models.TextField()),
                ("is_refused", models.BooleanField(default=False)),
                ("self_weight", models.PositiveSmallIntegerField(default=1000)),
            ],
            options={
                "db_table": "category_choice",
            },
        ),
        migrations.CreateModel(
            name="CategoryDay",
            fields=[
                (
                    "dosimeter",
                    models.ForeignKey(
                        db_column="person_id",
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="wellbeing.dosimeter",
                    ),
                ),
                (
                    "pk",
                    models.CompositePrimaryKey(
                        "dosimeter_id",
                        "day",
                        "category",
                        blank=True,
                        editable=False,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                ("day", models.DateField()),
                ("category", models.TextField()),
            ],
            options={
                "db_table": "category_day",
            },
        ),
        migrations.CreateModel(
            name="HarmCategory",
            fields=[
                ("code", models.TextField(primary_key=True, serialize=False)),
                ("name", models.TextField()),
                (
                    "ancestors",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.TextField(), default=list, size=None
                    ),
                ),
            ],
            options={
                "db_table": "harm_category",
            },
        ),
        migrations.CreateModel(
            name="LeavePeriod",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("first_day", models.DateField()),
                ("last_day", models.DateField()),
            ],
            options={
                "db_table": "leave_period",
            },
        ),
        migrations.CreateModel(
            name="PolicyProposal",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("numbers", models.JSONField()),
                ("reason", models.TextField()),
                (
                    "made_at",
                    models.DateTimeField(
                        db_default=wellbeing.models.respite_now.RespiteNow(), editable=False
                    ),
                ),
                ("closed_at", models.DateTimeField(null=True)),
            ],
            options={
                "db_table": "policy_proposal",
            },
        ),
        migrations.CreateModel(
            name="RampStep",
            fields=[
                (
                    "person",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        primary_key=True,
                        related_name="ramp_step",
                        serialize=False,
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("step", models.PositiveSmallIntegerField()),
                ("since", models.DateField(null=True)),
            ],
            options={
                "db_table": "ramp_step",
            },
        ),
        migrations.CreateModel(
            name="WeeklyShift",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("weekday", models.PositiveSmallIntegerField()),
                ("starts", models.TimeField()),
                ("ends", models.TimeField()),
            ],
            options={
                "db_table": "weekly_shift",
            },
        ),
        migrations.RemoveConstraint(
            model_name="doseday",
            name="dose_day_never_negative",
        ),
        migrations.AddField(
            model_name="doseday",
            name="policy_points_charged",
            field=models.BigIntegerField(default=0),
        ),
        migrations.AddField(
            model_name="doseday",
            name="policy_points_reserved",
            field=models.BigIntegerField(default=0),
        ),
        migrations.AddField(
            model_name="policyversion",
            name="cosigned_by",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddConstraint(
            model_name="doseday",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("extreme_charged__gte", 0),
                    ("extreme_reserved__gte", 0),
                    ("open_ms_charged__gte", 0),
                    ("open_ms_reserved__gte", 0),
                    ("points_charged__gte", 0),
                    ("points_reserved__gte", 0),
                    ("policy_points_charged__gte", 0),
                    ("policy_points_reserved__gte", 0),
                ),
                name="dose_day_never_negative",
            ),
        ),
        migrations.AddConstraint(
            model_name="policyversion",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("cosigned_by", None),
                    models.Q(("cosigned_by", models.F("by")), _negated=True),
                    _connector="OR",
                ),
                name="policy_version_second_person",
            ),
        ),
        migrations.AddField(
            model_name="leaveperiod",
            name="person",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="leave_periods",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="policyproposal",
            name="by",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
            ),
        ),
        migrations.AddField(
            model_name="policyproposal",
            name="closed_by",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="policyproposal",
            name="team",
            field=models.ForeignKey(
                null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.team"
            ),
        ),
        migrations.AddField(
            model_name="policyproposal",
            name="version",
            field=models.OneToOneField(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="proposal",
                to="wellbeing.policyversion",
            ),
        ),
        migrations.AddConstraint(
            model_name="rampstep",
            constraint=models.CheckConstraint(
                condition=models.Q(("step__range", (1, 4))), name="ramp_step_in_range"
            ),
        ),
        migrations.AddField(
            model_name="weeklyshift",
            name="person",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="weekly_shifts",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddConstraint(
            model_name="categorychoice",
            constraint=models.CheckConstraint(
                condition=models.Q(("self_weight__in", [1000, 1500])), name="category_choice_weight_known"
            ),
        ),
        migrations.AddConstraint(
            model_name="categorychoice",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("is_refused", True), models.Q(("self_weight", 1000), _negated=True), _connector="OR"
                ),
                name="category_choice_says_something",
            ),
        ),
        migrations.AddConstraint(
            model_name="leaveperiod",
            constraint=models.CheckConstraint(
                condition=models.Q(("last_day__gte", models.F("first_day"))),
                name="leave_period_ends_after_start",
            ),
        ),
        migrations.AddConstraint(
            model_name="leaveperiod",
            constraint=models.UniqueConstraint(fields=("person", "first_day"), name="leave_period_once"),
        ),
        migrations.AddConstraint(
            model_name="policyproposal",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("closed_at", None), ("closed_by", None), ("version", None)),
                    models.Q(("closed_at__isnull", False), ("closed_by__isnull", False)),
                    _connector="OR",
                ),
                name="policy_proposal_closed_both_or_neither",
            ),
        ),
        migrations.AddConstraint(
            model_name="policyproposal",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("version", None), models.Q(("closed_by", models.F("by")), _negated=True), _connector="OR"
                ),
                name="policy_proposal_second_person",
            ),
        ),
        migrations.AddConstraint(
            model_name="policyproposal",
            constraint=models.UniqueConstraint(
                condition=models.Q(("closed_at", None)),
                fields=("team",),
                name="policy_proposal_one_open_per_team",
                nulls_distinct=False,
            ),
        ),
        migrations.AddConstraint(
            model_name="weeklyshift",
            constraint=models.CheckConstraint(
                condition=models.Q(("weekday__range", (0, 6))), name="weekly_shift_weekday_in_range"
            ),
        ),
        migrations.AddConstraint(
            model_name="weeklyshift",
            constraint=models.UniqueConstraint(
                fields=("person", "weekday", "starts"), name="weekly_shift_once"
            ),
        ),
        migrations.RunSQL(CARRY_OVER, migrations.RunSQL.noop),
    ]
