"""Names and definitions of categories in the languages of those who choose about them and agree to them."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("wellbeing", "0017_display"),
    ]

    operations = [
        migrations.AddField(
            model_name="harmcategory",
            name="translations",
            field=models.JSONField(db_default={}, default=dict),
        ),
        migrations.AddField(
            model_name="teamcategory",
            name="translations",
            field=models.JSONField(db_default={}, default=dict),
        ),
    ]
