"""Reading what a caller sent: within limits, and only of the documented shape."""

import json
from typing import Any

from django.conf import settings
from django.core.exceptions import RequestDataTooBig
from django.http import HttpRequest
from rest_framework.serializers import Serializer

Errors = dict[str, Any]


class BodyInvalid(Exception):
    """The body is not JSON, or not of the documented shape. `errors` says what, by field."""

    def __init__(self, detail: str, errors: Errors | None = None) -> None:
        super().__init__(detail)
        self.errors = errors or {}


class BodyTooLarge(Exception):
    """The body is larger than this endpoint takes."""

    def __init__(self, limit_bytes: int) -> None:
        super().__init__(f"At most {limit_bytes:,} bytes.")
        self.limit_bytes = limit_bytes


def read(request: HttpRequest, shape: type[Serializer[Any]]) -> dict[str, Any]:
    """The JSON body as `shape` understands it; no body at all counts as `{}`.

    Raises:
        BodyInvalid: not JSON, not an object, or fields of the wrong kind.
        BodyTooLarge: more than DATA_UPLOAD_MAX_MEMORY_SIZE bytes.
    """
    serializer = shape(data=_parse(_raw(request)))
    if not serializer.is_valid():
        raise BodyInvalid("Some fields are missing or of the wrong kind.", serializer.errors)
    values: dict[str, Any] = serializer.validated_data
    return values


def _raw(request: HttpRequest) -> bytes:
    try:
        return request.body
    except RequestDataTooBig as error:
        raise BodyTooLarge(settings.DATA_UPLOAD_MAX_MEMORY_SIZE) from error


def _parse(raw: bytes) -> dict[str, Any]:
    try:
        document = json.loads(raw or b"{}", parse_constant=_refuse_constant)
    except (
        ValueError,
        RecursionError,
    ) as error:  # bad JSON, bad UTF-8, a number of a million digits, deep nesting
        raise BodyInvalid("The body is not valid JSON.") from error
    if not isinstance(document, dict):
        raise BodyInvalid("The body must be a JSON object.")
    return document


def _refuse_constant(name: str) -> None:
    raise ValueError(f"{name} is not JSON")
