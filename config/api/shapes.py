"""What answers of every API have in common, for the OpenAPI document: the one form of every error (RFC 9457), and files."""

from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiResponse
from rest_framework import serializers

from config.errors import PROBLEM_JSON

Responses = dict[tuple[int, str] | int, type[serializers.Serializer] | None]


class Place(serializers.Serializer):
    place = serializers.CharField()
    message = serializers.CharField()


class Problem(serializers.Serializer):
    """What went wrong. `code` is stable; `detail` is a plain sentence for a person."""

    status = serializers.IntegerField()
    code = serializers.CharField(min_length=1)
    title = serializers.CharField()
    detail = serializers.CharField()


class BodyProblem(Problem):
    errors = serializers.DictField(required=False, help_text="Messages by field.")


class PlacesProblem(Problem):
    errors = Place(many=True)


class WaitProblem(Problem):
    until = serializers.DateTimeField(allow_null=True, help_text="When it ends; null when that is not known.")


class SizeProblem(Problem):
    limit_bytes = serializers.IntegerField()


FORM_OF: dict[int, type[serializers.Serializer]] = {
    400: BodyProblem,
    413: SizeProblem,
    422: PlacesProblem,
    423: WaitProblem,
    429: WaitProblem,
}


def problems(*statuses: int) -> Responses:
    """The error answers of an endpoint; 401, 403 and 405 belong to every one."""
    return {(status, PROBLEM_JSON): FORM_OF.get(status, Problem) for status in (401, 403, 405, *statuses)}


def file_sent(
    description: str, *, content_type: str = "application/octet-stream"
) -> dict[tuple[int, str], OpenApiResponse]:
    """The answer of an endpoint that sends the bytes of a file."""
    return {(200, content_type): OpenApiResponse(OpenApiTypes.BINARY, description=description)}
