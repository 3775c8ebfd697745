"""Errors in one voice: problem+json to API callers, a plain page to people."""

from http import HTTPStatus
from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils.translation import gettext
from rest_framework import exceptions
from rest_framework.response import Response
from rest_framework.views import exception_handler

PROBLEM_JSON = "application/problem+json"


def problem(status: int, code: str, detail: str, **more: Any) -> JsonResponse:
    """An RFC 9457 answer; `code` is stable and is what programs should look at."""
    body = {"status": status, "code": code, "title": HTTPStatus(status).phrase, "detail": detail, **more}
    return JsonResponse(body, status=status, content_type=PROBLEM_JSON)


def problem_json(error: Exception, context: dict[str, Any]) -> Response | None:
    """Django REST framework's own errors in the same form as ours."""
    response = exception_handler(error, context)
    if response is None:
        return None
    code = error.get_codes() if isinstance(error, exceptions.APIException) else "not_found"
    detail = response.data.get("detail") if isinstance(response.data, dict) else None
    body: dict[str, Any] = {
        "status": response.status_code,
        "code": code if isinstance(code, str) else "invalid",
        "title": HTTPStatus(response.status_code).phrase,
        "detail": str(detail) if detail else "The request has errors; see `errors`.",
    }
    if not detail:
        body["errors"] = response.data
    return Response(
        body, status=response.status_code, headers=dict(response.headers), content_type=PROBLEM_JSON
    )


def _answer(request: HttpRequest, status: int, code: str, detail: str) -> HttpResponse:
    if request.path.startswith("/api/"):
        return problem(status, code, detail)
    return render(request, f"errors/{status}.html", {"detail": detail}, status=status)


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:
    return _answer(
        request, 403, "forbidden", gettext("Your account may not do this. An admin can change that.")
    )


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    return _answer(request, 404, "not_found", gettext("There is nothing here, or it is not yours to see."))


def server_error(request: HttpRequest) -> HttpResponse:
    detail = gettext("Something broke on our side. Nothing you saved is lost.")
    if request.path.startswith("/api/"):
        return problem(500, "server_error", detail)
    # Without the request, and so without the context that would ask a database that may be what broke.
    return HttpResponse(render_to_string("errors/500.html", {"detail": detail}), status=500)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    return _answer(
        request, 403, "csrf_failed", gettext("The page was too old to be trusted. Reload it and try again.")
    )
