"""The audit log can be added to and read, and nothing else, by the role the application runs as."""

from datetime import UTC, datetime, timedelta
from types import SimpleNamespace

import pytest
from django.db import DatabaseError, connection, transaction

from people.clock import server_now
from people.models import AuditEvent
from people.operations import audit
from people.operations.audit import AuditOutsideTransaction, record_event

REFUSED = [
    "UPDATE people_auditevent SET actor_name = 'someone else'",
    "UPDATE people_auditevent SET action = action WHERE false",
    "DELETE FROM people_auditevent",
    "DELETE FROM people_auditevent WHERE false",
    "TRUNCATE people_auditevent",
    "ALTER TABLE people_auditevent DISABLE TRIGGER ALL",
    "ALTER TABLE people_auditevent ADD COLUMN spare int",
    "DROP TRIGGER people_auditevent_refuse ON people_auditevent",
    "CREATE TRIGGER quiet BEFORE INSERT ON people_auditevent EXECUTE FUNCTION people_auditevent_refuse()",
    "DROP TABLE people_auditevent",
    "CREATE RULE quiet AS ON INSERT TO people_auditevent DO INSTEAD NOTHING",
    "CREATE OR REPLACE FUNCTION people_auditevent_refuse() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NULL; END'",
    "ALTER TABLE people_auditevent OWNER TO CURRENT_USER",
    "SET ROLE respite_owner",
    "SET session_replication_role = replica",
    (
        "INSERT INTO people_auditevent (id, actor_name, action, subject, details) SELECT id, '', '', '', '{}' "
        "FROM people_auditevent ON CONFLICT (id) DO UPDATE SET actor_name = ''"
    ),
    "MERGE INTO people_auditevent USING (SELECT 1) AS one ON true WHEN MATCHED THEN DELETE",
    "LOCK TABLE people_auditevent IN ACCESS EXCLUSIVE MODE",
    "CREATE TABLE public.people_auditevent_copy ()",
]


@pytest.fixture
def event(admin) -> AuditEvent:
    record_event(action="people.tried", subject="nothing", by=admin, details={"times": 1})
    return AuditEvent.objects.get()


@pytest.mark.parametrize("statement", REFUSED)
def test_runtime_role_cannot_change_the_log(statement, event):
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)

    assert AuditEvent.objects.get().actor_name == "ada"


def test_runtime_role_cannot_give_itself_a_privilege(event):
    with connection.cursor() as cursor:
        cursor.execute("GRANT UPDATE, DELETE ON people_auditevent TO CURRENT_USER")  # PostgreSQL only warns
        cursor.execute(
            "SELECT has_table_privilege('people_auditevent', 'UPDATE'),"
            " has_table_privilege('people_auditevent', 'DELETE')"
        )
        assert cursor.fetchone() == (False, False)


@pytest.mark.parametrize("trigger", ["people_auditevent_refuse", "people_auditevent_stamp"])
def test_triggers_fire_always(trigger, db):
    with connection.cursor() as cursor:
        cursor.execute("SELECT tgenabled FROM pg_trigger WHERE tgname = %s", [trigger])
        assert cursor.fetchall() == [("A",)]


def test_event_says_who_did_what_and_when(event, admin):
    assert (event.actor_id, event.actor_name) == (admin.pk, "ada")
    assert (event.action, event.subject, event.details) == ("people.tried", "nothing", {"times": 1})
    assert timedelta() <= server_now() - event.at < timedelta(minutes=1)


def test_event_cannot_be_back_dated(db):
    event = AuditEvent.objects.create(
        at=datetime(2020, 1, 1, tzinfo=UTC), actor_name="x", action="x", subject="x"
    )
    event.refresh_from_db()

    assert server_now() - event.at < timedelta(minutes=1)


def test_event_keeps_the_name_that_the_person_had(event, admin):
    admin.username = "gone"
    admin.save(update_fields=["username"])

    assert AuditEvent.objects.get().actor_name == "ada"


def test_event_outside_a_transaction_is_an_error(admin, monkeypatch):
    monkeypatch.setattr(audit, "connection", SimpleNamespace(in_atomic_block=False))

    with pytest.raises(AuditOutsideTransaction, match=r"people\.tried"):
        record_event(action="people.tried", subject="nothing", by=admin)
