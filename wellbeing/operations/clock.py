"""Moving demo and test time forward. Production has neither the setting nor the privilege."""

from datetime import datetime, timedelta

from django.conf import settings
from django.db import connection

from wellbeing.queries.time import now

MOVE = """
INSERT INTO clock_offset (id, amount) VALUES (1, make_interval(secs => %(seconds)s))
ON CONFLICT (id) DO UPDATE SET amount = clock_offset.amount + EXCLUDED.amount
"""


class ClockStays(RuntimeError):
    """Time may be moved in a demo or a test only, and only forward."""


def move_clock(*, by: timedelta) -> datetime:
    """Let `respite_now()` run ahead by that much more. Returns the new time. Raises ClockStays."""
    if not settings.DEMO:
        raise ClockStays("The clock can be moved in a demo or a test only.")
    if by < timedelta():
        raise ClockStays("The clock cannot be set back.")
    with connection.cursor() as cursor:
        cursor.execute(MOVE, {"seconds": by.total_seconds()})
    return now()
