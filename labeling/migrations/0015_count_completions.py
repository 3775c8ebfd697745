from django.db import migrations, models

PAGE = 5000

# Only pairs have completions; everything else keeps the default. Page by page in the order of ids, each in a
# transaction of its own, so that no lock is held for long.
_COUNT = """
WITH page AS (
    SELECT item.id,
           CASE WHEN jsonb_typeof(content.body -> 'completions') = 'array'
                THEN jsonb_array_length(content.body -> 'completions')
                ELSE (content.body ? 'completion')::int END AS completions
      FROM labeling_item item JOIN labeling_itemcontent content ON content.item_id = item.id
     WHERE item.id > %s AND item.kind = 'pair'
     ORDER BY item.id LIMIT %s
), counted AS (
    UPDATE labeling_item item SET completions = page.completions FROM page WHERE item.id = page.id
)
SELECT max(id) FROM page
"""


def count(apps, schema_editor):
    last = 0
    while last is not None:
        with schema_editor.connection.cursor() as cursor:
            cursor.execute(_COUNT, [last, PAGE])
            last = cursor.fetchone()[0]


class Migration(migrations.Migration):
    # A new column with a constant default: PostgreSQL rewrites nothing, however large the table.

    atomic = False
    dependencies = [("labeling", "0014_questions_and_appeals")]

    operations = [
        migrations.AddField("item", "completions", models.PositiveSmallIntegerField(default=0, db_default=0)),
        migrations.RunPython(count, migrations.RunPython.noop, elidable=True),
    ]
