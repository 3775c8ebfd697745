"""Who is looking at an example or a masked word, while they do."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import labeling.models.clock


class Migration(migrations.Migration):
    dependencies = [
        ("labeling", "0011_glossary"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="GuidelineLook",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "opened_at",
                    models.DateTimeField(db_default=labeling.models.clock.RespiteNow(), editable=False),
                ),
                (
                    "example",
                    models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="labeling.guidelineexample",
                    ),
                ),
                (
                    "person",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "term",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="labeling.glossaryterm",
                    ),
                ),
            ],
        ),
        migrations.AddConstraint(
            model_name="guidelinelook",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("example__isnull", False), ("term", None)),
                    models.Q(("example", None), ("term__isnull", False)),
                    _connector="OR",
                ),
                name="labeling_guidelinelook_at_one_thing",
            ),
        ),
    ]
