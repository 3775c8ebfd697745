"""The clock of sign-on: the database server's own, which no demo setting moves.

Exposure runs on `respite_now()`, which a demo may move forward. An expiry of a token or an invitation, and the
time of an audit event, must not move with it (docs/adr/0002).
"""

from datetime import datetime

from django.db import connection, models


class ServerTime(models.Func):
    """`clock_timestamp()`: the moment the statement runs, not the start of its transaction."""

    function = "clock_timestamp"
    arity = 0
    output_field = models.DateTimeField()


def server_now() -> datetime:
    """The database server's time, aware, in UTC. One statement."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT clock_timestamp()")
        row = cursor.fetchone()
    assert row is not None  # noqa: S101 - a SELECT of one expression has one row
    moment: datetime = row[0]
    return moment
