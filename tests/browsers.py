"""A real Chromium against the live server. Any console error, page error or CSP violation fails the test."""

import os
from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import ConsoleMessage, Page

from launcher.browser import FLAGS, find_browser

# Playwright's synchronous driver holds an event loop, which Django takes for asynchronous code.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"

CHROMIUM = find_browser()


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Without a browser these tests cannot run. In CI that is a failure, elsewhere a skip that says what to do."""
    if CHROMIUM or os.environ.get("CI"):
        return
    skip = pytest.mark.skip(reason="no Chromium on the PATH: apt-get install chromium")
    for item in items:
        if "page" in getattr(item, "fixturenames", ()):
            item.add_marker(skip)


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict[str, Any]) -> dict[str, Any]:
    return {**browser_type_launch_args, "executable_path": CHROMIUM, "args": list(FLAGS)}


@pytest.fixture
def page(page: Page) -> Iterator[Page]:
    problems: list[str] = []

    def note(message: ConsoleMessage) -> None:
        # A form that needs another look is answered with 422, and Chromium tells its console so.
        if message.type in {"error", "warning"} and "status of 422" not in message.text:
            problems.append(f"{message.type}: {message.text}")

    page.on("console", note)
    page.on("pageerror", lambda error: problems.append(f"page error: {error}"))
    page.set_default_timeout(15_000)
    yield page
    assert not problems, "\n".join(problems)
