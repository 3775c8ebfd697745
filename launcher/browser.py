"""The Chromium of the browser tests, of the pictures and of the slow line: found, or installed where we may."""

import os
import shutil
import subprocess

from launcher.problem import Problem, say

# The shell first: the same engine without the windows of a desktop, and so a third faster on two cores.
NAMES = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome")
FLAGS = (
    "--no-sandbox",  # root has none
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-dev-shm-usage",  # a container's is 64 MB
)
INSTALLED = ("chromium-headless-shell", "chromium")  # packages, in this order until one is there


def find_browser() -> str | None:
    """The path of the first of `NAMES` on the PATH, or None."""
    return next(filter(None, map(shutil.which, NAMES)), None)


def ensure_browser() -> None:
    """Install one through apt if there is none and we may. Raises Problem in CI if there is none then."""
    if find_browser():
        return
    if os.getuid() == 0 and shutil.which("apt-get"):
        say("Installing Chromium for the browser tests ...")
        _apt("update", "-qq")
        for package in INSTALLED:
            if not find_browser():
                _apt("install", "-qq", "--no-install-recommends", package)
    if find_browser():
        return
    advice = "There is no Chromium on the PATH (apt-get install chromium): the browser tests cannot run."
    if os.environ.get("CI"):
        raise Problem(advice)
    say(
        f"\n{'!' * 78}\n{advice}\nThey are SKIPPED, and this run proves nothing about the pages.\n{'!' * 78}\n"
    )


def _apt(*arguments: str) -> None:
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    subprocess.run(["apt-get", *arguments], check=False, env=environment, stdout=subprocess.DEVNULL)
