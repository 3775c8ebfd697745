"""Fixtures for every test. People are in tests.personas, databases in tests.databases, browsers in tests.browsers."""

import sys

import pytest
from django.conf import settings
from django.core.cache import cache
from django.utils import translation

pytest_plugins = ["tests.databases", "tests.personas", "tests.browsers"]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """What is marked slow comes first: a long test that starts last keeps one worker busy while the other has nothing."""
    items.sort(key=lambda item: item.get_closest_marker("slow") is None)


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
    translation.deactivate()  # the last page of another test may have been in another language
    if (projects := sys.modules.get("labeling.queries.projects")) is not None:
        projects.schema_of.cache_clear()
    if (words := sys.modules.get("labeling.queries.schema_words")) is not None:
        words.schema_as_read.cache_clear()
