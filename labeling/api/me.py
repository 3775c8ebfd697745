"""Oneself: exposure, break, stop."""

from django.http import HttpResponse
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request

from config.api import bodies
from config.api.endpoint import json, person
from config.api.shapes import problems
from labeling.api import documents
from labeling.api.endpoint import Endpoint
from labeling.api.shapes import me as shapes
from labeling.api.shapes.leases import Nothing
from wellbeing import interface

TAG = ["Oneself"]


class MyExposure(Endpoint):
    """One's own exposure."""

    @extend_schema(operation_id="my_exposure", tags=TAG, responses={200: shapes.Exposure, **problems()})
    def get(self, request: Request) -> HttpResponse:
        """Today, seven and 28 days against the limits, and when the next break is due."""
        by = person(request)
        return json(documents.exposure(interface.exposure_of(person_id=by.pk, looked_by=by.pk)))


class MyBreak(Endpoint):
    """A break."""

    @extend_schema(
        operation_id="start_break",
        tags=TAG,
        request=shapes.BreakRequest,
        responses={200: shapes.BreakStarted, **problems(400)},
    )
    def post(self, request: Request) -> HttpResponse:
        """Hide what is shown and start a paid break. While one runs, it goes on."""
        asked = bodies.read(request, shapes.BreakRequest)
        kind = interface.BreakKind(asked["kind"])
        return json(documents.break_started(interface.start_break(person_id=person(request).pk, kind=kind)))


class MyStop(Endpoint):
    """Stop."""

    @extend_schema(
        operation_id="stop", tags=TAG, request=Nothing, responses={200: shapes.BreakStarted, **problems(400)}
    )
    def post(self, request: Request) -> HttpResponse:
        """Hide what is shown at once and rest. No reason is asked."""
        return json(documents.break_started(interface.stop(person_id=person(request).pk)))
