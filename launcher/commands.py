"""What `python3 -m launcher` understands."""

import contextlib
import os
import shutil
import socket
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from launcher.database import migrate, run_manage
from launcher.environment import (
    OWNER_ONLY,
    Addresses,
    Home,
    open_home,
    process_environment,
    read_running,
)
from launcher.lock import try_lock
from launcher.postgres import THROW_AWAY
from launcher.problem import Problem, say
from launcher.processes import Children
from launcher.quality import test
from launcher.run import Stopped, run, start_programs, stopping
from launcher.services import socket_folder, start_services
from launcher.setup import DEVELOP, RUN, ensure_environment, enter_environment

USAGE = """\
python3 -m launcher setup [--dev]              make .venv (with --dev: with what the tests need)
python3 -m launcher run                        everything on one machine, until Ctrl-C
python3 -m launcher manage [--owner] ARGS...   manage.py on the running stack's database, or on the stopped one's
python3 -m launcher with-services [--migrate] [--web] -- CMD...
                                               CMD with a database and a broker that are thrown away afterwards;
                                               --migrate brings the schema up, --web also starts web, worker and
                                               beat and sets BASE_URL
python3 -m launcher test [--fast] [ARGS...]    every check, then pytest with ARGS"""


def main(arguments: list[str]) -> int:
    name, rest = (arguments[0], arguments[1:]) if arguments else ("help", [])
    try:
        if name == "setup":
            ensure_environment(DEVELOP if "--dev" in rest else RUN)
            return 0
        if name not in COMMANDS:
            say(USAGE)
            return 0 if name in {"help", "--help", "-h"} else 2
        ensure_environment(DEVELOP if name == "test" else RUN)
        enter_environment(arguments)
        return COMMANDS[name](rest)
    except Problem as problem:
        print(f"\n{problem}", file=sys.stderr)
        return 1
    except (KeyboardInterrupt, Stopped):
        return 130


def manage(arguments: list[str]) -> int:
    """manage.py with the environment of a running stack, or with its services started for this one command."""
    owner = arguments[:1] == ["--owner"]
    arguments = arguments[1:] if owner else arguments
    home = open_home()
    lock = try_lock(home.path)
    if lock is None:
        addresses = read_running(home)
        if addresses is None:
            raise Problem("Respite is just starting or stopping. Try again in a moment.")
        return run_manage(home, addresses, arguments, owner=owner)
    children = Children()
    with stopping(children):
        return run_manage(home, start_services(home, children), arguments, owner=owner)


def with_services(arguments: list[str]) -> int:
    """Run a command beside services of its own; nothing of them is left afterwards."""
    if "--" not in arguments or arguments[-1] == "--":
        raise Problem(USAGE)
    options, command = arguments[: arguments.index("--")], arguments[arguments.index("--") + 1 :]
    children = Children()
    with throw_away_home() as home, stopping(children):
        addresses = start_services(home, children, settings=THROW_AWAY, ignore_environment=True)
        environment = process_environment(home, addresses, owner=True)
        if "--migrate" in options or "--web" in options:
            _migrate_throw_away(home, addresses)
        if "--web" in options:
            plain = {key: value for key, value in environment.items() if key != OWNER_ONLY}
            environment["BASE_URL"] = start_programs(home, plain, children, "127.0.0.1", _free_port())
        return subprocess.run(command, check=False, env=environment).returncode


@contextlib.contextmanager
def throw_away_home() -> Iterator[Home]:
    """A state folder that is removed with all that is in it."""
    folder = Path(tempfile.mkdtemp(prefix="respite-"))
    folder.chmod(0o711)
    try:
        yield open_home(folder)
    finally:
        shutil.rmtree(socket_folder(folder), ignore_errors=True)
        shutil.rmtree(folder, ignore_errors=True)


def _migrate_throw_away(home: Home, addresses: Addresses) -> None:
    given = os.environ.pop("DATABASE_URL", None)
    try:
        migrate(home, addresses)
    finally:
        if given is not None:
            os.environ["DATABASE_URL"] = given


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


COMMANDS = {
    "run": lambda _arguments: run(),
    "manage": manage,
    "with-services": with_services,
    "test": test,
}
