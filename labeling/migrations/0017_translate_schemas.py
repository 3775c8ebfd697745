"""The words of label schemas in the languages of those who read them."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import labeling.models.clock

IMMUTABLE = """
CREATE TRIGGER labeling_schematranslation_immutable BEFORE UPDATE OR DELETE ON labeling_schematranslation
    FOR EACH ROW EXECUTE FUNCTION labeling_refuse_change();
CREATE TRIGGER labeling_schematranslation_not_truncated BEFORE TRUNCATE ON labeling_schematranslation
    FOR EACH STATEMENT EXECUTE FUNCTION labeling_refuse_change();
ALTER TABLE labeling_schematranslation ENABLE ALWAYS TRIGGER labeling_schematranslation_immutable;
ALTER TABLE labeling_schematranslation ENABLE ALWAYS TRIGGER labeling_schematranslation_not_truncated;
"""
MUTABLE = """
DROP TRIGGER labeling_schematranslation_not_truncated ON labeling_schematranslation;
DROP TRIGGER labeling_schematranslation_immutable ON labeling_schematranslation;
"""


class Migration(migrations.Migration):
    dependencies = [
        ("labeling", "0016_image_items"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="SchemaTranslation",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("language", models.CharField(max_length=35)),
                ("revision", models.PositiveIntegerField()),
                ("texts", models.JSONField()),
                ("is_reviewed", models.BooleanField(default=False)),
                (
                    "published_at",
                    models.DateTimeField(db_default=labeling.models.clock.RespiteNow(), editable=False),
                ),
                (
                    "published_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "schema",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="translations",
                        to="labeling.labelschema",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=("schema", "language", "revision"), name="labeling_schematranslation_once"
                    )
                ],
            },
        ),
        migrations.RunSQL(IMMUTABLE, MUTABLE),
    ]
