"""The clock of a simulation: the server's own, or the server's own moved forward."""

import time
from collections.abc import Callable
from datetime import datetime


class WallClock:
    """Waits. Nothing is moved; a simulated day takes a day."""

    def __init__(self, server_now: Callable[[], datetime]) -> None:
        self.now = server_now

    def wait_until(self, moment: datetime) -> None:
        while (left := (moment - self.now()).total_seconds()) > 0:
            time.sleep(min(left, 5.0))


class FastClock:
    """Moves `respite_now()` forward to the next moment at which somebody acts (demo and test settings only)."""

    def __init__(self, server_now: Callable[[], datetime], move: Callable[[float], None]) -> None:
        self.now = server_now
        self._move = move

    def wait_until(self, moment: datetime) -> None:
        seconds = (moment - self.now()).total_seconds()
        if seconds > 0:
            self._move(seconds)
