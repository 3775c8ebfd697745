"""Child processes: started so that none outlives us, watched, and stopped in order."""

import contextlib
import ctypes
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from launcher.problem import Problem

PR_SET_PDEATHSIG = 1
LOG_BYTES = 10 * 1024 * 1024  # a log that is larger at a start is put aside as .1


@dataclass
class Child:
    """A running child; `group` is the process group that it leads."""

    name: str
    log: Path
    popen: "subprocess.Popen[bytes]"
    stop_signal: signal.Signals = signal.SIGTERM
    stop_seconds: float = 15

    def stop(self) -> None:
        """Ask the child to end; after `stop_seconds` end its whole group."""
        if self.popen.poll() is None:
            self.popen.send_signal(self.stop_signal)
            with contextlib.suppress(subprocess.TimeoutExpired):
                self.popen.wait(self.stop_seconds)
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.killpg(self.popen.pid, signal.SIGKILL)
        self.popen.wait()


@dataclass
class Children:
    """All children of one stack, stopped in the reverse order of their start."""

    started: list[Child] = field(default_factory=list)

    def add(self, child: Child) -> Child:
        self.started.append(child)
        return child

    def stop(self) -> None:
        while self.started:
            self.started.pop().stop()

    def check(self) -> None:
        """Raises Problem when a child has ended by itself."""
        for child in self.started:
            code = child.popen.poll()
            if code is not None:
                raise Problem(
                    f"{child.name} has ended by itself ({_ending(code)}). Its log: {child.log}{_tail(child.log)}"
                )


def start(
    name: str,
    command: Sequence[str],
    *,
    log: Path,
    environment: Mapping[str, str],
    folder: Path,
    user: int | None = None,
    death_signal: signal.Signals = signal.SIGKILL,
    stop_signal: signal.Signals = signal.SIGTERM,
) -> Child:
    """Start `command` in a group of its own, as `user` if given, to get `death_signal` when we are gone."""
    if log.exists() and log.stat().st_size > LOG_BYTES:
        log.replace(log.with_name(log.name + ".1"))
    with log.open("ab") as output:
        popen = subprocess.Popen(
            command,
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
            env=dict(environment),
            cwd=folder,
            # A group of its own: Ctrl-C reaches us alone, and we stop the rest in order.
            start_new_session=True,
            preexec_fn=before_exec(user, death_signal),
        )
    return Child(name, log, popen, stop_signal=stop_signal)


def before_exec(user: int | None, death_signal: signal.Signals = signal.SIGKILL) -> Callable[[], None]:
    """What the child does between fork and exec."""
    parent = os.getpid()
    libc = ctypes.CDLL(None, use_errno=True) if sys.platform == "linux" else None

    def prepare() -> None:
        if user is not None:
            os.setgroups([])
            os.setgid(user)
            os.setuid(user)
        # After setuid, which clears it. Where there is no such call the next start stops what is left.
        if libc is not None:
            libc.prctl(PR_SET_PDEATHSIG, int(death_signal), 0, 0, 0)
            if os.getppid() != parent:  # it died before we asked
                os._exit(1)

    return prepare


def wait_until(
    ready: Callable[[], bool], *, children: Children, seconds: float, what: str, pause: float = 0.02
) -> None:
    """Wait for `ready()`. Raises Problem when a child ends first, or after `seconds`."""
    deadline = time.monotonic() + seconds
    while not ready():
        children.check()
        if time.monotonic() > deadline:
            logs = ", ".join(str(child.log) for child in children.started)
            raise Problem(f"{what} did not answer within {seconds:.0f} seconds. Logs: {logs}")
        time.sleep(pause)


def _ending(code: int) -> str:
    return f"exit code {code}" if code >= 0 else f"killed by {signal.Signals(-code).name}"


def _tail(log: Path, lines: int = 12) -> str:
    try:
        end = log.read_text(encoding="utf-8", errors="replace").splitlines()[-lines:]
    except OSError:
        return ""
    return "".join(f"\n    {line}" for line in end)
