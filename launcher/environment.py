"""Where state lives, the secrets made for it, and the environment each process gets."""

import json
import os
import secrets
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from launcher.problem import Problem
from launcher.setup import CHECKOUT

# What no long-running process may hold: with it, a web request could rewrite the exposure ledger.
OWNER_ONLY = "DATABASE_OWNER_URL"


@dataclass(frozen=True)
class Addresses:
    """Where the services answer; `owner` is None when the database is not ours to migrate."""

    database: str
    owner: str | None
    broker: str


@dataclass(frozen=True)
class Home:
    """The state folder: `var/`, or what RESPITE_HOME names."""

    path: Path

    @property
    def logs(self) -> Path:
        return self.path / "log"

    @property
    def running(self) -> Path:
        """What `./respite manage` reads to find the services of a running stack."""
        return self.path / "running.json"

    @property
    def accounts(self) -> Path:
        return self.path / "demo-accounts.txt"


def open_home(path: Path | None = None) -> Home:
    """Make the state folder and its log folder. Raises Problem when that cannot be done."""
    place = (path or Path(os.environ.get("RESPITE_HOME") or CHECKOUT / "var")).absolute()
    home = Home(place)
    try:
        if not place.exists():
            place.mkdir(parents=True)
            place.chmod(
                0o711
            )  # the database server, another user when we are root, passes through to its folder
        home.logs.mkdir(mode=0o700, exist_ok=True)
        probe = place / f".probe-{os.getpid()}"
        probe.touch()
        probe.unlink()
    except OSError as error:
        raise Problem(
            f"Cannot write to {place}: {error.strerror}.\n"
            "Respite keeps its database and its logs there. Point RESPITE_HOME to a folder that you may write to:\n"
            "    RESPITE_HOME=$HOME/respite make run"
        ) from error
    return home


def any_text() -> str:
    return secrets.token_urlsafe(48)


def first_private_key() -> str:
    """What PRIVATE_KEYS begins with: a name and 32 bytes."""
    return f"first:{secrets.token_urlsafe(32)}"


def secret(home: Home, name: str, *, make: Callable[[], str] = any_text) -> str:
    """The secret called `name`: from the environment, else made once and kept in the state folder (mode 0600)."""
    if given := os.environ.get(name):
        return given
    path = home.path / "secrets" / name.lower().replace("_", "-")
    path.parent.mkdir(mode=0o700, exist_ok=True)
    try:
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return path.read_text(encoding="ascii").strip()
    value = make()
    with os.fdopen(descriptor, "w", encoding="ascii") as file:
        file.write(value + "\n")
    return value


def process_environment(home: Home, addresses: Addresses, *, owner: bool = False) -> dict[str, str]:
    """The environment of one process of ours; only with `owner` does it hold the owner's credentials."""
    environment = {key: value for key, value in os.environ.items() if key != OWNER_ONLY}
    environment.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.dev")
    environment |= {
        "RESPITE_HOME": str(home.path),
        "SECRET_KEY": secret(home, "SECRET_KEY"),
        "LEDGER_KEY": secret(home, "LEDGER_KEY"),
        "STATEMENT_KEY": secret(home, "STATEMENT_KEY"),
        "PRIVATE_KEYS": secret(home, "PRIVATE_KEYS", make=first_private_key),
        "DATABASE_URL": addresses.database,
        "CELERY_BROKER_URL": addresses.broker,
        "PYTHONUNBUFFERED": "1",
    }
    if owner and addresses.owner:
        environment[OWNER_ONLY] = addresses.owner
    return environment


def web_environment(environment: dict[str, str], *, host: str, threads: int) -> dict[str, str]:
    """What the web processes get on top: a pool as large as their threads, and the host name that they answer to."""
    more = {"DATABASE_POOL_SIZE": environment.get("DATABASE_POOL_SIZE") or str(threads)}
    if "ALLOWED_HOSTS" not in environment and host not in {"127.0.0.1", "localhost", "::1"}:
        # 0.0.0.0 means every address of this machine, whatever names lead to it.
        more["ALLOWED_HOSTS"] = "*" if host in {"0.0.0.0", "::"} else f"{host},127.0.0.1,localhost"  # noqa: S104
    return environment | more


def write_running(home: Home, addresses: Addresses) -> None:
    content = json.dumps(
        {"database": addresses.database, "owner": addresses.owner, "broker": addresses.broker}
    )
    with os.fdopen(os.open(home.running, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w") as file:
        file.write(content)


def read_running(home: Home) -> Addresses | None:
    try:
        return Addresses(**json.loads(home.running.read_text(encoding="utf-8")))
    except (OSError, ValueError, TypeError):
        return None
