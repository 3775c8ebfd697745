"""The database and the broker: those that the environment names, else embedded ones."""

import contextlib
import os
import stat
import tempfile
from collections.abc import Mapping
from hashlib import sha256
from pathlib import Path

from launcher import postgres, roles, valkey
from launcher.confinement import NOBODY
from launcher.environment import OWNER_ONLY, Addresses, Home
from launcher.problem import Problem
from launcher.processes import Children

LONGEST_SOCKET = 107  # bytes, the kernel's limit for the path of a unix socket
SOCKET_NAME = "/.s.PGSQL.5432"


def start_services(
    home: Home,
    children: Children,
    *,
    settings: Mapping[str, str] | None = None,
    ignore_environment: bool = False,
) -> Addresses:
    """Start what the environment does not name. With `ignore_environment`, start both whatever it names."""
    given = {} if ignore_environment else os.environ
    database, owner, broker = given.get("DATABASE_URL"), given.get(OWNER_ONLY), given.get("CELERY_BROKER_URL")
    if owner and not database:
        raise Problem(
            f"{OWNER_ONLY} is set and DATABASE_URL is not. Set both, or neither for an embedded database."
        )
    sockets = Path() if database and broker else socket_folder(home.path)
    if not database:
        server = postgres.start_server(
            home.path / "postgres",
            sockets,
            log=home.logs / "postgres.log",
            children=children,
            settings=settings,
        )
        database, owner = server.url(roles.APP), server.url(roles.OWNER)
    if not broker:
        broker = valkey.start_server(
            home.path / "valkey", sockets, log=home.logs / "valkey.log", children=children
        )
    return Addresses(database, owner, broker)


def remove_sockets(home: Path) -> None:
    """Once nothing listens there any more. A folder with something in it stays."""
    with contextlib.suppress(OSError):
        _socket_folder(home).rmdir()


def _socket_folder(home: Path) -> Path:
    name = f"respite-{os.getuid()}-{sha256(str(home).encode()).hexdigest()[:12]}"
    base = Path(tempfile.gettempdir())
    if len(str(base / name)) + len(SOCKET_NAME) > LONGEST_SOCKET:
        base = Path("/tmp")  # noqa: S108 - its owner is checked before it is used
    return base / name


def socket_folder(home: Path) -> Path:
    """A short folder that only we (and, for root, the database's user) can enter; the same for the same home."""
    folder = _socket_folder(home)
    try:
        folder.mkdir(mode=0o700)
    except FileExistsError:
        found = folder.lstat()
        ours = {os.getuid(), NOBODY} if os.getuid() == 0 else {os.getuid()}
        if not stat.S_ISDIR(found.st_mode) or found.st_uid not in ours:
            raise Problem(
                f"{folder} belongs to somebody else. Remove it, or set TMPDIR to a folder of your own."
            ) from None
        folder.chmod(0o700)
    except OSError as error:
        raise Problem(
            f"Cannot write to {folder.parent}: {error.strerror}. Set TMPDIR to a folder that you may write to."
        ) from error
    return folder
