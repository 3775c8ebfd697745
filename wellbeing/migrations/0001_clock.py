"""Time: respite_now(), and the offset that only a demo or a test may set and that only grows."""

import datetime

from django.db import migrations, models

# Names are qualified: a temporary table of the runtime role must not stand in for the real one.
CLOCK = """
CREATE FUNCTION public.respite_now() RETURNS timestamptz LANGUAGE sql VOLATILE PARALLEL SAFE AS $$
    SELECT pg_catalog.clock_timestamp()
         + COALESCE((SELECT amount FROM public.clock_offset WHERE id = 1), interval '0')
$$;

CREATE FUNCTION public.clock_offset_only_grows() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.amount < OLD.amount THEN
        RAISE EXCEPTION 'the clock cannot be set back' USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$;

CREATE TRIGGER clock_offset_only_grows BEFORE UPDATE ON public.clock_offset
    FOR EACH ROW EXECUTE FUNCTION public.clock_offset_only_grows();
ALTER TABLE public.clock_offset ENABLE ALWAYS TRIGGER clock_offset_only_grows;
"""

NO_CLOCK = """
DROP TRIGGER clock_offset_only_grows ON public.clock_offset;
DROP FUNCTION public.clock_offset_only_grows();
DROP FUNCTION public.respite_now();
"""


class Migration(migrations.Migration):
    initial = True

    dependencies = []

    operations = [
        migrations.CreateModel(
            name="ClockOffset",
            fields=[
                ("id", models.PositiveSmallIntegerField(default=1, primary_key=True, serialize=False)),
                ("amount", models.DurationField(default=datetime.timedelta)),
            ],
            options={
                "db_table": "clock_offset",
                "constraints": [
                    models.CheckConstraint(condition=models.Q(("id", 1)), name="clock_offset_one_row"),
                    models.CheckConstraint(
                        condition=models.Q(("amount__gte", datetime.timedelta())),
                        name="clock_offset_forward",
                    ),
                ],
            },
        ),
        migrations.RunSQL(CLOCK, NO_CLOCK),
    ]
