"""Fixtures for every test. People are in tests.personas, databases in tests.databases, browsers in tests.browsers."""

import sys

import pytest
from django.conf import settings
from django.core.cache import cache

pytest_plugins = ["tests.databases", "tests.personas", "tests.browsers"]


@pytest.fixture(autouse=True)
def _own_state_folder(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> None:
    """Release files and chain heads of a test go to a folder of its own."""
    folder = tmp_path_factory.mktemp("state")
    monkeypatch.setattr(settings, "STATE_DIR", folder)
    monkeypatch.setattr(settings, "CONTENT_DIR", folder / "content")


@pytest.fixture(autouse=True)
def _nothing_remembered() -> None:
    """Each database numbers its rows from 1: what was kept of another test's schema must not be taken for this one's."""
    cache.clear()
    if (projects := sys.modules.get("labeling.queries.projects")) is not None:
        projects.schema_of.cache_clear()
