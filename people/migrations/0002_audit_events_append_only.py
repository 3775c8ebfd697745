"""Audit events can be added and read, and nothing else, by anybody; the server sets their time."""

from django.db import migrations

APPEND_ONLY = """
CREATE FUNCTION people_auditevent_stamp() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    NEW.at := clock_timestamp();
    RETURN NEW;
END $$;

CREATE FUNCTION people_auditevent_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'audit events are append-only: % refused', TG_OP USING ERRCODE = 'restrict_violation';
END $$;

CREATE TRIGGER people_auditevent_stamp BEFORE INSERT ON people_auditevent
    FOR EACH ROW EXECUTE FUNCTION people_auditevent_stamp();
CREATE TRIGGER people_auditevent_refuse BEFORE UPDATE OR DELETE OR TRUNCATE ON people_auditevent
    FOR EACH STATEMENT EXECUTE FUNCTION people_auditevent_refuse();

-- Also when a session calls itself a replica.
ALTER TABLE people_auditevent ENABLE ALWAYS TRIGGER people_auditevent_stamp;
ALTER TABLE people_auditevent ENABLE ALWAYS TRIGGER people_auditevent_refuse;
"""

OPEN_AGAIN = """
DROP TRIGGER people_auditevent_refuse ON people_auditevent;
DROP TRIGGER people_auditevent_stamp ON people_auditevent;
DROP FUNCTION people_auditevent_refuse();
DROP FUNCTION people_auditevent_stamp();
"""


class Migration(migrations.Migration):
    dependencies = [("people", "0001_people")]

    operations = [migrations.RunSQL(APPEND_ONLY, OPEN_AGAIN)]
