"""Fixtures: a real Chromium, and a page whose console must stay clean."""

import os
import re
import shutil
from collections.abc import Callable, Generator
from typing import Any

import pytest
from playwright.sync_api import BrowserContext, ConsoleMessage, WebError

NAMES = ("chromium", "chromium-browser", "google-chrome")
# Loopback only: no update, no first run, nothing that calls out.
FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-dev-shm-usage",
)


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict[str, Any]) -> dict[str, Any]:
    path = next((found for name in NAMES if (found := shutil.which(name))), None)
    if path is None and os.environ.get("CI"):
        pytest.fail("There is no Chromium on the PATH; in CI the browser tests must run.", pytrace=False)
    if path is None:
        pytest.skip("NO CHROMIUM ON THE PATH: nothing is known about the pages (apt-get install chromium).")
    return {**browser_type_launch_args, "executable_path": path, "args": list(FLAGS)}


@pytest.fixture(scope="session")
def browser_context_args(browser_context_args: dict[str, Any]) -> dict[str, Any]:
    return {**browser_context_args, "reduced_motion": "reduce", "locale": "en-GB", "timezone_id": "UTC"}


@pytest.fixture
def expect_console(context: BrowserContext) -> Callable[[str], None]:
    """`expect_console("409")`: console errors that match this pattern do not fail the test."""
    expected: list[str] = context._expected_console  # type: ignore[attr-defined]
    return expected.append


@pytest.fixture
def context(context: BrowserContext) -> Generator[BrowserContext]:
    """Fails the test on any console error, uncaught exception or violation of the content security policy."""
    complaints: list[str] = []
    expected: list[str] = []
    context._expected_console = expected  # type: ignore[attr-defined]

    def heard(message: ConsoleMessage) -> None:
        if message.type == "error":
            complaints.append(f"{message.text} ({message.location.get('url', '')})")

    def thrown(error: WebError) -> None:
        complaints.append(f"uncaught: {error.error}")

    context.on("console", heard)
    context.on("weberror", thrown)
    yield context
    unexpected = [text for text in complaints if not any(re.search(pattern, text) for pattern in expected)]
    if unexpected:
        pytest.fail("The browser's console has errors:\n" + "\n".join(unexpected), pytrace=False)
