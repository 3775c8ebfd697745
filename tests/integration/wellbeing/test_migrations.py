"""The migrations of wellbeing go forward, back and forward again, and nothing is missing from them."""

import os
import subprocess
import sys
from pathlib import Path

import psycopg
import pytest
from django.core.management import call_command
from django.db import connections

from tests.databases import owner_url

ROOT = Path(__file__).resolve().parents[3]


@pytest.mark.django_db
def test_models_and_migrations_agree():
    call_command("makemigrations", "wellbeing", check=True, dry_run=True, verbosity=0)


def tables(database):
    with psycopg.connect(owner_url(database)) as connection:
        rows = connection.execute(
            """
            SELECT c.relname, a.attname, format_type(a.atttypid, a.atttypmod), a.attnotnull
              FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
             WHERE c.relnamespace = 'public'::regnamespace AND c.relkind = 'r'
             UNION ALL
            SELECT c.relname, t.tgname, t.tgenabled::text, true
              FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid WHERE NOT t.tgisinternal
             UNION ALL
            SELECT 'function', p.proname, md5(p.prosrc), true FROM pg_proc p
             WHERE p.pronamespace = 'public'::regnamespace AND p.prolang <> 13
             ORDER BY 1, 2, 3
            """
        )
        return rows.fetchall()


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_back_to_nothing_and_forward_gives_the_same_schema():
    name = str(connections["default"].settings_dict["NAME"])
    before = tables(name)
    environment = {
        **os.environ,
        "DATABASE_URL": owner_url(name).replace("respite_owner", "respite_app", 1),
        "DATABASE_OWNER_URL": owner_url(name),
    }

    def migrate(*target: str) -> None:
        command = [
            sys.executable,
            "manage.py",
            "migrate",
            "--database",
            "owner",
            "-v",
            "0",
            "--skip-checks",
            *target,
        ]
        done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stderr

    migrate("labeling", "zero")
    migrate("wellbeing", "zero")
    left = {table for table, *_ in tables(name)}
    assert not left & {
        "dispute",
        "dosimeter",
        "exposure_view",
        "dose_day",
        "ledger_entry",
        "clock_offset",
        "policy_version",
    }
    assert "respite_now" not in {column for table, column, *_ in tables(name) if table == "function"}
    migrate()
    assert tables(name) == before
