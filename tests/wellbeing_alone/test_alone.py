"""wellbeing runs without labeling: its own migrations, its own tables, a day of work, a ledger that holds."""

import ast
import os
import subprocess
import sys
from pathlib import Path

import psycopg
import pytest
from django.db import connections

from tests.databases import owner_url

ROOT = Path(__file__).resolve().parents[2]


def run(environment, *arguments):
    done = subprocess.run(
        [sys.executable, *arguments], cwd=ROOT, env=environment, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


@pytest.fixture
def empty_database(django_db_setup):
    name = f"wellbeing_alone_{os.getpid()}"
    with psycopg.connect(owner_url("postgres"), autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name}".encode())
    try:
        yield name
    finally:
        with psycopg.connect(owner_url("postgres"), autocommit=True) as connection:
            connection.execute(f"DROP DATABASE {name} WITH (FORCE)".encode())


def test_a_day_without_labeling(empty_database, tmp_path):
    before = str(connections["default"].settings_dict["NAME"])
    environment = {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "tests.wellbeing_alone.settings",
        "DATABASE_URL": os.environ["DATABASE_URL"].replace(f"/{before}?", f"/{empty_database}?"),
        "DATABASE_OWNER_URL": owner_url(empty_database),
        "RESPITE_HOME": str(tmp_path),
    }
    user = psycopg.conninfo.conninfo_to_dict(environment["DATABASE_URL"])
    environment["DATABASE_URL"] = owner_url(empty_database).replace("respite_owner", str(user["user"]), 1)
    run(environment, "manage.py", "migrate", "--database", "owner", "-v", "0")
    run(environment, "manage.py", "allow_clock_moves")
    run(environment, "manage.py", "check", "--database", "default")
    assert "labeling []" in run(environment, "-m", "tests.wellbeing_alone.a_day")
    with psycopg.connect(owner_url(empty_database)) as connection:
        tables = {name for (name,) in connection.execute("SELECT relname FROM pg_class WHERE relkind = 'r'")}
    assert "ledger_entry" in tables
    assert not {name for name in tables if name.startswith("labeling")}


# Words of labeling that wellbeing must not know. `lease` is one: to wellbeing it is an occasion.
FOREIGN = {"lease", "annotation", "project", "slot", "labelschema", "release"}


@pytest.mark.parametrize("path", sorted((ROOT / "wellbeing").rglob("*.py")), ids=lambda path: path.name)
def test_wellbeing_does_not_speak_of_labeling(path):
    """Not in a name: in an import, a class, a function, an attribute or an argument."""
    if "views" in path.parts or path.name == "urls.py":
        return
    names = set()
    for node in ast.walk(ast.parse(path.read_text())):
        for field in ("name", "attr", "id", "arg", "module"):
            value = getattr(node, field, None)
            if isinstance(value, str):
                names |= set(value.lower().replace(".", "_").split("_"))
    assert not names & FOREIGN
    assert "labeling" not in names
