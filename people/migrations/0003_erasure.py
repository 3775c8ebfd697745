"""An erased account has no name, no address and no way in; and the one change that the audit log allows: forgetting it."""

from django.db import migrations, models

# The event stays, with its number, its action and its time; only the name of an account that was erased goes.
FORGETTING = """
CREATE FUNCTION public.people_auditevent_only_forgets() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.actor_name = 'erased'
       AND to_jsonb(NEW) - 'actor_name' = to_jsonb(OLD) - 'actor_name'
       AND EXISTS (SELECT FROM public.people_user WHERE id = OLD.actor_id AND erased_at IS NOT NULL)
    THEN
        RETURN NEW;
    END IF;
    RAISE EXCEPTION 'audit events are append-only: % refused', TG_OP USING ERRCODE = 'restrict_violation';
END $$;

DROP TRIGGER people_auditevent_refuse ON public.people_auditevent;
CREATE TRIGGER people_auditevent_refuse BEFORE DELETE OR TRUNCATE ON public.people_auditevent
    FOR EACH STATEMENT EXECUTE FUNCTION public.people_auditevent_refuse();
CREATE TRIGGER people_auditevent_only_forgets BEFORE UPDATE ON public.people_auditevent
    FOR EACH ROW EXECUTE FUNCTION public.people_auditevent_only_forgets();
ALTER TABLE public.people_auditevent ENABLE ALWAYS TRIGGER people_auditevent_refuse;
ALTER TABLE public.people_auditevent ENABLE ALWAYS TRIGGER people_auditevent_only_forgets;

-- With the owner's rights, so that the runtime role can do this and nothing else to the log. people.grants lets it.
CREATE FUNCTION public.people_forget_actor(person bigint) RETURNS bigint
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    forgotten bigint;
BEGIN
    UPDATE public.people_auditevent SET actor_name = 'erased' WHERE actor_id = person AND actor_name <> 'erased';
    GET DIAGNOSTICS forgotten = ROW_COUNT;
    RETURN forgotten;
END $$;
REVOKE ALL ON FUNCTION public.people_forget_actor(bigint) FROM PUBLIC;
"""

NO_FORGETTING = """
DROP FUNCTION public.people_forget_actor(bigint);
DROP TRIGGER people_auditevent_only_forgets ON public.people_auditevent;
DROP TRIGGER people_auditevent_refuse ON public.people_auditevent;
CREATE TRIGGER people_auditevent_refuse BEFORE UPDATE OR DELETE OR TRUNCATE ON public.people_auditevent
    FOR EACH STATEMENT EXECUTE FUNCTION public.people_auditevent_refuse();
ALTER TABLE public.people_auditevent ENABLE ALWAYS TRIGGER people_auditevent_refuse;
DROP FUNCTION public.people_auditevent_only_forgets();
"""


class Migration(migrations.Migration):
    dependencies = [("people", "0002_audit_events_append_only")]

    operations = [
        migrations.AddField("User", "erased_at", models.DateTimeField(editable=False, null=True)),
        migrations.AddConstraint(
            "User",
            models.CheckConstraint(
                condition=models.Q(erased_at=None)
                | models.Q(
                    is_active=False,
                    is_staff=False,
                    email="",
                    display_name="",
                    username__startswith="erased-",
                ),
                name="people_user_erased_is_closed",
            ),
        ),
        migrations.RunSQL(FORGETTING, NO_FORGETTING),
    ]
