"""What people agreed to before anything is handed to them, what each team's work may contain, first days.

Every category that was ever named counts for every team, until its schemas are published again: whoever is asked now
is asked about too much rather than about too little.
"""

import django.contrib.postgres.fields
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import wellbeing.models.respite_now

CARRY_OVER = """
INSERT INTO public.team_category (team_id, category, definition)
SELECT t.id, h.code, '' FROM public.people_team t CROSS JOIN public.harm_category h
"""

APPEND_ONLY = """
CREATE FUNCTION public.consent_only_of_the_erased() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (SELECT FROM public.people_user WHERE id = OLD.person_id AND erased_at IS NOT NULL) THEN
        RETURN OLD;
    END IF;
    RAISE EXCEPTION 'consent is append-only: DELETE refused' USING ERRCODE = 'restrict_violation';
END $$;
CREATE TRIGGER consent_append_only BEFORE UPDATE OR TRUNCATE ON public.consent
    FOR EACH STATEMENT EXECUTE FUNCTION public.append_only();
CREATE TRIGGER consent_only_of_the_erased BEFORE DELETE ON public.consent
    FOR EACH ROW EXECUTE FUNCTION public.consent_only_of_the_erased();
ALTER TABLE public.consent ENABLE ALWAYS TRIGGER consent_append_only;
ALTER TABLE public.consent ENABLE ALWAYS TRIGGER consent_only_of_the_erased;

CREATE FUNCTION public.forget_consent(the_person bigint) RETURNS void
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    DELETE FROM public.consent WHERE person_id = the_person;
END $$;
REVOKE ALL ON FUNCTION public.forget_consent(bigint) FROM PUBLIC;
"""

UNDO = """
DROP FUNCTION public.forget_consent(bigint);
DROP TRIGGER consent_only_of_the_erased ON public.consent;
DROP TRIGGER consent_append_only ON public.consent;
DROP FUNCTION public.consent_only_of_the_erased();
"""


class Migration(migrations.Migration):
    dependencies = [
        ("people", "0003_erasure"),
        ("wellbeing", "0015_forget_remains"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Consent",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("version", models.PositiveSmallIntegerField()),
                (
                    "categories",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.TextField(), default=list, size=None
                    ),
                ),
                ("is_withdrawn", models.BooleanField(default=False)),
                ("language", models.TextField()),
                (
                    "at",
                    models.DateTimeField(
                        db_default=wellbeing.models.respite_now.RespiteNow(), editable=False
                    ),
                ),
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
                "db_table": "consent",
                "indexes": [models.Index(fields=["person", "-id"], name="consent_last_of_person")],
            },
        ),
        migrations.CreateModel(
            name="FirstDays",
            fields=[
                (
                    "person",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        primary_key=True,
                        related_name="+",
                        serialize=False,
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "done",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.TextField(), default=list, size=None
                    ),
                ),
                ("is_dismissed", models.BooleanField(default=False)),
            ],
            options={"db_table": "first_days"},
        ),
        migrations.CreateModel(
            name="TeamCategory",
            fields=[
                (
                    "pk",
                    models.CompositePrimaryKey(
                        "team_id",
                        "category",
                        blank=True,
                        editable=False,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                ("category", models.TextField()),
                ("definition", models.TextField(blank=True, default="")),
                (
                    "team",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="people.team"
                    ),
                ),
            ],
            options={"db_table": "team_category"},
        ),
        migrations.RunSQL(APPEND_ONLY, UNDO),
        migrations.RunSQL(CARRY_OVER, migrations.RunSQL.noop),
    ]
