"""PRIVATE_KEYS as operators write it."""

import base64

import pytest

from config import env

ONE = base64.urlsafe_b64encode(bytes(range(32))).decode()


def read(monkeypatch, value):
    monkeypatch.setenv("PRIVATE_KEYS", value)
    return env.keys("PRIVATE_KEYS")


def test_keys_keep_their_order_with_or_without_padding(monkeypatch):
    found = read(monkeypatch, f"summer:{ONE}, spring:{'A' * 43}")
    assert found == [("summer", bytes(range(32))), ("spring", bytes(32))]


def test_keys_may_come_from_a_file(monkeypatch, tmp_path):
    (tmp_path / "keys").write_text(f"only:{ONE}\n")
    monkeypatch.delenv("PRIVATE_KEYS", raising=False)
    monkeypatch.setenv("PRIVATE_KEYS_FILE", str(tmp_path / "keys"))
    assert env.keys("PRIVATE_KEYS") == [("only", bytes(range(32)))]


@pytest.mark.parametrize(
    "value", ["short:QUJD", ONE, f":{ONE}", f"a:{ONE},", "a:" + "*" * 43, f"a:{ONE}{ONE}", "a:" + "é" * 43]
)
def test_a_key_that_is_none_is_refused_without_being_printed(monkeypatch, value):
    with pytest.raises(env.EnvironmentVariableError, match="PRIVATE_KEYS must hold") as caught:
        read(monkeypatch, value)
    assert ONE not in str(caught.value)


def test_a_name_twice_is_refused(monkeypatch):
    with pytest.raises(env.EnvironmentVariableError, match="'a' twice"):
        read(monkeypatch, f"a:{ONE},a:{'A' * 43}")


def test_unset_is_loud(monkeypatch):
    monkeypatch.delenv("PRIVATE_KEYS", raising=False)
    monkeypatch.delenv("PRIVATE_KEYS_FILE", raising=False)
    with pytest.raises(env.EnvironmentVariableError, match="PRIVATE_KEYS is not set"):
        env.keys("PRIVATE_KEYS")
