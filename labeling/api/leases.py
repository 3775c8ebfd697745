"""The labeler's half: claim, reveal, step, more, conceal, answer, skip."""

from django.http import HttpResponse
from drf_spectacular.utils import extend_schema
from rest_framework.exceptions import PermissionDenied
from rest_framework.request import Request

from config.api import bodies
from config.api.endpoint import json, person
from config.api.shapes import file_sent, problems
from labeling import access
from labeling.api import documents
from labeling.api.endpoint import Endpoint, refusal
from labeling.api.shapes import leases as shapes
from labeling.downloads import is_meant_for_a_page, picture_file
from labeling.operations.claim import claim
from labeling.operations.outcomes import NothingToLabel, Refused, Shown
from labeling.operations.reveal import conceal, more, picture_of, reveal, step
from labeling.operations.skip import skip
from labeling.operations.submit import submit
from people.permissions import Permission as May

TAG = ["Labeling"]


class Claim(Endpoint):
    """A task to label."""

    @extend_schema(
        operation_id="claim",
        tags=TAG,
        request=shapes.ClaimRequest,
        responses={201: shapes.Claimed, 204: None, **problems(400, 404, 409, 423, 429)},
    )
    def post(self, request: Request, project_id: int) -> HttpResponse:
        """Claim the next task. A live lease is returned again; 204 when nothing is open for this person."""
        by = person(request)
        asked = bodies.read(request, shapes.ClaimRequest)
        outcome = claim(
            project=access.project_with(by, project_id, May.LABEL), by=by, at_most=asked["at_most"]
        )
        if isinstance(outcome, Refused):
            return refusal(outcome)
        if isinstance(outcome, NothingToLabel):
            return HttpResponse(status=204)
        return json(documents.claimed(outcome), status=201)


class Reveal(Endpoint):
    """The first look."""

    @extend_schema(
        operation_id="reveal",
        tags=TAG,
        request=shapes.RevealRequest,
        responses={200: shapes.Shown, **problems(400, 404, 409, 410, 423, 429)},
    )
    def post(self, request: Request, lease_id: int) -> HttpResponse:
        """Show the first part. Its exposure is committed before any of it is sent."""
        asked = bodies.read(request, shapes.RevealRequest)
        return _shown(reveal(lease_id=lease_id, by=person(request), show=asked.get("show")))


class Step(Endpoint):
    """One step further."""

    @extend_schema(
        operation_id="step",
        tags=TAG,
        request=shapes.StepRequest,
        responses={200: shapes.Shown, **problems(400, 404, 409, 410, 422, 429)},
    )
    def post(self, request: Request, lease_id: int) -> HttpResponse:
        """Show the next part, the hidden words, or everything. Repeated, it charges nothing."""
        asked = bodies.read(request, shapes.StepRequest)
        by, to, part = person(request), asked["to"], asked.get("part")
        return _shown(step(lease_id=lease_id, by=by, to=to, part=part))


class Picture(Endpoint):
    """The picture of an image item."""

    @extend_schema(
        operation_id="picture",
        tags=TAG,
        responses={
            **file_sent("A file that the screen shows.", content_type="image/jpeg"),
            **problems(403, 404, 409, 410),
        },
    )
    def get(self, request: Request, lease_id: int, name: str) -> HttpResponse:
        """One of the `files` that a reveal or a step named, while the view is open. It changes nothing."""
        if not is_meant_for_a_page(request._request):
            raise PermissionDenied
        return picture_file(picture_of(lease_id=lease_id, by=person(request), name=name))


class More(Endpoint):
    """More time."""

    @extend_schema(
        operation_id="more",
        tags=TAG,
        request=shapes.MoreRequest,
        responses={200: shapes.Extended, **problems(400, 404, 409, 410, 429)},
    )
    def post(self, request: Request, lease_id: int) -> HttpResponse:
        """Extend the window that is named. Repeated, it changes nothing."""
        asked = bodies.read(request, shapes.MoreRequest)
        outcome = more(lease_id=lease_id, by=person(request), window=asked["window"])
        return refusal(outcome) if isinstance(outcome, Refused) else json(documents.extended(outcome))


class Conceal(Endpoint):
    """Hide it again."""

    @extend_schema(
        operation_id="conceal",
        tags=TAG,
        request=shapes.Nothing,
        responses={200: shapes.Viewed, 204: None, **problems(400, 404)},
    )
    def post(self, request: Request, lease_id: int) -> HttpResponse:
        """Close the view; minutes that were not used are given back. 204 when nothing was shown."""
        closed = conceal(lease_id=lease_id, by=person(request))
        return HttpResponse(status=204) if closed is None else json({"view": documents.view(closed)})


class Annotation(Endpoint):
    """The answer."""

    @extend_schema(
        operation_id="annotate",
        tags=TAG,
        request=shapes.AnnotationRequest,
        responses={200: shapes.Submitted, **problems(400, 404, 409, 413, 422)},
    )
    def post(self, request: Request, lease_id: int) -> HttpResponse:
        """Answer the task. Passes whatever break is due or budget spent, and late answers are never lost."""
        asked = bodies.read(request, shapes.AnnotationRequest)
        return json(
            documents.submitted(submit(lease_id=lease_id, by=person(request), answers=asked["answers"]))
        )


class Skip(Endpoint):
    """Not this one."""

    @extend_schema(
        operation_id="skip",
        tags=TAG,
        request=shapes.Nothing,
        responses={204: None, **problems(400, 404, 409)},
    )
    def post(self, request: Request, lease_id: int) -> HttpResponse:
        """Skip the task. No reason is asked, and it never comes back to this person."""
        skip(lease_id=lease_id, by=person(request))
        return HttpResponse(status=204)


def _shown(outcome: Shown | Refused) -> HttpResponse:
    return refusal(outcome) if isinstance(outcome, Refused) else json(documents.shown(outcome))
