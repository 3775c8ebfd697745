"""A small HTTP client over one kept connection: what any other program would have to do, and no more."""

import http.client
import json
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit


class ApiError(Exception):
    """The server answered in a way that a labeler's client does not expect; the message says which call."""


@dataclass(frozen=True)
class Answer:
    """Status, stable error code ("" when there is none) and body of one reply."""

    status: int
    code: str
    body: dict[str, Any]


class ApiClient:
    """Calls `/api/v1/…` with one person's bearer token. Not thread-safe: one client, one caller."""

    def __init__(self, base_url: str, token: str, *, timeout_seconds: float = 30) -> None:
        parts = urlsplit(base_url)
        if parts.scheme != "http" or not parts.hostname:
            raise ApiError(f"{base_url!r} is not an http:// address.")
        self._connection = http.client.HTTPConnection(
            parts.hostname, parts.port or 80, timeout=timeout_seconds
        )
        self._headers = {"Authorization": f"Bearer {token}", "Accept": "application/json"}

    def get(self, path: str) -> Answer:
        return self._call("GET", path, None)

    def post(self, path: str, body: dict[str, Any] | None = None) -> Answer:
        return self._call("POST", path, body if body is not None else {})

    def close(self) -> None:
        self._connection.close()

    def _call(self, method: str, path: str, body: dict[str, Any] | None) -> Answer:
        payload = None if body is None else json.dumps(body).encode()
        headers = dict(self._headers)
        if payload is not None:
            headers["Content-Type"] = "application/json"
        try:
            reply = self._send(method, path, payload, headers)
        except (http.client.HTTPException, ConnectionError):
            # A kept connection may have been closed meanwhile; every POST is safe to repeat.
            self._connection.close()
            reply = self._send(method, path, payload, headers)
        status, raw = reply
        if status >= 500:
            raise ApiError(f"{method} {path}: {status} {raw[:300]!r}")
        document = json.loads(raw) if raw else {}
        code = str(document.get("code", "")) if status >= 400 and isinstance(document, dict) else ""
        return Answer(status, code, document if isinstance(document, dict) else {"items": document})

    def _send(
        self, method: str, path: str, payload: bytes | None, headers: dict[str, str]
    ) -> tuple[int, bytes]:
        self._connection.request(method, f"/api/v1/{path}", body=payload, headers=headers)
        reply = self._connection.getresponse()
        return reply.status, reply.read()
