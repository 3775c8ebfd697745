"""Which versions of schema and guideline a person knows."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import labeling.models.clock


class Migration(migrations.Migration):
    dependencies = [
        ("labeling", "0012_guideline_looks"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="RulesRead",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("schema_version", models.PositiveIntegerField()),
                ("guideline_version", models.PositiveIntegerField()),
                (
                    "read_at",
                    models.DateTimeField(db_default=labeling.models.clock.RespiteNow(), editable=False),
                ),
                (
                    "person",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "project",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="labeling.project"
                    ),
                ),
            ],
        ),
        migrations.AddConstraint(
            model_name="rulesread",
            constraint=models.UniqueConstraint(
                fields=("person", "project", "schema_version", "guideline_version"),
                name="labeling_rulesread_once",
            ),
        ),
    ]
