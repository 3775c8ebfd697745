"""The virtual environment: made once, filled from hashed requirements, left alone while they stay the same."""

import hashlib
import json
import os
import subprocess
import sys
import venv
from pathlib import Path

from launcher.problem import Problem, say

CHECKOUT = Path(__file__).resolve().parent.parent
ENVIRONMENT = Path(os.environ.get("RESPITE_VENV") or CHECKOUT / ".venv")
PYTHON = ENVIRONMENT / "bin" / "python"
RUN = "requirements-train.txt"  # the product and the baseline classifier
DEVELOP = "requirements-dev.txt"  # all of that and what `make test` needs


def ensure_environment(requirements: str = RUN) -> None:
    """Install `requirements` into `.venv` unless these very bytes are installed already.

    Raises Problem when the environment cannot be made or a package has no ready-made build for this machine.
    """
    wanted = hashlib.sha256((CHECKOUT / requirements).read_bytes()).hexdigest()
    if PYTHON.exists() and _stamp().get(requirements) == wanted:
        return
    _make_environment()
    say(f"Installing {requirements} into {ENVIRONMENT.name} (a minute or two, once) ...")
    _install(requirements)
    # Read again: what another requirements file has put there still stands.
    stamp = {**_stamp(), requirements: wanted}
    if requirements == DEVELOP:
        stamp[RUN] = hashlib.sha256((CHECKOUT / RUN).read_bytes()).hexdigest()
    _stamp_file().write_text(json.dumps(stamp, indent=1, sort_keys=True) + "\n", encoding="utf-8")


def enter_environment(arguments: list[str]) -> None:
    """Become the same command under `.venv`'s Python, unless that is what runs already."""
    if Path(sys.prefix).resolve() != ENVIRONMENT.resolve():
        os.execv(PYTHON, [str(PYTHON), "-m", "launcher", *arguments])  # noqa: S606 - no shell wanted


def _stamp_file() -> Path:
    return ENVIRONMENT / "respite-installed.json"


def _stamp() -> dict[str, str]:
    try:
        stamp: dict[str, str] = json.loads(_stamp_file().read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return stamp


def _make_environment() -> None:
    if PYTHON.exists():
        return
    if not os.access(CHECKOUT if not ENVIRONMENT.exists() else ENVIRONMENT, os.W_OK):
        raise Problem(
            f"Cannot write to {CHECKOUT}: the virtual environment is to stand in it.\n"
            "Use a copy in a folder of your own, or point RESPITE_VENV and RESPITE_HOME to folders that you may write to."
        )
    say(f"Making a virtual environment in {ENVIRONMENT} ...")
    try:
        venv.create(ENVIRONMENT, with_pip=True, clear=ENVIRONMENT.exists())
    except (OSError, subprocess.CalledProcessError) as error:
        raise Problem(
            f"Python could not make a virtual environment: {error}\n"
            "On Debian and Ubuntu the piece that is often missing is: apt-get install python3-venv"
        ) from error


def _install(requirements: str) -> None:
    command = [str(PYTHON), "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--no-input"]
    # The lock is complete, so nothing is left to resolve. Left to resolve, pip refuses hashes as soon as a package that
    # another wants with an extra ("coverage[toml]") has a newer release than the locked one.
    command += ["--require-hashes", "--only-binary=:all:", "--no-deps", "-r", str(CHECKOUT / requirements)]
    outcome = subprocess.run(command, check=False, capture_output=True, text=True)
    if outcome.returncode == 0:
        return
    raise Problem(
        f"{outcome.stderr.strip()}\n\npip could not install {requirements}; its last words are above.\n"
        "- No matching distribution: there is no ready-made build for this machine. Respite runs on 64-bit Linux\n"
        "  (x86_64 or aarch64, glibc 2.28 or later) and macOS 11 or later; elsewhere use the containers of docs/deployment.md.\n"
        "- A time-out or a refused connection: pip could not reach its package index; run the same command again."
    )
