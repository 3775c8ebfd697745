"""A question to the lead about the task of a lease."""

from uuid import uuid4

from django.http import HttpResponse
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request

from config.api import bodies
from config.api.endpoint import json, person
from config.api.shapes import problems
from labeling.api.endpoint import Endpoint
from labeling.api.shapes import leases as shapes
from labeling.operations.questions import ask_lead


class Question(Endpoint):
    """Unsure about an item."""

    @extend_schema(
        operation_id="ask",
        tags=["Labeling"],
        request=shapes.QuestionRequest,
        responses={201: shapes.Asked, **problems(400, 404, 409, 422)},
    )
    def post(self, request: Request, lease_id: int) -> HttpResponse:
        """Ask the lead. The lease and what is open stay as they are; the same `id` again is the same question."""
        asked = bodies.read(request, shapes.QuestionRequest)
        question = ask_lead(
            lease_id=lease_id, by=person(request), text=asked["text"], question_id=asked.get("id") or uuid4()
        )
        return json({"question": str(question.pk)}, status=201)
