"""What every endpoint shares: refusals become problem+json, whichever layer they come from."""

from collections.abc import Sequence
from typing import Any

from django.http import HttpResponse, JsonResponse
from rest_framework.exceptions import NotAuthenticated
from rest_framework.parsers import BaseParser
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from labeling.api import problems
from labeling.api.bodies import BodyInvalid, BodyTooLarge
from labeling.operations.errors import AnswersInvalid, LabelingError, SchemaInvalid
from labeling.operations.outcomes import Refused
from people.models import User
from wellbeing import interface


class Untouched(BaseParser):
    """Leaves the body to the endpoint. Even the CSRF check of a session would otherwise read all of it, unbounded."""

    media_type = "*/*"

    def parse(self, stream: Any, media_type: str | None = None, parser_context: Any = None) -> dict[str, Any]:
        return {}


class Endpoint(APIView):
    """Reads its body itself (labeling.api.bodies) and answers with plain JSON: the hand-out is called all day."""

    parser_classes: Sequence[type[BaseParser]] = (Untouched,)

    def handle_exception(self, exc: Exception) -> Response:
        answer = problem_of(exc)
        if answer is None:
            return super().handle_exception(exc)
        return answer  # type: ignore[return-value] # finalize_response takes any HttpResponse


def problem_of(error: Exception) -> HttpResponse | None:
    """The answer to an error that this API documents; None for any other."""
    if isinstance(error, BodyInvalid):
        return problems.answer("body_invalid", str(error), errors=error.errors)
    if isinstance(error, BodyTooLarge):
        return problems.answer("body_too_large", str(error), limit_bytes=error.limit_bytes)
    if isinstance(error, AnswersInvalid | SchemaInvalid):
        places = [{"place": place, "message": message} for place, message in error.places]
        return problems.answer(error.code, error.why, errors=places)
    if isinstance(error, LabelingError):
        return problems.answer(error.code, error.why)
    return None


def refusal(outcome: Refused) -> HttpResponse:
    """The answer to "not now": a break, a budget, a window."""
    now = interface.now() if outcome.until is not None else None
    return problems.refused(outcome.code, outcome.why, until=outcome.until, now=now)


def person(request: Request) -> User:
    """Whose request it is. The route table has refused anonymous ones."""
    user = request.user
    if not user.is_authenticated:
        raise NotAuthenticated
    return user


def json(document: dict[str, Any], status: int = 200) -> JsonResponse:
    return JsonResponse(document, status=status)
