"""The words of a label schema in other languages: what there is, a file to fill in, and publishing it."""

import json
from collections.abc import Mapping
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods

from labeling import access
from labeling.domain.schema import Texts, template_of, texts_of
from labeling.forms.project import SchemaTranslationForm
from labeling.models import Project, SchemaTranslation
from labeling.operations.errors import NoSchema, SchemaInvalid, TranslationInvalid
from labeling.operations.schema_words import translate_schema
from labeling.queries.projects import current_schema, schema_of
from labeling.queries.schema_words import translation_in, translations_of
from labeling.schema_templates import shipped_texts
from labeling.views.own_words import language_name
from labeling.views.schema import Places, document_of
from people.permissions import Permission as May
from people.tagged_text import primary
from people.views.signed_in import person


@require_http_methods(["GET", "HEAD", "POST"])
def schema_translations(request: HttpRequest, project_id: int) -> HttpResponse:
    """The languages of the version in force, and a form for one more or for a better one."""
    user = person(request)
    project = access.project_with(user, project_id, May.SEE_PROJECTS)
    if request.method != "POST":
        return _page(request, project, SchemaTranslationForm())
    if not access.may(user, project, May.MANAGE_PROJECTS):
        raise PermissionDenied
    form = SchemaTranslationForm(request.POST, request.FILES)
    if not form.is_valid():
        return _page(request, project, form)
    try:
        made = translate_schema(project=project, document=document_of(form.cleaned_data["text"]), by=user)
    except (SchemaInvalid, TranslationInvalid) as error:
        return _page(request, project, form, places=error.places)
    except NoSchema:
        return redirect("labeling:schema", project.pk)
    messages.success(request, f"Labelers read {language_name(made.language)} now, where it is translated.")
    return redirect("labeling:schema_translations", project.pk)


@require_GET
def schema_translation_file(request: HttpRequest, project_id: int) -> HttpResponse:
    """The document to fill in for `language`, with the originals and with what is translated already."""
    project = access.project_with(person(request), project_id, May.SEE_PROJECTS)
    current = current_schema(project)
    language = request.GET.get("language", "").lower()
    if current is None or language not in dict(_languages(schema_of(current.pk).language)):
        raise Http404
    document = template_of(schema_of(current.pk), language, translation_in(current, language))
    response = HttpResponse(
        json.dumps(document, ensure_ascii=False, indent=2) + "\n", content_type="application/json"
    )
    name = f"{project.slug}-schema-{current.version}-{language}.json"
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def _languages(own: str) -> list[tuple[str, str]]:
    """(tag, own name) of every language that pages can be read in, but that of the schema itself."""
    return [(code, name) for code, name in settings.LANGUAGES if primary(code) != primary(own)]


def _is_shipped(row: SchemaTranslation, shipped: Mapping[str, Texts]) -> bool:
    """Whether all of it came with Respite: who published it then wrote none of it."""
    ours = shipped.get(row.language, {})
    return all(ours.get(name) == text for name, text in row.texts.items())


def _page(
    request: HttpRequest, project: Project, form: SchemaTranslationForm, *, places: Places | None = None
) -> HttpResponse:
    current = current_schema(project)
    schema = None if current is None else schema_of(current.pk)
    context: dict[str, Any] = {
        "project": project,
        "current": current,
        "form": form,
        "problems": places,
        "may_manage": access.may(request.user, project, May.MANAGE_PROJECTS),
    }
    if current is not None and schema is not None:
        shipped = shipped_texts(schema)
        context |= {
            "original": language_name(schema.language),
            "count": len(texts_of(schema)),
            "rows": [
                (row, language_name(row.language), len(row.texts), _is_shipped(row, shipped))
                for row in translations_of(current)
            ],
            "languages": _languages(schema.language),
        }
    status = 422 if form.errors or places else 200
    return render(request, "labeling/projects/schema_translations.html", context, status=status)
