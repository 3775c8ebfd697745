"""Fixtures for every test. People are in tests.personas, databases in tests.databases, browsers in tests.browsers."""

import pytest
from django.conf import settings

pytest_plugins = ["tests.databases", "tests.personas", "tests.browsers"]


@pytest.fixture(autouse=True)
def _own_state_folder(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> None:
    """Release files and chain heads of a test go to a folder of its own."""
    folder = tmp_path_factory.mktemp("state")
    monkeypatch.setattr(settings, "STATE_DIR", folder)
    monkeypatch.setattr(settings, "CONTENT_DIR", folder / "content")
