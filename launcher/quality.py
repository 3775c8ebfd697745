"""`make test`: every check, then the tests. pytest comes last, so that its closing line is what one sees."""

import os
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from typing import Any

from launcher.browser import ensure_browser
from launcher.problem import say
from launcher.setup import CHECKOUT

CHECKS: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("types", ("mypy",)),  # first, because the others run beside it
    ("ruff", ("ruff", "check", "--quiet", ".")),
    ("format", ("ruff", "format", "--check", "--quiet", ".")),
    ("layers", ("lint-imports",)),
    ("templates", ("djlint", "--lint", "--quiet", "templates")),
    ("django", ("python", "manage.py", "check", "--fail-level", "WARNING")),
    ("migrations", ("python", "-W", "ignore", "manage.py", "makemigrations", "--check", "--dry-run")),
)
# What `make test-fast` leaves out: browsers and everything that takes seconds on purpose.
FAST = ("-m", "not slow", "--ignore=tests/browser", "--ignore=tests/journeys")


def test(arguments: list[str]) -> int:
    """Run all checks and pytest with `arguments`; 0 only if nothing failed."""
    fast = arguments[:1] == ["--fast"]
    arguments = arguments[1:] if fast else arguments
    if not fast:
        ensure_browser()
    failed = _failed_checks()
    options = [*(FAST if fast else ()), *arguments]
    if (
        len(os.sched_getaffinity(0) if hasattr(os, "sched_getaffinity") else [0, 0]) > 1
        and "-n" not in options
    ):
        options = ["-n", "2", "--dist", "worksteal", *options]
    if failed:
        say(f"\nFAILED CHECKS: {', '.join(failed)} (see above). The tests follow.\n")
    outcome = _finished(("python", "-m", "pytest", *options)).returncode
    return outcome or int(bool(failed))


def _failed_checks() -> list[str]:
    """Names of the checks that found something. Two at a time: mypy takes longer than all the others together."""
    with ThreadPoolExecutor(2) as pool:
        passed = list(pool.map(_passes, CHECKS))
    return [name for (name, _), fine in zip(CHECKS, passed, strict=True) if not fine]


def _passes(check: tuple[str, tuple[str, ...]]) -> bool:
    """Whether it found nothing; what it says comes out whole, never between the lines of another."""
    name, command = check
    start = time.monotonic()
    done = _finished(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
    passed = done.returncode == 0
    verdict = f"{'ok    ' if passed else 'FAILED'} {name} ({time.monotonic() - start:.1f} s)"
    say("\n".join(filter(None, [(done.stdout or "").rstrip(), verdict])))
    return passed


def _finished(command: tuple[str, ...], **options: Any) -> "subprocess.CompletedProcess[Any]":
    program, *rest = command
    if program == "python":
        line = [sys.executable, *rest]
    else:
        line = [os.path.join(os.path.dirname(sys.executable), program), *rest]
    environment = {**os.environ, "DJANGO_SETTINGS_MODULE": "config.settings.test"}
    return subprocess.run(line, check=False, cwd=CHECKOUT, env=environment, **options)
