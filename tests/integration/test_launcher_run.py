"""`make run` as people meet it: real processes, a state folder and a port of their own."""

import contextlib
import gzip
import http.client
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest

from launcher.services import socket_folder

ROOT = Path(__file__).resolve().parents[2]
OURS = {
    "RESPITE_HOME",
    "DATABASE_URL",
    "DATABASE_OWNER_URL",
    "CELERY_BROKER_URL",
    "DJANGO_SETTINGS_MODULE",
    "HOST",
}
pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(sys.platform != "linux", reason="reads /proc"),
]


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _environment(home: Path, port: int) -> dict[str, str]:
    kept = {
        key: value
        for key, value in os.environ.items()
        if key not in OURS and not key.startswith(("PYTEST", "TEST_"))
    }
    return {**kept, "RESPITE_HOME": str(home), "PORT": str(port)}


class Stack:
    """A launcher that was started, and everything that it started."""

    def __init__(self, home: Path) -> None:
        self.home, self.port = home, _free_port()
        self.launcher = subprocess.Popen(
            [sys.executable, "-m", "launcher", "run"],
            cwd=ROOT,
            env=_environment(home, self.port),
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )
        self.said: list[str] = []

    def wait_for_ready(self) -> None:
        assert self.launcher.stdout is not None
        for line in self.launcher.stdout:
            self.said.append(line.rstrip())
            if line.startswith("Ready: "):
                return
        pytest.fail("It never said Ready:\n" + "\n".join(self.said))

    def processes(self) -> dict[str, str]:
        """Process id → command line of all that descend from the launcher."""
        found: dict[str, str] = {}
        waiting = [str(self.launcher.pid)]
        while waiting:
            folder = Path("/proc") / waiting.pop()
            for child in (folder / "task" / folder.name / "children").read_text().split():
                found[child] = (Path("/proc") / child / "cmdline").read_text().replace("\0", " ")
                waiting.append(child)
        return found

    def stop(self, number: signal.Signals = signal.SIGTERM) -> int:
        if self.launcher.poll() is None:
            self.launcher.send_signal(number)
        code = self.launcher.wait(60)
        if self.launcher.stdout is not None:
            self.launcher.stdout.close()
        return code


def _left_of(processes: dict[str, str], seconds: float = 10) -> dict[str, str]:
    """Which of these still run when the time is up. A zombie of somebody else's to bury does not."""
    deadline = time.monotonic() + seconds
    while True:
        left = {pid: command for pid, command in processes.items() if _runs(pid)}
        if not left or time.monotonic() > deadline:
            return left
        time.sleep(0.1)


def _runs(pid: str) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except (FileNotFoundError, ProcessLookupError):
        return False


def _answer(port: int, path: str) -> str:
    with urllib.request.urlopen(f"http://127.0.0.1:{port}{path}", timeout=10) as response:
        body: bytes = response.read()
    return body.decode()


def _packed(port: int, path: str) -> tuple[str | None, bytes]:
    """The encoding and the bytes that a browser gets."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
    with contextlib.closing(connection):
        connection.request("GET", path, headers={"Accept-Encoding": "gzip, deflate, br, zstd"})
        response = connection.getresponse()
        return response.getheader("Content-Encoding"), response.read()


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A state folder in which the database has been made and migrated by a first start."""
    folder = tmp_path_factory.mktemp("home") / "state"
    first = Stack(folder)
    try:
        first.wait_for_ready()
    finally:
        first.stop()
    return folder


@pytest.fixture
def stack(home: Path) -> Iterator[Stack]:
    stack = Stack(home)
    try:
        stack.wait_for_ready()
        yield stack
    finally:
        stack.stop()


def test_it_answers_and_names_the_demo_accounts(stack: Stack) -> None:
    assert f"Ready: http://127.0.0.1:{stack.port}" in stack.said
    assert _answer(stack.port, "/healthz").strip() == "ok"
    assert '"ready": true' in _answer(stack.port, "/readyz")
    assert "<form" in _answer(stack.port, "/accounts/sign-in/")
    # They come after the line that says Ready.
    accounts = (stack.home / "demo-accounts.txt").read_text(encoding="utf-8").splitlines()
    assert stack.launcher.stdout is not None
    assert stack.launcher.stdout.readline().rstrip() == accounts[0]


def test_files_of_pages_come_packed_and_pages_do_not(stack: Stack) -> None:
    """A page is packed by the proxy or not at all: docs/deployment.md says why."""
    for name in ("css/workbench.css", "js/bench.js", "vendor/htmx/htmx.min.js"):
        plain = (ROOT / "static" / name).read_bytes()
        encoding, body = _packed(stack.port, f"/static/{name}")
        assert encoding == "gzip", name
        assert gzip.decompress(body) == plain, name
        assert _answer(stack.port, f"/static/{name}").encode() == plain
    assert _packed(stack.port, "/accounts/sign-in/")[0] is None


def test_a_second_start_does_not_migrate_again(home: Path, stack: Stack) -> None:
    assert not [line for line in stack.said if "up to date" in line or "demo" in line]


def test_no_running_process_holds_the_owners_credentials(stack: Stack) -> None:
    environments = {
        f"{pid} {command}": Path(f"/proc/{pid}/environ").read_bytes()
        for pid, command in stack.processes().items()
        if "gunicorn" in command or "celery" in command
    }
    assert len(environments) >= 4
    for command, environment in environments.items():
        assert b"respite_owner" not in environment, command
        assert b"respite_app@" in environment, command


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_a_signal_stops_everything(stack: Stack, number: signal.Signals) -> None:
    processes, sockets = stack.processes(), socket_folder(stack.home)
    assert len(processes) >= 8
    assert list(sockets.iterdir())

    assert stack.stop(number) == 0
    assert not sockets.exists()

    assert _left_of(processes, 1) == {}
    assert not (stack.home / "postgres" / "postmaster.pid").exists()


def test_a_killed_launcher_leaves_nothing_behind(home: Path, stack: Stack) -> None:
    processes = stack.processes()

    stack.stop(signal.SIGKILL)
    assert _left_of(processes) == {}

    again = Stack(home)
    try:
        again.wait_for_ready()
    finally:
        assert again.stop() == 0


def test_a_child_that_dies_takes_all_down_and_names_its_log(stack: Stack) -> None:
    processes = stack.processes()
    beat = next(pid for pid, command in processes.items() if "celery" in command and " beat " in command)
    assert stack.launcher.stdout is not None

    os.kill(int(beat), signal.SIGKILL)

    assert stack.launcher.wait(60) == 1
    assert str(stack.home / "log" / "beat.log") in stack.launcher.stdout.read()
    assert _left_of(processes) == {}


def test_a_second_launcher_on_the_same_folder_says_so(home: Path, stack: Stack) -> None:
    other = _run(["run"], _environment(home, _free_port()))

    assert other.returncode == 1
    assert f"already runs on {home}" in other.stderr


def test_manage_reaches_the_running_database(home: Path, stack: Stack) -> None:
    done = _run(["manage", "migrate", "--check"], _environment(home, stack.port))

    assert done.returncode == 0, done.stderr


def test_a_busy_port_is_named_before_anything_starts(tmp_path: Path) -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        done = _run(["run"], _environment(tmp_path, port))

    assert done.returncode == 1
    assert f"Port {port} on 127.0.0.1 cannot be used" in done.stderr
    assert "PORT=" in done.stderr
    assert not (tmp_path / "postgres").exists()


def test_a_folder_that_cannot_be_written_is_named(tmp_path: Path) -> None:
    (tmp_path / "file").touch()

    done = _run(["run"], _environment(tmp_path / "file" / "home", _free_port()))

    assert done.returncode == 1
    assert "Cannot write to" in done.stderr
    assert "RESPITE_HOME" in done.stderr
    assert "Traceback" not in done.stderr


def _run(arguments: list[str], environment: dict[str, str]) -> "subprocess.CompletedProcess[str]":
    return subprocess.run(
        [sys.executable, "-m", "launcher", *arguments],
        check=False,
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
        timeout=120,
    )
