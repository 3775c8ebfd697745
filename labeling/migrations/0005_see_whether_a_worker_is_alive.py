"""What an import or release says of the worker that does it. Small tables, and columns that rewrite none of them."""

from django.db import migrations, models

ADDED = {
    "sent_at": models.DateTimeField(null=True),
    "turn": models.UUIDField(null=True),
    "alive_at": models.DateTimeField(null=True),
    "tries": models.PositiveSmallIntegerField(db_default=0, default=0),
}


class Migration(migrations.Migration):
    dependencies = [("labeling", "0004_prove_new_declarations")]

    operations = [
        migrations.AddField("import", "mapping", models.JSONField(blank=True, db_default={}, default=dict)),
        migrations.AddField("import", "ignored", models.JSONField(blank=True, db_default=[], default=list)),
        *(
            migrations.AddField(model, name, field.clone())
            for model in ("import", "release")
            for name, field in ADDED.items()
        ),
        *(
            migrations.AddConstraint(
                model,
                models.CheckConstraint(
                    name=f"labeling_{model}_turn_shows_life",
                    condition=models.Q(turn__isnull=True, alive_at__isnull=True)
                    | models.Q(turn__isnull=False, alive_at__isnull=False),
                ),
            )
            for model in ("import", "release")
        ),
    ]
