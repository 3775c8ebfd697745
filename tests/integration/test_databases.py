"""What the tests themselves stand on: which role, which database, and nothing left behind."""

import threading

import psycopg
import pytest
from django.db import connection


def _ask(statement: str) -> object:
    with connection.cursor() as cursor:
        cursor.execute(statement)
        return cursor.fetchone()[0]


@pytest.mark.django_db
def test_tests_connect_as_the_runtime_role_with_its_limits() -> None:
    assert _ask("SELECT current_user") == "respite_app"
    assert _ask("SELECT rolsuper FROM pg_roles WHERE rolname = current_user") is False
    assert _ask("SELECT count(*) FROM pg_class WHERE relowner = 'respite_app'::regrole") == 0
    assert _ask("SHOW lock_timeout") == "2s"
    assert _ask("SHOW statement_timeout") == "10s"
    assert _ask("SHOW idle_in_transaction_session_timeout") == "15s"


@pytest.mark.django_db
def test_the_owner_reaches_the_same_database(owner_connection: psycopg.Connection) -> None:
    row = owner_connection.execute("SELECT current_user, current_database()").fetchone()
    assert row == ("respite_owner", _ask("SELECT current_database()"))


seen: list[object] = []


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("name", ["one", "two"])
def test_a_transactional_test_has_a_database_of_its_own(name: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM django_session")
        assert cursor.fetchone()[0] == 0
        cursor.execute("INSERT INTO django_session VALUES (%s, '', now())", [name])
    found: list[object] = []

    def read() -> None:
        found.append(_ask("SELECT session_key FROM django_session"))
        connection.close()

    thread = threading.Thread(target=read)
    thread.start()
    thread.join()
    assert found == [name]
    assert _ask("SELECT current_database()") not in seen
    seen.append(_ask("SELECT current_database()"))
