"""Two transactions of which neither sees the other's rows: the moment for which locks and constraints are there."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

from django.db import connection, connections, transaction

# Whoever waits for this transaction, directly; the view of locks is of this moment, whatever the isolation.
WAITING = "SELECT count(*) FROM pg_locks WHERE NOT granted AND pg_backend_pid() = ANY (pg_blocking_pids(pid))"


def overlapping(first: Callable[[], Any], second: Callable[[], Any]) -> tuple[Any, Any]:
    """Do `second` while `first` is done but not committed; what the one returned, and the other returned or raised.

    `first` is committed as soon as `second` has come to its end or waits for it, so the order is always the same.
    """

    def elsewhere() -> Any:
        try:
            return second()
        except Exception as error:
            return error
        finally:
            connections["default"].close()

    with ThreadPoolExecutor(1) as pool:
        with transaction.atomic(), connection.cursor() as cursor:
            answer = first()
            other = pool.submit(elsewhere)
            waiting = 0
            while not waiting and not other.done():
                cursor.execute(WAITING)
                (waiting,) = cursor.fetchone()
        return answer, other.result()
