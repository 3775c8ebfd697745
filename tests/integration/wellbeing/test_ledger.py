# ruff: noqa: S608 - statements are put together from names written in this file
"""The ledger against the runtime role, against its owner, and against rows that do not continue a chain."""

import uuid
from datetime import timedelta

import psycopg
import pytest
from django.db import DatabaseError, IntegrityError, ProgrammingError, connection, transaction

from tests.factories.wellbeing import label, reveal, settle, sql
from wellbeing.apps import LEDGER_COLUMNS, WellbeingConfig
from wellbeing.interface import now, set_own_limits
from wellbeing.models import DoseDay, ExposureView, LedgerEntry
from wellbeing.operations.looks import note_looks

GENESIS = bytes(32)
# What people write in private is theirs to destroy; it is no part of the record of exposure.
PRIVATE_TABLES = {
    "category_day",
    "day_note",
    "dispute",
    "group_week_people",
    "person_key",
    "ramp_step",
    "support_message",
    "support_read",
    "support_request",
}

# SECURITY finding 4: what succeeds when a table belongs to the role that runs, and what I13 adds.
FORBIDDEN = {
    "update": "UPDATE ledger_entry SET milli_points = 0",
    "update a hash": "UPDATE ledger_entry SET hash = prev_hash WHERE seq = 1",
    "delete": "DELETE FROM ledger_entry",
    "truncate": "TRUNCATE ledger_entry",
    "disable a trigger": "ALTER TABLE ledger_entry DISABLE TRIGGER ledger_entry_append_only",
    "disable all triggers": "ALTER TABLE ledger_entry DISABLE TRIGGER ALL",
    "drop a trigger": "DROP TRIGGER ledger_entry_append_only ON ledger_entry",
    "replace the trigger's function": (
        "CREATE OR REPLACE FUNCTION public.append_only() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN OLD; END'"
    ),
    "drop the table": "DROP TABLE ledger_entry",
    "create a rule": "CREATE RULE quiet AS ON INSERT TO ledger_entry DO INSTEAD NOTHING",
    "create a trigger": (
        "CREATE TRIGGER mine BEFORE INSERT ON ledger_entry FOR EACH ROW EXECUTE FUNCTION public.append_only()"
    ),
    "be a replica": "SET session_replication_role = replica",
    "become the owner": "SET ROLE respite_owner",
    "take ownership": "ALTER TABLE ledger_entry OWNER TO CURRENT_USER",
    "grant oneself": "GRANT UPDATE ON ledger_entry TO respite_app",
    "upsert": (
        "INSERT INTO ledger_entry (chain, seq) SELECT chain, seq FROM ledger_entry "
        "ON CONFLICT (chain, seq) DO UPDATE SET milli_points = 0"
    ),
    "merge": (
        "MERGE INTO ledger_entry USING (SELECT 1) s ON true WHEN MATCHED THEN UPDATE SET milli_points = 0"
    ),
    "copy": "COPY ledger_entry FROM PROGRAM 'true'",
    "drop the key": "ALTER TABLE ledger_entry DROP CONSTRAINT ledger_entry_pkey",
    "replace the clock": (
        "CREATE OR REPLACE FUNCTION public.respite_now() RETURNS timestamptz LANGUAGE sql AS 'SELECT now()'"
    ),
    "change the schema": "ALTER TABLE ledger_entry ADD COLUMN item bigint",
    "lock everybody out": "LOCK TABLE ledger_entry IN ACCESS EXCLUSIVE MODE",
}


@pytest.mark.django_db
@pytest.mark.parametrize("name", FORBIDDEN)
def test_the_runtime_role_may_only_add_and_read(name, labeler):
    label(labeler, "lease:1")
    before = list(LedgerEntry.objects.values_list())
    # "Granting" a right that one does not have is a warning; it must not have worked.
    try:
        with transaction.atomic():
            sql(FORBIDDEN[name])
    except (ProgrammingError, DatabaseError):
        pass
    else:
        assert name == "grant oneself"
        assert sql("SELECT has_table_privilege('ledger_entry', 'UPDATE')") == [(False,)]
    assert list(LedgerEntry.objects.values_list()) == before


@pytest.mark.django_db(transaction=True)
def test_triggers_refuse_the_owner_too(labeler, lead, owner_connection):
    label(labeler, "lease:1")
    note_looks({labeler.pk}, looked_by=lead.pk, what="board")
    set_own_limits(person=labeler, numbers={"day_points": 90_000})
    columns = {"ledger_entry": "severity", "exposure_look": "what", "policy_version": "reason"}
    for role in ("origin", "replica"):
        owner_connection.execute(f"SET session_replication_role = {role}")
        for table, column in columns.items():
            for statement in (
                f"UPDATE {table} SET {column} = {column}",
                f"DELETE FROM {table}",
                f"TRUNCATE {table}",
            ):
                if statement == "TRUNCATE policy_version":
                    statement += ", policy_proposal"  # which refers to it
                with pytest.raises(psycopg.errors.RestrictViolation, match="append-only"):
                    owner_connection.execute(statement)
    assert LedgerEntry.objects.count() == 2


def insert(**changed):
    """A row that would begin a new chain properly, but for what is changed."""
    row = {
        "chain": uuid.UUID(int=7),
        "seq": 1,
        "kind": "reserve",
        "view_ref": uuid.UUID(int=8),
        "milli_points": 1,
        "open_ms": 1,
        "severity": 2,
        "modality": "text",
        "share": 1_000,
        "policy_version": 0,
        "day": now().date(),
        "at": now(),
        "prev_hash": GENESIS,
        "hash": b"h" * 32,
        **changed,
    }
    columns, values = ", ".join(row), ", ".join(["%s"] * len(row))
    sql(f"INSERT INTO ledger_entry ({columns}) VALUES ({values})", *row.values())


@pytest.mark.django_db
def test_a_row_that_continues_its_chain_is_taken():
    insert()
    insert(seq=2, prev_hash=b"h" * 32, hash=b"i" * 32)
    assert LedgerEntry.objects.count() == 2


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("changed", "message"),
    [
        ({"seq": 2}, "does not follow"),
        ({"seq": 0}, "does not follow"),
        ({"seq": -1}, "does not follow"),
        ({"prev_hash": b"x" * 32}, "hash of the row before"),
        ({"hash": b"short"}, "no hash"),
        ({"kind": "gift"}, "kind_known"),
    ],
)
def test_a_row_that_begins_no_chain_is_refused(changed, message):
    with pytest.raises(IntegrityError, match=message):
        insert(**changed)


@pytest.mark.django_db
@pytest.mark.parametrize("seconds", [-11, 11, -86_400, 10**8])
def test_a_row_of_another_time_is_refused(seconds):
    with pytest.raises(IntegrityError, match="not of now"):
        insert(at=now() + timedelta(seconds=seconds))


@pytest.mark.django_db
@pytest.mark.parametrize(
    "changed",
    [
        {"seq": 1, "prev_hash": GENESIS},
        {"seq": 3},
        {"seq": 2, "prev_hash": GENESIS},
        {"seq": 2, "prev_hash": b"x" * 32},
    ],
)
def test_a_second_row_must_follow_the_first(changed):
    insert()
    with pytest.raises(IntegrityError):
        insert(**{"prev_hash": b"h" * 32, **changed})


@pytest.mark.django_db
def test_several_rows_in_one_statement_are_held_to_the_same(labeler):
    """A trigger that looked at the statement's start would let the second row pass."""
    columns = ", ".join(LEDGER_COLUMNS)
    with pytest.raises(IntegrityError, match="does not follow"):
        sql(
            f"INSERT INTO ledger_entry ({columns}) "
            "SELECT %s, n, 'reserve', gen_random_uuid(), 0, 0, 2, 'text', 1000, 0, current_date, respite_now(), %s, %s "
            "FROM unnest(ARRAY[1, 1]) n",
            uuid.UUID(int=7),
            GENESIS,
            b"h" * 32,
        )


@pytest.mark.django_db
def test_a_temporary_table_does_not_stand_in_for_the_clock_or_the_ledger(labeler):
    sql("CREATE TEMPORARY TABLE clock_offset (id int, amount interval)")
    sql("INSERT INTO clock_offset VALUES (1, '-100 years')")
    sql("CREATE TEMPORARY TABLE ledger_entry (LIKE public.ledger_entry)")
    assert sql("SELECT respite_now() > '2020-01-01'") == [(True,)]
    with pytest.raises(IntegrityError, match="does not follow"), transaction.atomic():
        sql(
            "INSERT INTO public.ledger_entry (chain, seq, at, prev_hash, hash) VALUES (%s, 5, respite_now(), %s, %s)",
            uuid.UUID(int=7),
            GENESIS,
            b"h" * 32,
        )


@pytest.mark.django_db
def test_column_privileges_are_exactly_the_list():
    found = sql(
        """
        SELECT a.attname FROM pg_attribute a, aclexplode(a.attacl) acl
         WHERE a.attrelid = 'ledger_entry'::regclass AND acl.grantee = 'respite_app'::regrole
           AND acl.privilege_type = 'INSERT' ORDER BY a.attnum
        """
    )
    assert {name for (name,) in found} == set(LEDGER_COLUMNS)
    table = sql(
        """
        SELECT acl.privilege_type FROM pg_class c, aclexplode(c.relacl) acl
         WHERE c.oid = 'ledger_entry'::regclass AND acl.grantee = 'respite_app'::regrole
        """
    )
    assert table == [("SELECT",)]
    assert {field.column for field in LedgerEntry._meta.concrete_fields} == set(LEDGER_COLUMNS)


@pytest.mark.django_db
@pytest.mark.parametrize("table", sorted(set(WellbeingConfig.owner_only_tables) - PRIVATE_TABLES))
def test_nothing_of_exposure_can_be_deleted_or_emptied(table):
    held = sql(
        "SELECT has_table_privilege(%s, 'DELETE'), has_table_privilege(%s, 'TRUNCATE'), "
        "has_table_privilege(%s, 'TRIGGER')",
        table,
        table,
        table,
    )
    assert held == [(False, False, False)]


@pytest.mark.django_db
def test_the_protecting_triggers_always_fire_and_belong_to_the_owner():
    rows = sql(
        """
        SELECT t.tgname, t.tgenabled::text, pg_get_userbyid(c.relowner), pg_get_userbyid(p.proowner)
          FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid JOIN pg_proc p ON p.oid = t.tgfoid
         WHERE NOT t.tgisinternal
           AND c.relname IN ('ledger_entry', 'ledger_marker', 'policy_version', 'exposure_look', 'clock_offset')
        """
    )
    assert {name for name, *_ in rows} == {
        "ledger_entry_continues",
        "ledger_entry_append_only",
        "ledger_entry_only_purged",
        "ledger_marker_stands",
        "ledger_marker_append_only",
        "policy_version_append_only",
        "policy_version_below_ceiling",
        "policy_version_looser_needs_two",
        "policy_version_only_of_the_erased",
        "exposure_look_append_only",
        "exposure_look_only_of_the_erased",
        "clock_offset_only_grows",
    }
    assert {tuple(rest) for _, *rest in rows} == {("A", "respite_owner", "respite_owner")}


@pytest.mark.django_db
def test_the_ledger_names_nobody_and_nothing():
    """It has no foreign key, and the only names in it are a chain and a view's own reference."""
    assert sql(
        "SELECT count(*) FROM pg_constraint WHERE conrelid = 'ledger_entry'::regclass AND contype = 'f'"
    ) == [(0,)]
    assert not {"person", "person_id", "occasion", "item", "categories"} & set(LEDGER_COLUMNS)


@pytest.mark.django_db
def test_a_ledger_that_fails_lets_nothing_be_shown(labeler, monkeypatch):
    """Fail closed (I2): no row, no view, no points."""
    reveal(labeler)
    settle(labeler)
    from wellbeing.operations import record

    monkeypatch.setattr(record, "hash_of", lambda entry, key: b"broken")
    with pytest.raises(IntegrityError, match="no hash"):
        reveal(labeler, "lease:2")
    assert ExposureView.objects.count() == 1
    assert DoseDay.objects.get().points_reserved == 0


@pytest.mark.django_db
def test_rows_say_what_the_day_changed_by(labeler):
    label(labeler, "lease:1", severity=4 - 1)
    rows = list(LedgerEntry.objects.order_by("seq"))
    assert [row.kind for row in rows] == ["reserve", "settle"]
    day = DoseDay.objects.get()
    assert sum(row.milli_points for row in rows) == day.points_charged
    assert sum(row.open_ms for row in rows) == day.open_ms_charged
    assert {bytes(rows[0].prev_hash), bytes(rows[1].prev_hash)} == {GENESIS, bytes(rows[0].hash)}
    assert connection.vendor == "postgresql"
