"""Fixtures of all tests. Databases: tests.databases. People: tests.personas. Pages: tests.browsers."""

import pytest

pytest_plugins = ["tests.databases", "tests.personas", "tests.browsers"]


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """A browser takes seconds: whatever asks for one is slow."""
    for item in items:
        if {"page", "context", "browser"} & set(getattr(item, "fixturenames", ())):
            item.add_marker(pytest.mark.slow)
