"""Published schemas, guidelines and release rows are added to and read, never changed.

The runtime role holds no UPDATE or DELETE on them (labeling.apps); the trigger says the same to everybody else.
"""

from django.db import migrations

TABLES = ("labeling_labelschema", "labeling_guideline", "labeling_releaserow")

FORWARDS = """
CREATE FUNCTION labeling_refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION '% is published and cannot be changed', TG_TABLE_NAME
          USING ERRCODE = 'restrict_violation', CONSTRAINT = TG_TABLE_NAME || '_immutable';
END $$;
""" + "\n".join(
    f"""
CREATE TRIGGER {table}_immutable BEFORE UPDATE OR DELETE ON {table}
    FOR EACH ROW EXECUTE FUNCTION labeling_refuse_change();
CREATE TRIGGER {table}_not_truncated BEFORE TRUNCATE ON {table}
    FOR EACH STATEMENT EXECUTE FUNCTION labeling_refuse_change();
ALTER TABLE {table} ENABLE ALWAYS TRIGGER {table}_immutable;
ALTER TABLE {table} ENABLE ALWAYS TRIGGER {table}_not_truncated;
"""
    for table in TABLES
)

BACKWARDS = (
    "\n".join(
        f"DROP TRIGGER {table}_not_truncated ON {table}; DROP TRIGGER {table}_immutable ON {table};"
        for table in TABLES
    )
    + "DROP FUNCTION labeling_refuse_change();"
)


class Migration(migrations.Migration):
    dependencies = [("labeling", "0001_projects_tasks_and_leases")]

    operations = [migrations.RunSQL(FORWARDS, BACKWARDS)]
