"""How items first appear to each person, and the floor under it; own_display() reads both for one item.

A statement of another app may call it, so that reading an item's card stays one statement.
"""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models
from django.db.models import Q

import wellbeing.models.respite_now

OWN_DISPLAY = """
CREATE FUNCTION public.own_display(the_person bigint, categories text[]) RETURNS jsonb LANGUAGE sql STABLE AS $$
SELECT jsonb_build_object(
    'floor', (SELECT f.value FROM public.display_floor f ORDER BY f.id DESC LIMIT 1),
    'choices', COALESCE((
        SELECT jsonb_agg(jsonb_build_array(asked.code, c.first_text, c.first_picture, c.keeps_grey))
          FROM unnest(categories || ''::text) asked(code)
          LEFT JOIN public.harm_category h ON h.code = asked.code
          JOIN public.display_choice c
            ON c.person_id = the_person AND (c.category = asked.code OR c.category = ANY (h.ancestors))
    ), '[]'::jsonb))
$$;
COMMENT ON FUNCTION public.own_display(bigint, text[]) IS
    'How items of these categories first appear to that person, and the floor: wellbeing.queries.display';
"""


class Migration(migrations.Migration):
    dependencies = [
        ("wellbeing", "0016_consent"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="DisplayChoice",
            fields=[
                (
                    "pk",
                    models.CompositePrimaryKey(
                        "person_id", "category", blank=True, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("category", models.TextField()),
                ("first_text", models.TextField(blank=True)),
                ("first_picture", models.TextField(blank=True)),
                ("keeps_grey", models.BooleanField(default=True)),
                ("text_size", models.PositiveSmallIntegerField(default=0)),
                ("line_spacing", models.PositiveSmallIntegerField(default=0)),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "db_table": "display_choice",
                "constraints": [
                    models.CheckConstraint(
                        condition=Q(
                            first_text__in=["", "masked", "parts", "full"],
                            first_picture__in=["", "low", "full"],
                        ),
                        name="display_choice_first_known",
                    ),
                    models.CheckConstraint(
                        condition=Q(text_size__in=[0, 1, 2], line_spacing__in=[0, 1, 2]),
                        name="display_choice_look_known",
                    ),
                    models.CheckConstraint(
                        condition=(Q(category="") & ~Q(first_text="") & ~Q(first_picture=""))
                        | (
                            ~Q(category="")
                            & Q(keeps_grey=True, text_size=0, line_spacing=0)
                            & ~Q(first_text="", first_picture="")
                        ),
                        name="display_choice_says_something",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="DisplayFloor",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("value", models.TextField()),
                (
                    "at",
                    models.DateTimeField(
                        db_default=wellbeing.models.respite_now.RespiteNow(), editable=False
                    ),
                ),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "db_table": "display_floor",
                "constraints": [
                    models.CheckConstraint(
                        condition=Q(value__in=["masked", "parts", "full"]), name="display_floor_known"
                    ),
                ],
            },
        ),
        migrations.RunSQL(OWN_DISPLAY, "DROP FUNCTION public.own_display(bigint, text[]);"),
    ]
