"""The gate for another review tool: the same decisions, about the same people, as everywhere else here."""

from http import HTTPStatus
from typing import Any

from django.http import HttpResponse
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.exceptions import PermissionDenied
from rest_framework.request import Request

from config.api import bodies
from config.api.endpoint import PlainEndpoint, json, moment, person, wait_until
from config.api.shapes import Responses, problems
from config.errors import PROBLEM_JSON, problem
from wellbeing import interface
from wellbeing.access import person_to_meter
from wellbeing.api import documents, shapes
from wellbeing.interface import Disclosure, Modality, Refusal, RefusalCode, Stimulus, View
from wellbeing.operations import metering

TAG = ["Gate for another tool"]
NOT_NOW = "Show nothing now. `code` and `until` are for your program, `why` is for the person."
PRIVATE = "Nothing can be shown to you here now. Your own pages in Respite say more."
REFUSED: Responses = {(409, PROBLEM_JSON): shapes.GateRefusal}


class TokenNeeded(PermissionDenied):
    """A browser session is a person, and this is for programs."""

    default_code = "token_needed"
    default_detail = "Only a program with an access token may use this."


class Gate(PlainEndpoint):
    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        super().initial(request, *args, **kwargs)
        if request.auth is None:
            raise TokenNeeded


class Clear(Gate):
    """Before something is handed out."""

    @extend_schema(
        operation_id="gate_clear",
        tags=TAG,
        request=shapes.GatePerson,
        responses={200: shapes.GateClearance, **REFUSED, **problems(400, 404)},
    )
    def post(self, request: Request) -> HttpResponse:
        """What this person may be handed now. Ask right before you hand something out: it counts as that."""
        asked = bodies.read(request, shapes.GatePerson)
        tool = person(request)
        someone = person_to_meter(tool, asked["person"])
        answer = metering.hand_out(person_id=someone.pk, tool_id=tool.pk)
        return _refused(answer) if isinstance(answer, Refusal) else json(documents.cleared(answer))


class Reveal(Gate):
    """The first look."""

    @extend_schema(
        operation_id="gate_reveal",
        tags=TAG,
        request=shapes.GateRevealRequest,
        responses={200: shapes.GateView, **REFUSED, **problems(400, 404)},
    )
    def post(self, request: Request) -> HttpResponse:
        """Show it only after a 200: what it costs is then committed. Repeated, it charges nothing more."""
        asked = bodies.read(request, shapes.GateRevealRequest)
        tool = person(request)
        someone = person_to_meter(tool, asked["person"])
        answer = metering.reveal(
            person_id=someone.pk,
            occasion=metering.occasion_of(tool, asked["occasion"]),
            stimulus=_stimulus(asked["stimulus"]),
            disclosure=Disclosure(**asked["disclosure"]),
            words_per_minute=asked.get("words_per_minute", someone.pace_words_per_minute),
        )
        return _shown(answer, asked)


class Step(Gate):
    """Show more of it."""

    @extend_schema(
        operation_id="gate_step",
        tags=TAG,
        request=shapes.GateShowing,
        responses={200: shapes.GateView, **REFUSED, **problems(400, 404)},
    )
    def post(self, request: Request) -> HttpResponse:
        """Raise what is disclosed; `disclosure` counts what is shown already. Repeated, it charges nothing."""
        asked = bodies.read(request, shapes.GateShowing)
        tool = person(request)
        someone = person_to_meter(tool, asked["person"])
        answer = metering.step(
            person_id=someone.pk,
            occasion=metering.occasion_of(tool, asked["occasion"]),
            disclosure=Disclosure(**asked["disclosure"]),
            words_per_minute=asked.get("words_per_minute", someone.pace_words_per_minute),
        )
        return _shown(answer, asked)


class More(Gate):
    """More time."""

    @extend_schema(
        operation_id="gate_more",
        tags=TAG,
        request=shapes.GateMoreRequest,
        responses={200: shapes.GateView, **REFUSED, **problems(400, 404)},
    )
    def post(self, request: Request) -> HttpResponse:
        """Extend the window that is named by a minute. Repeated, it changes nothing."""
        asked = bodies.read(request, shapes.GateMoreRequest)
        tool = person(request)
        someone = person_to_meter(tool, asked["person"])
        occasion = metering.occasion_of(tool, asked["occasion"])
        return _shown(metering.more(person_id=someone.pk, occasion=occasion, window=asked["window"]), asked)


class Conceal(Gate):
    """Hide it again."""

    @extend_schema(
        operation_id="gate_conceal",
        tags=TAG,
        request=shapes.GateOccasion,
        responses={200: shapes.GateView, 204: None, **problems(400, 404)},
    )
    def post(self, request: Request) -> HttpResponse:
        """Say that it is off the screen; time that was not used is given back. 204 when nothing was shown."""
        asked = bodies.read(request, shapes.GateOccasion)
        tool = person(request)
        occasion = metering.occasion_of(tool, asked["occasion"])
        someone = person_to_meter(tool, asked["person"], begun=occasion)
        return _shown(metering.conceal(person_id=someone.pk, occasion=occasion), asked)


class Settle(Gate):
    """What it turned out to be."""

    @extend_schema(
        operation_id="gate_settle",
        tags=TAG,
        request=shapes.GateSettleRequest,
        responses={200: shapes.GateView, 204: None, **problems(400, 404)},
    )
    def post(self, request: Request) -> HttpResponse:
        """Charge it at the answer's severity; null charges the expected one. Always passes. 204 if never shown."""
        asked = bodies.read(request, shapes.GateSettleRequest)
        tool = person(request)
        occasion = metering.occasion_of(tool, asked["occasion"])
        someone = person_to_meter(tool, asked["person"], begun=occasion)
        answer = metering.settle(
            person_id=someone.pk,
            occasion=occasion,
            verdict=asked["verdict"],
            categories=frozenset(asked["categories"]),
        )
        return _shown(answer, asked)


class Stop(Gate):
    """The person wants to stop."""

    @extend_schema(
        operation_id="gate_stop",
        tags=TAG,
        request=shapes.GatePerson,
        responses={200: shapes.GateStopped, **problems(400, 404)},
    )
    def post(self, request: Request) -> HttpResponse:
        """Blank the screen first, then send this: a paid break runs. Ask for no reason."""
        asked = bodies.read(request, shapes.GatePerson)
        someone = person_to_meter(person(request), asked["person"])
        return json(documents.stopped(interface.stop(person_id=someone.pk)))


class TeamExposure(Gate):
    """Exposure against the policy."""

    @extend_schema(
        operation_id="gate_exposure",
        tags=TAG,
        parameters=[OpenApiParameter("person", str, required=True, description="The username.")],
        responses={200: shapes.GateExposure, **problems(400, 404)},
    )
    def get(self, request: Request) -> HttpResponse:
        """What a team lead sees of one person, to plan by. The person sees that you looked."""
        tool = person(request)
        name = request.query_params.get("person", "")
        if not name or "\0" in name:
            raise bodies.BodyInvalid("Say whose exposure.", {"person": ["Give a username."]})
        someone = person_to_meter(tool, name)
        (seen,) = interface.team_exposure(person_ids=[someone.pk], looked_by=tool.pk)
        return json(documents.exposure(seen))


def _stimulus(asked: dict[str, Any]) -> Stimulus:
    return Stimulus(
        modality=Modality(asked["modality"]),
        severity=asked["severity"],
        basis=asked["basis"],
        confirmed_benign=asked["confirmed_benign"],
        categories=frozenset(asked["categories"]),
        words=asked["words"],
    )


def _shown(answer: View | Refusal | None, asked: dict[str, Any]) -> HttpResponse:
    if answer is None:
        return HttpResponse(status=204)
    if isinstance(answer, Refusal):
        return _refused(answer)
    return json(documents.view(answer, asked["occasion"]))


def _refused(refusal: Refusal) -> HttpResponse:
    code, why = refusal.code, refusal.why
    if code is RefusalCode.CONSENT_NEEDED:
        # Whether somebody agreed to the work is theirs to know, not the tool's.
        code, why = RefusalCode.NOT_CLEARED, PRIVATE
    answer = problem(HTTPStatus.CONFLICT, code, NOT_NOW, until=moment(refusal.until), why=why)
    return wait_until(answer, refusal.until, None if refusal.until is None else interface.now())
