"""Many threads at one moment, each with a database connection of its own."""

import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from typing import Any

from django.db import DatabaseError, connection

from tests.integration.patience import wait_patiently


class Crowd:
    """`crowd.at_once(action)` calls `action(0)` … `action(n - 1)` together and returns what each gave or raised."""

    def __init__(self, pool: ThreadPoolExecutor, size: int) -> None:
        self.pool, self.size = pool, size

    def at_once(self, action: Callable[[int], Any]) -> list[Any]:
        barrier = threading.Barrier(self.size)

        def one(number: int) -> Any:
            wait_patiently()
            barrier.wait(timeout=30)
            try:
                return action(number)
            except DatabaseError as error:
                return error

        return list(self.pool.map(one, range(self.size)))

    def leave(self) -> None:
        barrier = threading.Barrier(self.size)

        def close(_: int) -> None:
            barrier.wait(timeout=30)  # each of the pool's threads gets one of these
            connection.close()

        list(self.pool.map(close, range(self.size)))


@contextmanager
def crowd_of(size: int) -> Iterator[Crowd]:
    with ThreadPoolExecutor(size) as pool:
        crowd = Crowd(pool, size)
        try:
            yield crowd
        finally:
            crowd.leave()
