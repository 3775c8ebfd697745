"""The categories of the schemas there are get their names, so that people can choose about them."""

from django.db import migrations


def name_categories(apps, schema_editor):
    label_schema = apps.get_model("labeling", "LabelSchema")
    harm_category = apps.get_model("wellbeing", "HarmCategory")
    database = schema_editor.connection.alias
    named = {}
    for document in label_schema.objects.using(database).order_by("pk").values_list("document", flat=True):
        for question in document.get("questions", []):
            known = {category["id"]: category for category in question.get("categories", [])}
            for code, category in known.items():
                above, parent = [], category.get("parent")
                while parent in known and parent not in above:
                    above.append(parent)
                    parent = known[parent].get("parent")
                named[code] = (category.get("name", code), above)
    harm_category.objects.using(database).bulk_create(
        [harm_category(code=code, name=name, ancestors=above) for code, (name, above) in named.items()],
        ignore_conflicts=True,
    )


class Migration(migrations.Migration):
    dependencies = [
        ("labeling", "0006_leases_pin_schema_and_guideline"),
        ("wellbeing", "0006_looser_needs_two"),
    ]

    operations = [migrations.RunPython(name_categories, migrations.RunPython.noop)]
