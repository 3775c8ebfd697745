"""Examples beside a guideline; their text apart, as an item's is."""

import django.contrib.postgres.fields
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import labeling.models.clock

IMMUTABLE = """
CREATE TRIGGER labeling_guidelineexamplecontent_immutable BEFORE UPDATE OR DELETE ON labeling_guidelineexamplecontent
    FOR EACH ROW EXECUTE FUNCTION labeling_refuse_change();
CREATE TRIGGER labeling_guidelineexamplecontent_not_truncated BEFORE TRUNCATE ON labeling_guidelineexamplecontent
    FOR EACH STATEMENT EXECUTE FUNCTION labeling_refuse_change();
ALTER TABLE labeling_guidelineexamplecontent ENABLE ALWAYS TRIGGER labeling_guidelineexamplecontent_immutable;
ALTER TABLE labeling_guidelineexamplecontent ENABLE ALWAYS TRIGGER labeling_guidelineexamplecontent_not_truncated;
"""
MUTABLE = """
DROP TRIGGER labeling_guidelineexamplecontent_not_truncated ON labeling_guidelineexamplecontent;
DROP TRIGGER labeling_guidelineexamplecontent_immutable ON labeling_guidelineexamplecontent;
"""


class Migration(migrations.Migration):
    dependencies = [
        ("labeling", "0009_translate_guidelines"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="GuidelineExample",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[("yes", "A clear case"), ("no", "Not a case"), ("edge", "A close call")],
                        max_length=20,
                    ),
                ),
                ("expected", models.JSONField(default=dict)),
                ("severity", models.SmallIntegerField()),
                (
                    "categories",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.TextField(), default=list, size=None
                    ),
                ),
                ("note", models.CharField(blank=True, max_length=500)),
                ("language", models.CharField(blank=True, max_length=35)),
                (
                    "part_words",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.PositiveIntegerField(), default=list, size=None
                    ),
                ),
                ("since_version", models.PositiveIntegerField()),
                ("until_version", models.PositiveIntegerField(null=True)),
                (
                    "added_at",
                    models.DateTimeField(db_default=labeling.models.clock.RespiteNow(), editable=False),
                ),
                (
                    "added_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "project",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="examples",
                        to="labeling.project",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="GuidelineExampleContent",
            fields=[
                (
                    "example",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        primary_key=True,
                        related_name="content",
                        serialize=False,
                        to="labeling.guidelineexample",
                    ),
                ),
                ("body", models.JSONField()),
            ],
        ),
        migrations.AddConstraint(
            model_name="guidelineexample",
            constraint=models.CheckConstraint(
                condition=models.Q(("kind__in", ["yes", "no", "edge"])),
                name="labeling_guidelineexample_kind_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="guidelineexample",
            constraint=models.CheckConstraint(
                condition=models.Q(("severity__range", (0, 4))),
                name="labeling_guidelineexample_severity_range",
            ),
        ),
        migrations.AddConstraint(
            model_name="guidelineexample",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("until_version", None),
                    ("until_version__gte", models.F("since_version")),
                    _connector="OR",
                ),
                name="labeling_guidelineexample_until_after_since",
            ),
        ),
        migrations.RunSQL(IMMUTABLE, MUTABLE),
    ]
