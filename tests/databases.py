"""Test databases: copies of the owner's template, used as the application's own role.

A test with `db` runs in a transaction that is rolled back, in a copy kept for the whole worker. A transactional or
browser test gets a copy of its own, so that nothing is ever flushed and no test sees another's rows.
"""

import itertools
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from urllib.parse import urlsplit, urlunsplit

import psycopg
import pytest
from django.db import connections

from tests.embedded import TEMPLATE

_numbers = itertools.count(1)


def owner_url(database: str) -> str:
    parts = urlsplit(os.environ["TEST_DATABASE_OWNER_URL"])
    return urlunsplit(parts._replace(path=f"/{database}"))


@contextmanager
def copy_of_template() -> Iterator[str]:
    """A fresh database with everything migrated; dropped at the end, whoever is still connected."""
    name = f"respite_{os.getpid()}_{next(_numbers)}"
    with psycopg.connect(owner_url("postgres"), autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name} TEMPLATE {TEMPLATE} STRATEGY wal_log".encode())
    try:
        yield name
    finally:
        with psycopg.connect(owner_url("postgres"), autocommit=True) as connection:
            connection.execute(f"DROP DATABASE {name} WITH (FORCE)".encode())


def point_django_at(name: str) -> str:
    """Send Django's default connection to another database; returns the one it was at."""
    connection = connections["default"]
    connection.close()
    before = str(connection.settings_dict["NAME"])
    connection.settings_dict["NAME"] = name
    connections.settings["default"]["NAME"] = name
    return before


@pytest.fixture(scope="session")
def django_db_setup(django_db_blocker: pytest.FixtureDef) -> Iterator[None]:
    """In place of Django's own: nothing is created or migrated here, only copied."""
    with copy_of_template() as name, django_db_blocker.unblock():
        point_django_at(name)
        yield
        connections["default"].close()


@pytest.fixture
def _django_db_helper(
    request: pytest.FixtureRequest, django_db_setup: None, django_db_blocker
) -> Iterator[None]:
    """pytest-django asks for this by the `db` mark and fixtures; ours copies instead of flushing."""
    marker = request.node.get_closest_marker("django_db")
    transactional = bool(
        (marker and marker.kwargs.get("transaction"))
        or {"transactional_db", "live_server"} & set(request.fixturenames)
    )
    with django_db_blocker.unblock():
        if transactional:
            with copy_of_template() as name:
                before = point_django_at(name)
                try:
                    yield
                finally:
                    for connection in connections.all(initialized_only=True):
                        connection.close()
                    point_django_at(before)
            return
        from django.test import TestCase

        class RolledBack(TestCase):
            databases = {"default"}

        RolledBack.setUpClass()
        case = RolledBack("run")
        case._pre_setup()
        try:
            yield
        finally:
            case._post_teardown()
            RolledBack.tearDownClass()
            RolledBack.doClassCleanups()


@pytest.fixture
def owner_connection() -> Iterator[psycopg.Connection]:
    """A connection of the database's owner to the current test's database (transactional tests only)."""
    name = str(connections["default"].settings_dict["NAME"])
    with psycopg.connect(owner_url(name), autocommit=True) as connection:
        yield connection


@contextmanager
def restored_later() -> Iterator[Callable[[], None]]:
    """A backup of the current test's database as it is now; calling what is given restores it: Django goes on there."""
    current = str(connections["default"].settings_dict["NAME"])
    backup = f"{current}_backup"
    connections["default"].close()
    with psycopg.connect(owner_url("postgres"), autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {backup} TEMPLATE {current} STRATEGY wal_log".encode())
    try:
        yield lambda: (point_django_at(backup), None)[1]
    finally:
        point_django_at(current)
        with psycopg.connect(owner_url("postgres"), autocommit=True) as connection:
            connection.execute(f"DROP DATABASE {backup} WITH (FORCE)".encode())
