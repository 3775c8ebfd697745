"""Bring the schema up to date, as the owner, and set out the demo project."""

import os
import subprocess
import sys
from hashlib import sha256
from pathlib import Path

from launcher.environment import Addresses, Home, process_environment
from launcher.problem import Problem, say
from launcher.processes import before_exec
from launcher.setup import CHECKOUT

APPS = ("people", "wellbeing", "labeling")


def migrate(home: Home, addresses: Addresses) -> None:
    """Apply what is unapplied; with the stamp of the last time in place, that costs nothing.

    Without the owner's address the schema is somebody else's to change, and is only checked.
    """
    stamp, wanted = _stamp(home), fingerprint()
    if stamp is not None and stamp.exists() and stamp.read_text() == wanted:
        return
    log = home.logs / "migrate.log"
    if addresses.owner is None:
        if run_manage(home, addresses, ["migrate", "--check"], log=log) != 0:
            raise Problem(
                "The database that DATABASE_URL names lacks migrations, and only its owner may apply them. Set\n"
                "DATABASE_OWNER_URL as well, or apply them once: DATABASE_OWNER_URL=… manage.py migrate --database owner\n"
                f"Log: {log}"
            )
        return
    say("Bringing the database up to date ...")
    if (
        run_manage(home, addresses, ["migrate", "--database", "owner", "--no-input"], owner=True, log=log)
        != 0
    ):
        raise Problem(f"The migrations failed; nothing was started. Log: {log}\n{_end_of(log)}")
    if stamp is not None:
        stamp.write_text(wanted)


def set_out_demo(home: Home, addresses: Addresses) -> None:
    """`manage.py demo_project`, once per database and version of the schema, in demo settings only."""
    stamp = _stamp(home, "demo")
    if not has_command("demo_project") or os.environ.get("RESPITE_DEMO", "true").lower() in {
        "0",
        "false",
        "no",
        "off",
    }:
        return
    if os.environ.get("DJANGO_SETTINGS_MODULE", "").endswith(".production"):
        return
    done = (
        home.accounts.exists() and stamp is not None and stamp.exists() and stamp.read_text() == fingerprint()
    )
    if done:
        return
    say("Setting out the demo project ...")
    log = home.logs / "demo.log"
    if run_manage(home, addresses, ["demo_project"], log=log) != 0:
        raise Problem(f"The demo project could not be set out. Log: {log}\n{_end_of(log)}")
    if stamp is not None:
        stamp.write_text(fingerprint())


def has_command(name: str) -> bool:
    return any((CHECKOUT / app / "management/commands" / f"{name}.py").exists() for app in APPS)


def run_manage(
    home: Home, addresses: Addresses, arguments: list[str], *, owner: bool = False, log: Path | None = None
) -> int:
    """Run manage.py, its output into `log` or to the terminal, and return its exit code."""
    command = [sys.executable, str(CHECKOUT / "manage.py"), *arguments]
    environment = process_environment(home, addresses, owner=owner)
    if log is None:
        return subprocess.run(command, check=False, env=environment).returncode
    with log.open("ab") as output:
        return subprocess.run(
            command,
            check=False,
            env=environment,
            cwd=CHECKOUT,
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
            preexec_fn=before_exec(None),
        ).returncode


def fingerprint() -> str:
    """Changes with any migration, with what the runtime role is granted, and with any installed version."""
    digest = sha256()
    for app in APPS:
        for path in sorted([*(CHECKOUT / app).glob("migrations/*.py"), *(CHECKOUT / app).glob("*.py")]):
            digest.update(f"{path.relative_to(CHECKOUT)}\0".encode() + path.read_bytes())
    digest.update((CHECKOUT / "requirements.txt").read_bytes())
    return digest.hexdigest()


def _stamp(home: Home, of: str = "migrated") -> Path | None:
    """Inside the embedded cluster's own folder, so that it goes where the cluster goes. None for another's database."""
    if os.environ.get("DATABASE_URL"):
        return None
    data = home.path / "postgres"
    return data / f"respite-{of}" if (data / "PG_VERSION").exists() else None


def _end_of(log: Path, lines: int = 15) -> str:
    return "\n".join(log.read_text(encoding="utf-8", errors="replace").splitlines()[-lines:])
