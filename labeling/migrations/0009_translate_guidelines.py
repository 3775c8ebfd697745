"""Guidelines in the languages of those who read them."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import labeling.models.clock

IMMUTABLE = """
CREATE TRIGGER labeling_guidelinetranslation_immutable BEFORE UPDATE OR DELETE ON labeling_guidelinetranslation
    FOR EACH ROW EXECUTE FUNCTION labeling_refuse_change();
CREATE TRIGGER labeling_guidelinetranslation_not_truncated BEFORE TRUNCATE ON labeling_guidelinetranslation
    FOR EACH STATEMENT EXECUTE FUNCTION labeling_refuse_change();
ALTER TABLE labeling_guidelinetranslation ENABLE ALWAYS TRIGGER labeling_guidelinetranslation_immutable;
ALTER TABLE labeling_guidelinetranslation ENABLE ALWAYS TRIGGER labeling_guidelinetranslation_not_truncated;
"""
MUTABLE = """
DROP TRIGGER labeling_guidelinetranslation_not_truncated ON labeling_guidelinetranslation;
DROP TRIGGER labeling_guidelinetranslation_immutable ON labeling_guidelinetranslation;
"""


class Migration(migrations.Migration):
    dependencies = [
        ("labeling", "0008_release_notes"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    # The new column has a constant default: PostgreSQL writes no row for it, so the trigger of published rows is quiet.
    operations = [
        migrations.AddField(
            model_name="guideline",
            name="language",
            field=models.CharField(db_default="en", default="en", max_length=35),
        ),
        migrations.CreateModel(
            name="GuidelineTranslation",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("language", models.CharField(max_length=35)),
                ("body", models.TextField()),
                (
                    "published_at",
                    models.DateTimeField(db_default=labeling.models.clock.RespiteNow(), editable=False),
                ),
                (
                    "guideline",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="translations",
                        to="labeling.guideline",
                    ),
                ),
                (
                    "published_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
        ),
        migrations.AddConstraint(
            model_name="guidelinetranslation",
            constraint=models.UniqueConstraint(
                fields=("guideline", "language"), name="labeling_guidelinetranslation_once"
            ),
        ),
        migrations.RunSQL(IMMUTABLE, MUTABLE),
    ]
