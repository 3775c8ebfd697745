"""What an erased person left in tables that are only added to: their own limits, who looked at them, ids behind figures.

Own limits could never be deleted; now they can, but only of somebody whose name is gone already.
"""

from django.db import migrations

FORGET = """
CREATE FUNCTION public.policy_version_only_of_the_erased() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF OLD.scope = 'person'
       AND EXISTS (SELECT FROM public.people_user WHERE id = OLD.person_id AND erased_at IS NOT NULL) THEN
        RETURN OLD;
    END IF;
    RAISE EXCEPTION 'policy_version is append-only: DELETE refused' USING ERRCODE = 'restrict_violation';
END $$;
CREATE FUNCTION public.exposure_look_only_of_the_erased() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (SELECT FROM public.people_user WHERE id = OLD.person_id AND erased_at IS NOT NULL) THEN
        RETURN OLD;
    END IF;
    RAISE EXCEPTION 'exposure_look is append-only: DELETE refused' USING ERRCODE = 'restrict_violation';
END $$;

DROP TRIGGER policy_version_append_only ON public.policy_version;
CREATE TRIGGER policy_version_append_only BEFORE UPDATE OR TRUNCATE ON public.policy_version
    FOR EACH STATEMENT EXECUTE FUNCTION public.append_only();
CREATE TRIGGER policy_version_only_of_the_erased BEFORE DELETE ON public.policy_version
    FOR EACH ROW EXECUTE FUNCTION public.policy_version_only_of_the_erased();
DROP TRIGGER exposure_look_append_only ON public.exposure_look;
CREATE TRIGGER exposure_look_append_only BEFORE UPDATE OR TRUNCATE ON public.exposure_look
    FOR EACH STATEMENT EXECUTE FUNCTION public.append_only();
CREATE TRIGGER exposure_look_only_of_the_erased BEFORE DELETE ON public.exposure_look
    FOR EACH ROW EXECUTE FUNCTION public.exposure_look_only_of_the_erased();
ALTER TABLE public.policy_version ENABLE ALWAYS TRIGGER policy_version_append_only;
ALTER TABLE public.policy_version ENABLE ALWAYS TRIGGER policy_version_only_of_the_erased;
ALTER TABLE public.exposure_look ENABLE ALWAYS TRIGGER exposure_look_append_only;
ALTER TABLE public.exposure_look ENABLE ALWAYS TRIGGER exposure_look_only_of_the_erased;

-- With the owner's rights, so that the runtime role can do this and nothing else: only for somebody without a name,
-- and only towards a number that never had one. Without a stand-in there is nothing that has to stay.
CREATE FUNCTION public.forget_remains(the_person bigint, stand_in bigint) RETURNS void
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    IF NOT EXISTS (SELECT FROM public.people_user WHERE id = the_person AND erased_at IS NOT NULL) THEN
        RAISE EXCEPTION 'person % is not erased', the_person USING ERRCODE = 'restrict_violation';
    END IF;
    DELETE FROM public.policy_version WHERE scope = 'person' AND person_id = the_person;
    DELETE FROM public.exposure_look WHERE person_id = the_person;
    IF stand_in IS NULL THEN
        RETURN;
    END IF;
    IF NOT EXISTS (SELECT FROM public.people_user WHERE id = stand_in AND erased_at = timestamptz '2000-01-01 00:00Z') THEN
        RAISE EXCEPTION '% is no stand-in', stand_in USING ERRCODE = 'restrict_violation';
    END IF;
    UPDATE public.risk_report SET reported_by_id = stand_in WHERE reported_by_id = the_person;
    UPDATE public.group_week_people SET people = array_replace(people, the_person, stand_in)
     WHERE people @> ARRAY[the_person];
END $$;
REVOKE ALL ON FUNCTION public.forget_remains(bigint, bigint) FROM PUBLIC;
"""

KEEP = """
DROP FUNCTION public.forget_remains(bigint, bigint);
DROP TRIGGER exposure_look_only_of_the_erased ON public.exposure_look;
DROP TRIGGER exposure_look_append_only ON public.exposure_look;
CREATE TRIGGER exposure_look_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON public.exposure_look
    FOR EACH STATEMENT EXECUTE FUNCTION public.append_only();
DROP TRIGGER policy_version_only_of_the_erased ON public.policy_version;
DROP TRIGGER policy_version_append_only ON public.policy_version;
CREATE TRIGGER policy_version_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON public.policy_version
    FOR EACH STATEMENT EXECUTE FUNCTION public.append_only();
ALTER TABLE public.policy_version ENABLE ALWAYS TRIGGER policy_version_append_only;
ALTER TABLE public.exposure_look ENABLE ALWAYS TRIGGER exposure_look_append_only;
DROP FUNCTION public.exposure_look_only_of_the_erased();
DROP FUNCTION public.policy_version_only_of_the_erased();
"""


class Migration(migrations.Migration):
    dependencies = [("people", "0003_erasure"), ("wellbeing", "0014_known_time_zone")]

    operations = [migrations.RunSQL(FORGET, KEEP)]
