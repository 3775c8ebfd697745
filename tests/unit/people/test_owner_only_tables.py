from types import SimpleNamespace

import pytest

from people import grants


def use_apps(monkeypatch, *lists):
    configs = [SimpleNamespace(owner_only_tables=listed) for listed in lists] + [SimpleNamespace()]
    monkeypatch.setattr(grants.apps, "get_app_configs", lambda: configs)


def test_lists_of_all_apps_are_joined(monkeypatch):
    use_apps(monkeypatch, {"ledger": ["SELECT", "INSERT (seq)"]}, {"log": "SELECT"})

    assert grants.owner_only_tables() == {"ledger": "SELECT, INSERT (seq)", "log": "SELECT"}


def test_table_listed_twice_is_an_error(monkeypatch):
    use_apps(monkeypatch, {"log": "SELECT"}, {"log": "SELECT, DELETE"})

    with pytest.raises(ValueError, match="log"):
        grants.owner_only_tables()
