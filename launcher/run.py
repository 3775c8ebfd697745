"""`make run`: from a bare checkout to an answering page, and back to nothing."""

import contextlib
import os
import signal
import socket
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from types import FrameType

from launcher.database import migrate, set_out_demo
from launcher.environment import (
    Home,
    open_home,
    process_environment,
    web_environment,
    write_running,
)
from launcher.lock import try_lock
from launcher.problem import Problem, say
from launcher.processes import Children, start, wait_until
from launcher.programs import programs
from launcher.services import remove_sockets, start_services
from launcher.setup import CHECKOUT
from launcher.static_files import lay_out


class Stopped(BaseException):
    """Somebody asked us to stop."""


def run() -> int:
    home = open_home()
    host, port = os.environ.get("HOST") or "127.0.0.1", _port()
    lock = try_lock(home.path)
    if lock is None:
        raise Problem(
            f"Respite already runs on {home.path}. Use that one, stop it (Ctrl-C where it runs), or start a second one\n"
            "with a state folder and a port of its own: RESPITE_HOME=/path/to/another PORT=8001 make run"
        )
    _check_port(host, port)
    children = Children()
    with stopping(children), contextlib.suppress(Stopped):
        try:
            _start_all(home, children, host, port)
            while True:
                children.check()
                time.sleep(0.5)
        finally:
            home.running.unlink(missing_ok=True)
    remove_sockets(home.path)
    os.close(lock)
    say("Stopped.")
    return 0


@contextlib.contextmanager
def stopping(children: Children) -> Iterator[None]:
    """However the block is left, stop the children, in order and undisturbed by a second Ctrl-C."""

    def stop(_number: int, _frame: FrameType | None) -> None:
        raise Stopped

    signals = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
    before = {number: signal.signal(number, stop) for number in signals}
    try:
        yield
    finally:
        for number in signals:
            signal.signal(number, signal.SIG_IGN)
        children.stop()
        for number, handler in before.items():
            signal.signal(number, handler)


def start_programs(home: Home, environment: dict[str, str], children: Children, host: str, port: int) -> str:
    """Start web, worker and beat; return the page's address as soon as it answers."""
    for program in programs(environment, host=host, port=port):
        own = environment
        if program.name == "web":
            own = web_environment(environment, host=host, threads=int(environment.get("WEB_THREADS") or "8"))
            own["STATIC_PACKED"] = str(lay_out(home))
        command = [sys.executable, "-m", *program.arguments]
        log = home.logs / f"{program.name}.log"
        children.add(start(f"The {program.name} process", command, log=log, environment=own, folder=CHECKOUT))
    local = {"0.0.0.0": "127.0.0.1", "::": "[::1]"}.get(host, f"[{host}]" if ":" in host else host)  # noqa: S104
    address = f"http://{local}:{port}"
    wait_until(lambda: _answers(f"{address}/healthz"), children=children, seconds=90, what=address, pause=0.1)
    return address


def _start_all(home: Home, children: Children, host: str, port: int) -> None:
    before = time.monotonic()
    addresses = start_services(home, children)
    write_running(home, addresses)
    migrate(home, addresses)
    set_out_demo(home, addresses)
    address = start_programs(home, process_environment(home, addresses), children, host, port)
    say(f"Started in {time.monotonic() - before:.1f} s. Logs: {home.logs}. Ctrl-C stops everything.")
    # The one line that people and scripts wait for, then who may sign in.
    say(f"Ready: {address}")
    with contextlib.suppress(FileNotFoundError):
        say(home.accounts.read_text(encoding="utf-8").rstrip())


def _answers(url: str) -> bool:
    try:
        # Straight there: a proxy of the environment has nothing to do with this machine.
        opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
        with opener.open(url, timeout=5) as response:
            return bool(response.status == 200)
    except (urllib.error.URLError, OSError):
        return False


def _port() -> int:
    raw = os.environ.get("PORT") or "8000"
    if not raw.isdigit() or not 0 < int(raw) < 65536:
        raise Problem(f"PORT={raw!r} is not a port number between 1 and 65535.")
    return int(raw)


def _check_port(host: str, port: int) -> None:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except PermissionError as error:
            raise Problem(
                f"Port {port} needs more rights than you have. Take another: PORT=8001 make run"
            ) from error
        except OSError as error:
            raise Problem(
                f"Port {port} on {host} cannot be used: {error.strerror}.\n"
                f"Stop the program that has it, or take another port: PORT={port + 1 if port < 65535 else 8001} make run"
            ) from error
