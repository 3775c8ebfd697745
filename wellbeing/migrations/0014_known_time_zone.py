"""Whether this server knows a time zone, without asking pg_timezone_names, which reads hundreds of files each time."""

from django.db import migrations

KNOWN_TIME_ZONE = """
CREATE FUNCTION public.known_time_zone(name text) RETURNS text LANGUAGE plpgsql STABLE AS $$
BEGIN
    PERFORM now() AT TIME ZONE name;
    RETURN name;
EXCEPTION WHEN invalid_parameter_value THEN
    RETURN NULL;
END
$$;
COMMENT ON FUNCTION public.known_time_zone(text) IS 'The name if this server can reckon in that time zone, else NULL';
"""


class Migration(migrations.Migration):
    dependencies = [("wellbeing", "0013_group_weeks")]

    operations = [migrations.RunSQL(KNOWN_TIME_ZONE, "DROP FUNCTION public.known_time_zone(text);")]
