"""Which HTTP status each refusal has. The codes are stable: programs look at them (docs/api.md)."""

from datetime import datetime
from http import HTTPStatus
from typing import Any

from django.http import HttpResponse

from config.api.endpoint import moment, wait_until
from config.errors import problem

STATUS: dict[str, HTTPStatus] = {
    "body_invalid": HTTPStatus.BAD_REQUEST,
    "length_required": HTTPStatus.LENGTH_REQUIRED,
    "body_too_large": HTTPStatus.REQUEST_ENTITY_TOO_LARGE,
    "not_found": HTTPStatus.NOT_FOUND,
    "consent_needed": HTTPStatus.CONFLICT,
    "lease_open": HTTPStatus.CONFLICT,
    "not_revealed": HTTPStatus.CONFLICT,
    "not_on_screen": HTTPStatus.CONFLICT,
    "full_view_wanted": HTTPStatus.CONFLICT,
    "view_open": HTTPStatus.CONFLICT,
    "view_settled": HTTPStatus.CONFLICT,
    "not_open": HTTPStatus.CONFLICT,
    "not_cleared": HTTPStatus.CONFLICT,
    "task_decided": HTTPStatus.CONFLICT,
    "window_over": HTTPStatus.CONFLICT,
    "window_taken": HTTPStatus.CONFLICT,
    "project_paused": HTTPStatus.CONFLICT,
    "no_schema": HTTPStatus.CONFLICT,
    "lease_ended": HTTPStatus.CONFLICT,
    "question_open": HTTPStatus.CONFLICT,
    "already_submitted": HTTPStatus.CONFLICT,
    "lease_expired": HTTPStatus.GONE,
    "part_not_next": HTTPStatus.UNPROCESSABLE_ENTITY,
    "answers_invalid": HTTPStatus.UNPROCESSABLE_ENTITY,
    "text_unfit": HTTPStatus.UNPROCESSABLE_ENTITY,
    "translation_invalid": HTTPStatus.UNPROCESSABLE_ENTITY,
    "schema_invalid": HTTPStatus.UNPROCESSABLE_ENTITY,
    "break_due": HTTPStatus.LOCKED,
    "budget_spent": HTTPStatus.TOO_MANY_REQUESTS,
    "breather": HTTPStatus.TOO_MANY_REQUESTS,
    "busy": HTTPStatus.SERVICE_UNAVAILABLE,
}


def refused(code: str, detail: str, *, until: datetime | None, now: datetime | None) -> HttpResponse:
    """A refusal of the exposure budget, a break or the hand-out, with the time it ends."""
    answer = problem(STATUS.get(code, HTTPStatus.CONFLICT), code, detail, until=moment(until))
    return wait_until(answer, until, now)


def answer(code: str, detail: str, **more: Any) -> HttpResponse:
    return problem(STATUS.get(code, HTTPStatus.CONFLICT), code, detail, **more)
