"""The label schema of a project: what it asks, and publishing the next version of it."""

import json
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from labeling import access
from labeling.domain.schema import SchemaError, Shape, parse, parse_new
from labeling.forms.answers import answer_form
from labeling.forms.project import SchemaForm
from labeling.models import Project
from labeling.operations.errors import SchemaInvalid
from labeling.operations.projects import publish_schema
from labeling.queries.projects import current_schema, schema_versions
from labeling.queries.schema_words import translations_of
from labeling.views.own_words import language_name
from labeling.views.schema_effects import consent_line, effects
from people.models import User
from people.permissions import Permission as May
from people.views.signed_in import person

EVERYTHING = Shape(completions=2)
Places = list[tuple[str, str]]


@require_http_methods(["GET", "HEAD", "POST"])
def schema(request: HttpRequest, project_id: int) -> HttpResponse:
    user = person(request)
    project = access.project_with(user, project_id, May.SEE_PROJECTS)
    if request.method != "POST":
        return _page(request, project, SchemaForm())
    if not access.may(user, project, May.MANAGE_PROJECTS):
        raise PermissionDenied
    form = SchemaForm(request.POST, request.FILES)
    if not form.is_valid():
        return _page(request, project, form)
    try:
        return _publish(request, project, form, user)
    except SchemaInvalid as error:
        return _page(request, project, form, places=error.places)


def _publish(request: HttpRequest, project: Project, form: SchemaForm, by: User) -> HttpResponse:
    """Publish, or first say what that would do to people and releases. Raises SchemaInvalid."""
    document = document_of(form.cleaned_data["text"])
    current = current_schema(project)
    try:
        after, before = parse_new(document), parse(current.document) if current else None
    except SchemaError as error:
        raise SchemaInvalid(error.problems) from error
    if current is not None and after == before:
        messages.info(request, f"Nothing changed: version {current.version} says the same.")
        return redirect("labeling:schema", project.pk)
    found = effects(project, before, after)
    if found and "confirmed" not in request.POST:
        return _page(request, project, form, to_confirm=found)
    asked = consent_line(project, after)
    published = publish_schema(project=project, document=document, by=by)
    messages.success(request, f"Published as version {published.version}. {asked}".strip())
    return redirect("labeling:schema", project.pk)


def document_of(text: str) -> object:
    """Raises SchemaInvalid, with the line, for what is no JSON."""
    try:
        return json.loads(text)
    except json.JSONDecodeError as error:
        raise SchemaInvalid([(f"line {error.lineno}", f"is not JSON: {error.msg}")]) from error
    except (ValueError, RecursionError) as error:
        raise SchemaInvalid([("document", "is not JSON that can be read")]) from error


def _page(
    request: HttpRequest,
    project: Project,
    new: SchemaForm,
    *,
    places: Places | None = None,
    to_confirm: list[str] | None = None,
) -> HttpResponse:
    current = current_schema(project)
    parsed = parse(current.document) if current else None
    # As somebody meets it whose item has completions to compare: every question is on the page.
    form = answer_form(parsed, shape=EVERYTHING) if parsed else None
    context: dict[str, Any] = {
        "project": project,
        "current": current,
        "schema": parsed,
        "answers": form,
        "asked": list(zip(parsed.questions, form.questions, strict=True)) if parsed and form else [],
        "document": json.dumps(current.document, ensure_ascii=False, indent=2) if current else "",
        "versions": schema_versions(project),
        "translated": [language_name(row.language) for row in translations_of(current)] if current else [],
        "form": new,
        "problems": places,
        "to_confirm": to_confirm,
        "text": new.cleaned_data["text"] if to_confirm else "",
        "may_manage": access.may(request.user, project, May.MANAGE_PROJECTS),
    }
    return render(
        request, "labeling/projects/schema.html", context, status=422 if new.errors or places else 200
    )
