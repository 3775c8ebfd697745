"""No policy version may hold a number past the ceiling of wellbeing.domain.policy, whoever writes it.

The ceilings are written out once more on purpose: this line of defence must not move with a change of code alone.
tests/integration/wellbeing holds the two lists against each other.
"""

from django.db import migrations

CEILINGS = """
CREATE FUNCTION public.policy_version_below_ceiling() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    number record;
    ceilings constant jsonb := '{
        "day_points": 240000, "day_open_ms": 14400000, "day_extreme_points": 60000,
        "week_points": 960000, "month_points": 3840000,
        "micro_after_ms": 3300000, "micro_after_points": 60000,
        "long_after_ms": 10800000, "long_after_points": 120000}';
    floors constant jsonb := '{"micro_length_ms": 300000, "long_length_ms": 600000}';
BEGIN
    IF jsonb_typeof(NEW.numbers) <> 'object' THEN
        RAISE EXCEPTION 'the numbers of a policy are an object' USING ERRCODE = 'check_violation';
    END IF;
    FOR number IN SELECT key, value FROM jsonb_each(NEW.numbers) LOOP
        IF jsonb_typeof(number.value) <> 'number' OR number.value::text !~ '^[0-9]{1,15}$' THEN
            RAISE EXCEPTION '% is not a whole number of 0 or more', number.key USING ERRCODE = 'check_violation';
        ELSIF ceilings ? number.key THEN
            IF number.value::text::bigint > (ceilings ->> number.key)::bigint THEN
                RAISE EXCEPTION '% is past its ceiling', number.key USING ERRCODE = 'check_violation';
            END IF;
        ELSIF floors ? number.key THEN
            IF number.value::text::bigint < (floors ->> number.key)::bigint THEN
                RAISE EXCEPTION '% is below its floor', number.key USING ERRCODE = 'check_violation';
            END IF;
        ELSE
            RAISE EXCEPTION 'there is no limit called %', number.key USING ERRCODE = 'check_violation';
        END IF;
    END LOOP;
    RETURN NEW;
END $$;

CREATE TRIGGER policy_version_below_ceiling BEFORE INSERT ON public.policy_version
    FOR EACH ROW EXECUTE FUNCTION public.policy_version_below_ceiling();
ALTER TABLE public.policy_version ENABLE ALWAYS TRIGGER policy_version_below_ceiling;
"""

NO_CEILINGS = """
DROP TRIGGER policy_version_below_ceiling ON public.policy_version;
DROP FUNCTION public.policy_version_below_ceiling();
"""


class Migration(migrations.Migration):
    dependencies = [("wellbeing", "0003_ledger_append_only")]

    operations = [migrations.RunSQL(CEILINGS, NO_CEILINGS)]
