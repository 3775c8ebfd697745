"""A policy that is looser than the one before it needs a second person, whoever writes it; and rotation has a ceiling.

Ceilings and defaults are written out once more on purpose (see 0004); tests/integration/wellbeing holds the lists
against those of wellbeing.domain.policy.
"""

from django.db import migrations

CEILINGS = """
CREATE OR REPLACE FUNCTION public.policy_version_below_ceiling() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    number record;
    ceilings constant jsonb := '{
        "day_points": 240000, "day_open_ms": 14400000, "day_extreme_points": 60000,
        "week_points": 960000, "month_points": 3840000,
        "micro_after_ms": 3300000, "micro_after_points": 60000,
        "long_after_ms": 10800000, "long_after_points": 120000, "category_days": 10}';
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
"""

CEILINGS_BEFORE = """
CREATE OR REPLACE FUNCTION public.policy_version_below_ceiling() RETURNS trigger LANGUAGE plpgsql AS $$
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
"""

TWO_PEOPLE = """
CREATE FUNCTION public.policy_version_looser_needs_two() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    limit_name text;
    before jsonb;
    lengths constant text[] := '{micro_length_ms,long_length_ms}';
    defaults constant jsonb := '{
        "day_points": 120000, "day_open_ms": 14400000, "day_extreme_points": 30000,
        "week_points": 480000, "month_points": 1920000,
        "micro_after_ms": 3000000, "micro_after_points": 30000, "micro_length_ms": 300000,
        "long_after_ms": 7200000, "long_after_points": 60000, "long_length_ms": 900000, "category_days": 5}';
    old_number bigint;
    new_number bigint;
BEGIN
    IF NEW.scope = 'person' OR NEW.cosigned_by_id IS NOT NULL THEN
        RETURN NEW;  -- one's own limits only ever tighten what the others say
    END IF;
    SELECT numbers INTO before FROM public.policy_version
     WHERE scope = NEW.scope AND team_id IS NOT DISTINCT FROM NEW.team_id
     ORDER BY valid_from DESC, id DESC LIMIT 1;
    FOR limit_name IN SELECT jsonb_object_keys(defaults) LOOP
        -- What a version does not name is the default, or for a team whatever the organisation says.
        old_number := COALESCE(before ->> limit_name, defaults ->> limit_name)::bigint;
        new_number := COALESCE(NEW.numbers ->> limit_name, defaults ->> limit_name)::bigint;
        IF NEW.scope = 'team' AND NOT COALESCE(before, '{}'::jsonb) ? limit_name THEN
            CONTINUE;  -- nothing stood, so nothing is loosened: the strictest of all scopes wins
        END IF;
        IF (limit_name = ANY (lengths) AND new_number < old_number)
           OR (limit_name <> ALL (lengths) AND new_number > old_number)
           OR (NEW.scope = 'team' AND NOT NEW.numbers ? limit_name) THEN
            RAISE EXCEPTION '% is looser than before: that needs a second person', limit_name
                USING ERRCODE = 'check_violation';
        END IF;
    END LOOP;
    RETURN NEW;
END $$;

CREATE TRIGGER policy_version_looser_needs_two BEFORE INSERT ON public.policy_version
    FOR EACH ROW EXECUTE FUNCTION public.policy_version_looser_needs_two();
ALTER TABLE public.policy_version ENABLE ALWAYS TRIGGER policy_version_looser_needs_two;
"""

ONE_IS_ENOUGH = """
DROP TRIGGER policy_version_looser_needs_two ON public.policy_version;
DROP FUNCTION public.policy_version_looser_needs_two();
"""


class Migration(migrations.Migration):
    dependencies = [("wellbeing", "0005_ramp_choices_calendar")]

    operations = [
        migrations.RunSQL(CEILINGS, CEILINGS_BEFORE),
        migrations.RunSQL(TWO_PEOPLE, ONE_IS_ENOUGH),
    ]
