"""Waiting for longer than a page would."""

from django.db import connection


def wait_patiently() -> None:
    """Let this thread's statements wait for a lock for a minute.

    Where fifty stand behind one lock, the last waits for longer on a busy machine than the role lets a request wait
    (launcher/roles.py). That limit has tests of its own; the tests that call this are about what comes of waiting.
    """
    with connection.cursor() as cursor:
        cursor.execute("SET lock_timeout = '60s'; SET statement_timeout = '60s'")
