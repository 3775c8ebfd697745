"""Fixtures: which database a test sees, as which role.

`db`: the worker's clone of the template; what the test does is rolled back. `transactional_db`, `live_server`: a
clone of its own, made for the test and dropped after it, so nothing is ever flushed (the runtime role may not, and
the ledger refuses). Django connects as the runtime role; `owner_connection` is the owner's.
"""

import itertools
import os
from collections.abc import Generator
from typing import Any, cast

import psycopg
import pytest

from launcher import roles
from tests.embedded import EMBEDDED, TEMPLATE

_numbers = itertools.count(1)
_own_database: list[str] = []


@pytest.fixture(scope="session")
def django_db_setup(django_test_environment: None) -> Generator[None]:
    """Start the server if nobody has, and clone the template for this worker."""
    from django.test import TransactionTestCase

    EMBEDDED.ensure()
    _own_database.append(_clone())
    _point_to(_own_database[0])
    patch = pytest.MonkeyPatch()
    patch.setattr(TransactionTestCase, "_fixture_setup", classmethod(_enter_fresh_clone))
    patch.setattr(TransactionTestCase, "_fixture_teardown", _leave_fresh_clone)
    yield
    patch.undo()


@pytest.fixture
def owner_connection(request: pytest.FixtureRequest) -> Generator[psycopg.Connection[Any]]:
    """The owner's own connection to the database of this test, autocommit. In a `db` test it does not see what the
    test has not committed; ask for `transactional_db` where it must."""
    if "transactional_db" in request.fixturenames or "live_server" in request.fixturenames:
        request.getfixturevalue("transactional_db")
    else:
        request.getfixturevalue("_django_db_helper")
    with psycopg.connect(EMBEDDED.owner_url(_current()), autocommit=True) as connection:
        yield connection


def _enter_fresh_clone(cls: type) -> None:
    _point_to(_clone())


def _leave_fresh_clone(_test: object) -> None:
    used = _current()
    _point_to(_own_database[0])
    if used != _own_database[0]:
        _as_owner(f"DROP DATABASE {used} WITH (FORCE)")


def _clone() -> str:
    worker = os.environ.get("PYTEST_XDIST_WORKER", "main")
    name = f"respite_{worker}_{next(_numbers)}"
    # Copying files costs half of writing all pages to the log, where nothing is flushed to the disk.
    _as_owner(f"CREATE DATABASE {name} TEMPLATE {TEMPLATE} STRATEGY FILE_COPY")
    _as_owner(f"GRANT CONNECT, TEMPORARY ON DATABASE {name} TO {roles.APP}")
    return name


def _as_owner(statement: str) -> None:
    with psycopg.connect(EMBEDDED.owner_url("postgres"), autocommit=True) as connection:
        connection.execute(statement.encode())


def _current() -> str:
    from django.db import connections

    return cast(str, connections.settings["default"]["NAME"])


def _point_to(database: str) -> None:
    """All threads' connections share this one dictionary; those of this thread are closed first."""
    from django.db import connections

    connections["default"].close()
    connections["default"].settings_dict["NAME"] = database
    connections.settings["default"]["NAME"] = database
