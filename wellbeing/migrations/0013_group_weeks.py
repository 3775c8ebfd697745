"""Weekly figures of groups: five people or hidden, added once, never changed."""

import django.contrib.postgres.fields
import django.db.models.deletion
from django.db import migrations, models

import wellbeing.domain.groups
import wellbeing.models.respite_now

FROZEN = """
CREATE TRIGGER group_week_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON public.group_week
    FOR EACH STATEMENT EXECUTE FUNCTION public.append_only();
ALTER TABLE public.group_week ENABLE ALWAYS TRIGGER group_week_append_only;
"""


class Migration(migrations.Migration):
    dependencies = [
        ("people", "0003_erasure"),
        ("wellbeing", "0012_risk_reports"),
    ]

    operations = [
        migrations.CreateModel(
            name="GroupWeek",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("week", models.DateField()),
                ("kind", models.TextField()),
                ("key", models.TextField()),
                ("value", models.BigIntegerField(null=True)),
                ("people", models.PositiveIntegerField(null=True)),
                (
                    "made_at",
                    models.DateTimeField(
                        db_default=wellbeing.models.respite_now.RespiteNow(), editable=False
                    ),
                ),
                (
                    "team",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.team"
                    ),
                ),
            ],
            options={
                "db_table": "group_week",
                "constraints": [
                    models.UniqueConstraint(fields=("week", "team", "kind", "key"), name="group_week_once"),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "kind__in",
                                [
                                    wellbeing.domain.groups.Kind["POINTS_BY_SEVERITY"],
                                    wellbeing.domain.groups.Kind["MINUTES_BY_SEVERITY"],
                                    wellbeing.domain.groups.Kind["SHARE_BY_CATEGORY"],
                                    wellbeing.domain.groups.Kind["SHARE_BY_HOUR"],
                                ],
                            )
                        ),
                        name="group_week_kind_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("week__iso_week_day", 1)), name="group_week_from_monday"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("people", None), ("value", None)),
                            models.Q(
                                ("people__gte", 5),
                                ("people__isnull", False),
                                ("value__gte", 0),
                                ("value__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="group_week_five_or_hidden",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="GroupWeekPeople",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("week", models.DateField()),
                ("kind", models.TextField()),
                ("key", models.TextField()),
                (
                    "people",
                    django.contrib.postgres.fields.ArrayField(base_field=models.BigIntegerField(), size=None),
                ),
                (
                    "team",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.team"
                    ),
                ),
            ],
            options={
                "db_table": "group_week_people",
                "constraints": [
                    models.UniqueConstraint(
                        fields=("week", "team", "kind", "key"), name="group_week_people_once"
                    )
                ],
            },
        ),
        # Dropped with its table.
        migrations.RunSQL(FROZEN, migrations.RunSQL.noop),
    ]
