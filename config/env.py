"""Typed readers of the process environment that fail loudly.

Every reader names the variable in its error. A secret may come from a file: `SECRET_KEY_FILE=/run/secrets/key`
is read when `SECRET_KEY` itself is not set.
"""

import base64
import os
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit


class EnvironmentVariableError(Exception):
    """A variable is missing or does not parse; the message says which, and what it wants."""


def text(name: str, default: str | None = None) -> str:
    value = os.environ.get(name)
    if value is not None and value.strip():
        return value.strip()
    if default is None:
        raise EnvironmentVariableError(f"{name} is not set, and there is no default for it.")
    return default


def secret(name: str, default: str | None = None) -> str:
    path = os.environ.get(f"{name}_FILE")
    if path and name not in os.environ:
        try:
            return Path(path).read_text(encoding="utf-8").strip()
        except OSError as error:
            raise EnvironmentVariableError(f"{name}_FILE={path} cannot be read: {error.strerror}.") from error
    return text(name, default)


def integer(name: str, default: int | None = None) -> int:
    raw = text(name, None if default is None else str(default))
    try:
        return int(raw)
    except ValueError as error:
        raise EnvironmentVariableError(f"{name}={raw!r} is not a whole number.") from error


def boolean(name: str, default: bool | None = None) -> bool:
    raw = text(name, None if default is None else str(default)).lower()
    if raw in {"1", "true", "yes", "on"}:
        return True
    if raw in {"0", "false", "no", "off"}:
        return False
    raise EnvironmentVariableError(f"{name}={raw!r} is neither true nor false.")


def words(name: str, default: str = "") -> list[str]:
    """A comma-separated list; empty when unset."""
    return [word.strip() for word in text(name, default).split(",") if word.strip()]


def keys(name: str, default: str | None = None) -> list[tuple[str, bytes]]:
    """A comma-separated list of `name:key`, each key 32 bytes in URL-safe base64; the order counts."""
    found: list[tuple[str, bytes]] = []
    for word in secret(name, default).split(","):
        label, _, encoded = word.strip().partition(":")
        try:
            key = base64.b64decode(encoded + "=" * (-len(encoded) % 4), altchars=b"-_", validate=True)
        except ValueError:
            key = b""
        if not label or len(key) != 32:
            raise EnvironmentVariableError(
                f"{name} must hold name:key, each key 32 bytes in URL-safe base64; entry {len(found) + 1} does not."
            )
        if label in dict(found):
            raise EnvironmentVariableError(f"{name} names {label!r} twice.")
        found.append((label, key))
    return found


def database(name: str, default: str | None = None) -> dict[str, Any]:
    """A `postgresql://user:password@host:port/name` address as a Django DATABASES entry.

    A unix socket folder goes into the query: `postgresql://respite_app@/respite?host=/tmp/socket`.
    """
    raw = secret(name, default)
    parts = urlsplit(raw)
    if parts.scheme not in {"postgresql", "postgres"}:
        raise EnvironmentVariableError(
            f"{name} must start with postgresql:// (Respite runs on PostgreSQL only)."
        )
    database_name = unquote(parts.path.lstrip("/"))
    if not database_name:
        raise EnvironmentVariableError(f"{name} names no database.")
    query = {key: values[-1] for key, values in parse_qs(parts.query).items()}
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": database_name,
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": query.pop("host", parts.hostname or ""),
        "PORT": str(parts.port or ""),
        "OPTIONS": query,
    }
