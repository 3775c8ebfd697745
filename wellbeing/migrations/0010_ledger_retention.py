"""Rows of the ledger may go after thirteen months, by the owner, under a marker that stands for them; nothing else may.

The marker is taken only when it names an old row of its chain with that row's hash, and not the last one, so that the
next row always finds what it must follow. Only rows at or under a marker can be deleted, whoever asks.
"""

from django.db import migrations, models

import wellbeing.models.respite_now

RETENTION = """
CREATE FUNCTION public.ledger_marker_stands() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NOT EXISTS (SELECT FROM public.ledger_entry
                    WHERE chain = NEW.chain AND seq = NEW.through_seq AND hash = NEW.hash) THEN
        RAISE EXCEPTION 'the marker names no row of its chain' USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    IF EXISTS (SELECT FROM public.ledger_entry
                WHERE chain = NEW.chain AND seq <= NEW.through_seq
                  AND (at > public.respite_now() - interval '13 months' OR day > NEW.through_day)) THEN
        RAISE EXCEPTION 'rows under the marker are not thirteen months old, or of a later day'
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    IF NOT EXISTS (SELECT FROM public.ledger_entry WHERE chain = NEW.chain AND seq > NEW.through_seq) THEN
        RAISE EXCEPTION 'the last row of a chain stays' USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$;

CREATE FUNCTION public.ledger_entry_only_purged() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF OLD.seq <= (SELECT max(through_seq) FROM public.ledger_marker WHERE chain = OLD.chain) THEN
        RETURN OLD;
    END IF;
    RAISE EXCEPTION 'ledger_entry is append-only: DELETE refused' USING ERRCODE = 'restrict_violation';
END $$;

CREATE TRIGGER ledger_marker_stands BEFORE INSERT ON public.ledger_marker
    FOR EACH ROW EXECUTE FUNCTION public.ledger_marker_stands();
CREATE TRIGGER ledger_marker_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON public.ledger_marker
    FOR EACH STATEMENT EXECUTE FUNCTION public.append_only();
DROP TRIGGER ledger_entry_append_only ON public.ledger_entry;
CREATE TRIGGER ledger_entry_append_only BEFORE UPDATE OR TRUNCATE ON public.ledger_entry
    FOR EACH STATEMENT EXECUTE FUNCTION public.append_only();
CREATE TRIGGER ledger_entry_only_purged BEFORE DELETE ON public.ledger_entry
    FOR EACH ROW EXECUTE FUNCTION public.ledger_entry_only_purged();
ALTER TABLE public.ledger_marker ENABLE ALWAYS TRIGGER ledger_marker_stands;
ALTER TABLE public.ledger_marker ENABLE ALWAYS TRIGGER ledger_marker_append_only;
ALTER TABLE public.ledger_entry ENABLE ALWAYS TRIGGER ledger_entry_append_only;
ALTER TABLE public.ledger_entry ENABLE ALWAYS TRIGGER ledger_entry_only_purged;

-- Not SECURITY DEFINER: whoever calls it needs the owner's rights themself.
CREATE FUNCTION public.purge_ledger_entries(
    the_chain uuid, through bigint, last_hash bytea, last_day date, marked_at timestamptz, signed text)
    RETURNS bigint LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    purged bigint;
    seen bigint[];
BEGIN
    PERFORM pg_advisory_xact_lock(hashtext('ledger_entry.purge'));
    INSERT INTO public.ledger_marker (chain, through_seq, hash, through_day, at, signature)
    VALUES (the_chain, through, last_hash, last_day, marked_at, signed);
    -- By what each view was charged at in the end: a settling corrects its reserve, whatever that was expected to be.
    INSERT INTO public.lifetime_total AS t (chain, severity, milli_points, open_ms)
    SELECT e.chain, COALESCE(v.charged_severity, v.severity, e.severity), sum(e.milli_points), sum(e.open_ms)
      FROM public.ledger_entry e
      LEFT JOIN public.exposure_view v ON v.ref = e.view_ref
     WHERE e.chain = the_chain AND e.seq <= through
     GROUP BY 1, 2
    ON CONFLICT (chain, severity) DO UPDATE
       SET milli_points = t.milli_points + EXCLUDED.milli_points, open_ms = t.open_ms + EXCLUDED.open_ms;
    DELETE FROM public.ledger_entry WHERE chain = the_chain AND seq <= through;
    GET DIAGNOSTICS purged = ROW_COUNT;
    -- Views of which no row is left; one that still owes a top-up stays until that is charged.
    SELECT COALESCE(array_agg(v.id), '{}') INTO seen
      FROM public.exposure_view v
      JOIN public.dosimeter d USING (person_id)
     WHERE d.chain = the_chain AND v.day <= last_day AND v.settled_at IS NOT NULL
       AND NOT EXISTS (SELECT FROM public.ledger_entry e
                        WHERE e.chain = the_chain AND e.day = v.day AND e.view_ref = v.ref)
       AND NOT EXISTS (SELECT FROM public.top_up_due o WHERE o.view_id = v.id AND o.applied_at IS NULL);
    DELETE FROM public.top_up_due WHERE view_id = ANY (seen);
    DELETE FROM public.exposure_view WHERE id = ANY (seen);
    RETURN purged;
END $$;
REVOKE ALL ON FUNCTION public.purge_ledger_entries(uuid, bigint, bytea, date, timestamptz, text) FROM PUBLIC;

-- With the owner's rights, so that the runtime role can do this and nothing else: only for a chain without a person.
CREATE FUNCTION public.forget_lifetime_totals(the_chain uuid) RETURNS bigint
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    forgotten bigint;
BEGIN
    DELETE FROM public.lifetime_total t
     WHERE t.chain = the_chain
       AND EXISTS (SELECT FROM public.dosimeter d JOIN public.people_user u ON u.id = d.person_id
                    WHERE d.chain = the_chain AND u.erased_at IS NOT NULL);
    GET DIAGNOSTICS forgotten = ROW_COUNT;
    RETURN forgotten;
END $$;
REVOKE ALL ON FUNCTION public.forget_lifetime_totals(uuid) FROM PUBLIC;
"""

NO_RETENTION = """
DROP FUNCTION public.forget_lifetime_totals(uuid);
DROP FUNCTION public.purge_ledger_entries(uuid, bigint, bytea, date, timestamptz, text);
DROP TRIGGER ledger_entry_only_purged ON public.ledger_entry;
DROP TRIGGER ledger_entry_append_only ON public.ledger_entry;
CREATE TRIGGER ledger_entry_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON public.ledger_entry
    FOR EACH STATEMENT EXECUTE FUNCTION public.append_only();
ALTER TABLE public.ledger_entry ENABLE ALWAYS TRIGGER ledger_entry_append_only;
DROP TRIGGER ledger_marker_append_only ON public.ledger_marker;
DROP TRIGGER ledger_marker_stands ON public.ledger_marker;
DROP FUNCTION public.ledger_entry_only_purged();
DROP FUNCTION public.ledger_marker_stands();
"""


class Migration(migrations.Migration):
    dependencies = [
        ("wellbeing", "0009_erasure_requests"),
        ("people", "0003_erasure"),
    ]

    operations = [
        migrations.CreateModel(
            name="LedgerMarker",
            fields=[
                (
                    "pk",
                    models.CompositePrimaryKey(
                        "chain", "through_seq", blank=True, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("chain", models.UUIDField()),
                ("through_seq", models.BigIntegerField()),
                ("hash", models.BinaryField()),
                ("through_day", models.DateField()),
                ("at", models.DateTimeField()),
                ("signature", models.TextField()),
            ],
            options={
                "db_table": "ledger_marker",
            },
        ),
        migrations.CreateModel(
            name="LifetimeTotal",
            fields=[
                (
                    "pk",
                    models.CompositePrimaryKey(
                        "chain", "severity", blank=True, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("chain", models.UUIDField()),
                ("severity", models.SmallIntegerField()),
                ("milli_points", models.BigIntegerField()),
                ("open_ms", models.BigIntegerField()),
            ],
            options={
                "db_table": "lifetime_total",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("severity__range", (0, 4))), name="lifetime_total_severity_0_to_4"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="ReconcileRun",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "at",
                    models.DateTimeField(
                        db_default=wellbeing.models.respite_now.RespiteNow(), editable=False
                    ),
                ),
                ("days_checked", models.PositiveIntegerField()),
                ("differences", models.PositiveIntegerField()),
            ],
            options={
                "db_table": "reconcile_run",
                "indexes": [models.Index(fields=["-at"], name="reconcile_run_latest")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("days_checked__gte", 1)), name="reconcile_run_checks_something"
                    )
                ],
            },
        ),
        migrations.RunSQL(RETENTION, NO_RETENTION),
    ]
