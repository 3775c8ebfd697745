import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    # New columns that may be null, with the foreign key in the same clause: PostgreSQL rewrites nothing and looks at no
    # row, however large the table. Both lock it for a moment only; no index, because nothing looks a lease up by them.

    dependencies = [("labeling", "0005_see_whether_a_worker_is_alive")]

    operations = [
        migrations.AddField(
            "lease",
            "schema",
            models.ForeignKey(
                "labeling.LabelSchema",
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                db_index=False,
            ),
        ),
        migrations.AddField(
            "lease",
            "guideline",
            models.ForeignKey(
                "labeling.Guideline",
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                db_index=False,
            ),
        ),
    ]
