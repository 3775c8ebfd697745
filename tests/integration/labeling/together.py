"""Many people at one moment: real threads, each with a database connection of its own."""

from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import Any

from django.db import connections

from tests.integration.patience import wait_patiently


def together(calls: Sequence[Callable[[], Any]]) -> list[Any]:
    """Start all calls at once; what each returned or raised, in their order."""
    barrier = Barrier(len(calls))

    def one(call: Callable[[], Any]) -> Any:
        try:
            wait_patiently()
            barrier.wait(timeout=60)
            return call()
        except Exception as error:
            return error
        finally:
            connections["default"].close()

    with ThreadPoolExecutor(len(calls)) as pool:
        return list(pool.map(one, calls))
