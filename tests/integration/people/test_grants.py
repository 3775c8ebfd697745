"""What the catalogue says the runtime role may do. Checked for every table, whoever added it."""

import re

import pytest
from django.conf import settings
from django.db import connection

from people import grants
from people.grants import grant_runtime_role, owner_only_tables

pytestmark = pytest.mark.django_db

ROWS = {"SELECT", "INSERT", "UPDATE", "DELETE"}


def fetch(sql: str, *values: object) -> list[tuple]:
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        return cursor.fetchall()


def privileges() -> dict[str, set[str]]:
    """Per table what the runtime role holds; a privilege on columns reads "INSERT (a, b)", sorted."""
    found: dict[str, set[str]] = {
        name: set(held or [])
        for name, held in fetch(
            """
            SELECT table_.relname, array_agg(entry.privilege_type) FILTER (WHERE entry.privilege_type IS NOT NULL)
              FROM pg_class table_
              LEFT JOIN LATERAL aclexplode(table_.relacl) entry ON entry.grantee = %s::regrole
             WHERE table_.relnamespace = 'public'::regnamespace AND table_.relkind IN ('r', 'p')
             GROUP BY table_.relname
            """,
            settings.APP_DATABASE_ROLE,
        )
    }
    for table, privilege, columns in fetch(
        """
        SELECT column_.attrelid::regclass::text, entry.privilege_type,
               string_agg(column_.attname, ', ' ORDER BY column_.attname)
          FROM pg_attribute column_, aclexplode(column_.attacl) entry
         WHERE entry.grantee = %s::regrole
         GROUP BY 1, 2
        """,
        settings.APP_DATABASE_ROLE,
    ):
        found[table].add(f"{privilege} ({columns})")
    return found


def listed(privileges_text: str) -> set[str]:
    """ "SELECT, INSERT (b, a)" → {"SELECT", "INSERT (a, b)"}"""
    parts = re.findall(r"([A-Z]+)\s*(?:\(([^)]*)\))?", privileges_text)
    return {
        f"{name} ({', '.join(sorted(column.strip() for column in columns.split(',')))})" if columns else name
        for name, columns in parts
    }


def test_tests_run_as_the_runtime_role():
    assert fetch("SELECT current_user") == [(settings.APP_DATABASE_ROLE,)]


def test_runtime_role_is_nobody_special():
    assert fetch(
        """
        SELECT rolsuper, rolcreaterole, rolcreatedb, rolbypassrls, rolreplication,
               EXISTS (SELECT FROM pg_auth_members WHERE member = pg_roles.oid)
          FROM pg_roles WHERE rolname = current_user
        """
    ) == [(False, False, False, False, False, False)]


def test_runtime_role_owns_nothing():
    assert (
        fetch(
            """
            SELECT classid::regclass::text, objid FROM pg_shdepend
             WHERE refobjid = current_user::regrole AND deptype = 'o'
               AND dbid = (SELECT oid FROM pg_database WHERE datname = current_database())
            """
        )
        == []
    )


def test_runtime_role_may_not_create_in_the_schema():
    assert fetch("SELECT has_schema_privilege('public', 'CREATE')") == [(False,)]


def test_every_table_has_exactly_its_privileges():
    special = owner_only_tables()
    expected = {table: listed(special[table]) if special.get(table) else ROWS for table in privileges()}
    expected["clock_offset"] = {
        "SELECT",
        "INSERT",
        "UPDATE",
    }  # `allow_clock_moves` ran on the tests' template
    checked = {table: held for table, held in privileges().items() if special.get(table) != ""}

    assert checked == {table: expected[table] for table in checked}


def test_audit_log_can_only_be_read_and_added_to():
    assert privileges()["people_auditevent"] == {"SELECT", "INSERT"}


def test_every_listed_table_exists():
    assert set(owner_only_tables()) <= set(privileges())


def test_nothing_is_granted_to_everybody():
    assert (
        fetch(
            """
            SELECT relname FROM pg_class, aclexplode(relacl) entry
             WHERE relnamespace = 'public'::regnamespace AND entry.grantee = 0
            """
        )
        == []
    )


def test_runtime_role_granting_to_itself_does_nothing(monkeypatch):
    monkeypatch.setattr(grants, "_grant_relations", lambda *_: pytest.fail("granted"))

    grant_runtime_role(using="default")


def test_without_the_runtime_role_nothing_is_granted(monkeypatch, settings):
    settings.APP_DATABASE_ROLE = "nobody_of_that_name"
    monkeypatch.setattr(grants, "_grant_relations", lambda *_: pytest.fail("granted"))

    grant_runtime_role(using="default")
