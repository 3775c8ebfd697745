"""The ledger can be added to and read, and nothing else, by anybody; each row must continue its chain, now.

The runtime role's privileges are listed in wellbeing.apps (owner_only_tables) and granted after every migration.
"""

from django.db import migrations

APPEND_ONLY = """
CREATE FUNCTION public.ledger_entry_continues() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    last record;
BEGIN
    SELECT seq, hash INTO last FROM public.ledger_entry WHERE chain = NEW.chain ORDER BY seq DESC LIMIT 1;
    IF NEW.seq IS DISTINCT FROM COALESCE(last.seq, 0) + 1 THEN
        RAISE EXCEPTION 'ledger row % does not follow row %', NEW.seq, COALESCE(last.seq, 0)
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    IF NEW.prev_hash IS DISTINCT FROM COALESCE(last.hash, decode(repeat('00', 32), 'hex')) THEN
        RAISE EXCEPTION 'ledger row % does not carry the hash of the row before it', NEW.seq
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    IF octet_length(NEW.hash) IS DISTINCT FROM 32 THEN
        RAISE EXCEPTION 'ledger row % has no hash', NEW.seq USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    IF NEW.at IS NULL OR abs(extract(epoch FROM NEW.at - public.respite_now())) > 10 THEN
        RAISE EXCEPTION 'ledger row % is not of now', NEW.seq USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$;

CREATE FUNCTION public.append_only() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION '% is append-only: % refused', TG_TABLE_NAME, TG_OP USING ERRCODE = 'restrict_violation';
END $$;

CREATE TRIGGER ledger_entry_continues BEFORE INSERT ON public.ledger_entry
    FOR EACH ROW EXECUTE FUNCTION public.ledger_entry_continues();
CREATE TRIGGER ledger_entry_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON public.ledger_entry
    FOR EACH STATEMENT EXECUTE FUNCTION public.append_only();
CREATE TRIGGER policy_version_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON public.policy_version
    FOR EACH STATEMENT EXECUTE FUNCTION public.append_only();
CREATE TRIGGER exposure_look_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON public.exposure_look
    FOR EACH STATEMENT EXECUTE FUNCTION public.append_only();

-- Also when a session calls itself a replica.
ALTER TABLE public.ledger_entry ENABLE ALWAYS TRIGGER ledger_entry_continues;
ALTER TABLE public.ledger_entry ENABLE ALWAYS TRIGGER ledger_entry_append_only;
ALTER TABLE public.policy_version ENABLE ALWAYS TRIGGER policy_version_append_only;
ALTER TABLE public.exposure_look ENABLE ALWAYS TRIGGER exposure_look_append_only;
"""

OPEN_AGAIN = """
DROP TRIGGER exposure_look_append_only ON public.exposure_look;
DROP TRIGGER policy_version_append_only ON public.policy_version;
DROP TRIGGER ledger_entry_append_only ON public.ledger_entry;
DROP TRIGGER ledger_entry_continues ON public.ledger_entry;
DROP FUNCTION public.append_only();
DROP FUNCTION public.ledger_entry_continues();
"""


class Migration(migrations.Migration):
    dependencies = [("wellbeing", "0002_tables")]

    operations = [migrations.RunSQL(APPEND_ONLY, OPEN_AGAIN)]
