"""`make test`: every check, then the tests. pytest comes last, so that its closing line is what one sees."""

import os
import shutil
import subprocess
import sys
import time

from launcher.problem import Problem, say
from launcher.setup import CHECKOUT

CHECKS: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("ruff", ("ruff", "check", "--quiet", ".")),
    ("format", ("ruff", "format", "--check", "--quiet", ".")),
    ("layers", ("lint-imports",)),
    ("templates", ("djlint", "--lint", "--quiet", "templates")),
    ("django", ("python", "manage.py", "check", "--fail-level", "WARNING")),
    ("migrations", ("python", "-W", "ignore", "manage.py", "makemigrations", "--check", "--dry-run")),
    ("types", ("mypy",)),
)
# What `make test-fast` leaves out: browsers and everything that takes seconds on purpose.
FAST = ("-m", "not slow", "--ignore=tests/browser", "--ignore=tests/journeys")
BROWSERS = ("chromium", "chromium-browser", "google-chrome")


def test(arguments: list[str]) -> int:
    """Run all checks and pytest with `arguments`; 0 only if nothing failed."""
    fast = arguments[:1] == ["--fast"]
    arguments = arguments[1:] if fast else arguments
    if not fast:
        ensure_browser()
    failed = [name for name, command in CHECKS if not _passes(name, command)]
    options = [*(FAST if fast else ()), *arguments]
    if (
        len(os.sched_getaffinity(0) if hasattr(os, "sched_getaffinity") else [0, 0]) > 1
        and "-n" not in options
    ):
        options += ["-n", "2"]
    if failed:
        say(f"\nFAILED CHECKS: {', '.join(failed)} (see above). The tests follow.\n")
    outcome = _run(("python", "-m", "pytest", *options))
    return outcome or int(bool(failed))


def ensure_browser() -> None:
    """A Chromium for the browser tests: installed through apt where we may. Raises Problem in CI without one."""
    if any(shutil.which(name) for name in BROWSERS):
        return
    if os.getuid() == 0 and shutil.which("apt-get"):
        say("Installing Chromium for the browser tests ...")
        environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
        for command in (
            ["apt-get", "update", "-qq"],
            ["apt-get", "install", "-qq", "--no-install-recommends", "chromium"],
        ):
            subprocess.run(command, check=False, env=environment, stdout=subprocess.DEVNULL)
    if any(shutil.which(name) for name in BROWSERS):
        return
    advice = "There is no Chromium on the PATH (apt-get install chromium): the browser tests cannot run."
    if os.environ.get("CI"):
        raise Problem(advice)
    say(
        f"\n{'!' * 78}\n{advice}\nThey are SKIPPED, and this run proves nothing about the pages.\n{'!' * 78}\n"
    )


def _passes(name: str, command: tuple[str, ...]) -> bool:
    start = time.monotonic()
    passed = _run(command) == 0
    say(f"{'ok    ' if passed else 'FAILED'} {name} ({time.monotonic() - start:.1f} s)")
    return passed


def _run(command: tuple[str, ...]) -> int:
    program, *rest = command
    if program == "python":
        line = [sys.executable, *rest]
    else:
        line = [os.path.join(os.path.dirname(sys.executable), program), *rest]
    environment = {**os.environ, "DJANGO_SETTINGS_MODULE": "config.settings.test"}
    return subprocess.run(line, check=False, cwd=CHECKOUT, env=environment).returncode
