"""One's own statements to take along, and what outsiders need to check one."""

from pathlib import Path

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from people.models import User
from people.views.signed_in import person
from wellbeing.domain import verify_statement
from wellbeing.domain.month import Month
from wellbeing.operations.statements import (
    NoStatement,
    SignedStatement,
    lifetime_statement,
    monthly_statement,
    public_keys,
)
from wellbeing.queries.exposure import situation_of
from wellbeing.queries.statements import months_of
from wellbeing.views.section import SECTION
from wellbeing.views.statement_pdf import statement_pdf

VERIFIER = Path(verify_statement.__file__)


@require_safe
def statements(request: HttpRequest) -> HttpResponse:
    me = person(request)
    months = months_of(person_id=me.pk)
    context = {"section": SECTION, "months": months, "running": Month.of(situation_of(me.pk).today)}
    return render(request, "wellbeing/statements.html", context)


@require_safe
def statement_json(request: HttpRequest, month: str) -> HttpResponse:
    signed = _monthly(person(request), month)
    return _download(signed.file, f"exposure-{month}.json", "application/json")


@require_safe
def statement_pdf_(request: HttpRequest, month: str) -> HttpResponse:
    signed = _monthly(person(request), month)
    return _download(statement_pdf(signed), f"exposure-{month}.pdf", "application/pdf")


@require_safe
def lifetime_json(request: HttpRequest) -> HttpResponse:
    return _download(_lifetime(person(request)).file, "exposure-all-months.json", "application/json")


@require_safe
def lifetime_pdf(request: HttpRequest) -> HttpResponse:
    content = statement_pdf(_lifetime(person(request)))
    return _download(content, "exposure-all-months.pdf", "application/pdf")


@login_not_required
@require_safe
def statement_key(request: HttpRequest) -> HttpResponse:
    """The public keys, for everybody who was handed a statement."""
    current, former = public_keys()
    return render(request, "wellbeing/statement_key.html", {"key": current, "former": former})


@login_not_required
@require_safe
def verifier(request: HttpRequest) -> HttpResponse:
    """The program that checks a statement, as one file."""
    return _download(VERIFIER.read_bytes(), VERIFIER.name, "text/x-python; charset=utf-8")


def _monthly(person: User, month: str) -> SignedStatement:
    try:
        return monthly_statement(person=person, month=month)
    except NoStatement as error:
        raise Http404 from error


def _lifetime(person: User) -> SignedStatement:
    try:
        return lifetime_statement(person=person)
    except NoStatement as error:
        raise Http404 from error


def _download(content: bytes, name: str, content_type: str) -> HttpResponse:
    response = HttpResponse(content, content_type=content_type)
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
