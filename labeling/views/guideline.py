"""The guideline: a page, and the drawer beside a task. In the reader's language, searchable, with its examples."""

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language, gettext
from django.views.decorators.http import require_GET

from labeling import access
from labeling.domain.guideline_text import Section, has_hit, search, sections_of
from labeling.domain.schema import Schema
from labeling.models import Guideline, GuidelineExample, Project
from labeling.queries.guidelines import ReadGuideline, examples_of, guideline_in
from labeling.queries.projects import current_guideline
from labeling.views.bench import held
from labeling.views.ghost import Ghost, ghost
from labeling.views.own_words import language_name, own_schema
from labeling.views.places import places_in
from people.templatetags.tagged_text import around


@dataclass(frozen=True)
class ExampleRow:
    """An example in the list. Nothing of its text."""

    id: int
    kind: str
    chips: tuple[tuple[str, int], ...]
    severity: int
    note: str
    language: str
    ghost: Ghost


def readable_project(request: HttpRequest, project_id: int) -> Project:
    """The project, for those who label in its team or look after it. Raises Http404."""
    return access.project_with(request.user, project_id, *access.SEES)


@require_GET
def guideline(request: HttpRequest, project_id: int) -> HttpResponse:
    """The guideline in force, or that of the task which the person holds here: a page, or the drawer beside a task.

    `q` searches, `language` chooses another text of this version, `older` the older translation, `category` the section about one.
    """
    project = readable_project(request, project_id)
    lease = held(request, project)
    if lease is None:
        shown = current_guideline(project)
    else:
        shown = None if lease.guideline_id is None else Guideline.objects.get(pk=lease.guideline_id)
    context: dict[str, object] = {"section": "Label", "project": project, "guideline": shown}
    part = bool(getattr(request, "htmx", False))
    if shown is not None:
        schema_id = lease.schema_id if lease is not None else newest_schema_id(project)
        context |= _context(request, shown, schema_id)
        if context["here"] and not part:
            # A fragment finds the place without any script.
            return redirect(f"{request.path}#part-{context['here']}")
    template = "_guideline" if part else "guideline"
    return render(request, f"labeling/workbench/{template}.html", context)


def newest_schema_id(project: Project) -> int | None:
    return project.schemas.order_by("-version").values_list("pk", flat=True).first()


def _context(request: HttpRequest, shown: Guideline, schema_id: int | None) -> dict[str, object]:
    schema = None if schema_id is None else own_schema(schema_id)
    wanted = request.GET.get("language", "")[:35] or get_language() or "en"
    read = guideline_in(shown, language=wanted, older=bool(request.GET.get("older")))
    query = " ".join(request.GET.get("q", "").split())
    sections, hits = search(sections_of(read.body), query)
    return {
        "read": read,
        "asked_language": request.GET.get("language", "")[:35],
        "missing_name": language_name(read.missing),
        "languages": _choices(read),
        "sections": sections,
        "found": [section for section in sections if has_hit(section)],
        "query": query,
        "hits": hits,
        "here": _place(sections_of(read.body), schema_id, request.GET.get("category", "")),
        "examples": [
            example_row(example, schema)
            for example in examples_of(project_id=shown.project_id, version=shown.version)
        ],
    }


def _place(sections: tuple[Section, ...], schema_id: int | None, category_id: str) -> str:
    """The anchor of the section about a category; empty when none is asked for, or none is about it."""
    if schema_id is None or not category_id:
        return ""
    return places_in(sections, schema_id).get(category_id, "")


def example_row(example: GuidelineExample, schema: Schema | None) -> ExampleRow:
    return ExampleRow(
        id=example.pk,
        kind=example.get_kind_display(),
        chips=tuple(
            (around(gettext("%(name)s:"), name=category_name(schema, name)), severity)
            for name, severity in example.expected.items()
        ),
        severity=example.severity,
        note=example.note,
        language=language_name(example.language),
        ghost=ghost("text", sum(example.part_words)),
    )


def category_name(schema: Schema | None, category_id: str) -> str:
    category = None if schema is None else schema.category(category_id)
    return category.name if category else category_id


def _choices(read: ReadGuideline) -> list[tuple[str, str, bool]]:
    """(tag, name, whether it is shown) for every text of this version; nothing where there is only one."""
    if len(read.languages) < 2:
        return []
    return [(tag, language_name(tag), tag == read.language and not read.is_older) for tag in read.languages]
