"""The one clock of exposure."""

from datetime import datetime

from django.db import connection


def now() -> datetime:
    """`respite_now()`: the database's clock in UTC, moved only in demos and tests. One statement."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT respite_now()")
        row = cursor.fetchone()
    moment: datetime = row[0]
    return moment
