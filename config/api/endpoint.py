"""What every endpoint of every API shares: it reads its own body, and its errors become problem+json."""

from collections.abc import Sequence
from datetime import datetime
from http import HTTPStatus
from typing import Any

from django.http import HttpResponse, JsonResponse
from rest_framework.exceptions import NotAuthenticated
from rest_framework.parsers import BaseParser
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from config.api.bodies import BodyInvalid, BodyTooLarge
from config.errors import problem
from people.models import User


class Untouched(BaseParser):
    """Leaves the body to the endpoint. Even the CSRF check of a session would otherwise read all of it, unbounded."""

    media_type = "*/*"

    def parse(self, stream: Any, media_type: str | None = None, parser_context: Any = None) -> dict[str, Any]:
        return {}


class PlainEndpoint(APIView):
    """Reads its body itself (config.api.bodies) and answers with plain JSON: a hand-out is called all day."""

    parser_classes: Sequence[type[BaseParser]] = (Untouched,)

    def handle_exception(self, exc: Exception) -> Response:
        answer = self.problem_of(exc)
        if answer is None:
            return super().handle_exception(exc)
        return answer  # type: ignore[return-value] # finalize_response takes any HttpResponse

    def problem_of(self, error: Exception) -> HttpResponse | None:
        """The answer to an error that this API documents; None for any other."""
        if isinstance(error, BodyInvalid):
            return problem(HTTPStatus.BAD_REQUEST, "body_invalid", str(error), errors=error.errors)
        if isinstance(error, BodyTooLarge):
            return problem(
                HTTPStatus.REQUEST_ENTITY_TOO_LARGE,
                "body_too_large",
                str(error),
                limit_bytes=error.limit_bytes,
            )
        return None


def person(request: Request) -> User:
    """Whose request it is. The route table has refused anonymous ones."""
    user = request.user
    if not user.is_authenticated:
        raise NotAuthenticated
    return user


def json(document: dict[str, Any], status: int = 200) -> JsonResponse:
    return JsonResponse(document, status=status)


def moment(value: datetime | None) -> str | None:
    """A time in UTC, to the millisecond, as RFC 3339."""
    if value is None:
        return None
    return value.isoformat(timespec="milliseconds").replace("+00:00", "Z")


def wait_until(answer: HttpResponse, until: datetime | None, now: datetime | None) -> HttpResponse:
    """The answer with Retry-After, where it is known when asking again can succeed."""
    if until is not None and now is not None:
        answer["Retry-After"] = str(max(1, round((until - now).total_seconds())))
    return answer
