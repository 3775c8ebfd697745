"""What is new in guideline and schema: a quiet note above the task, and a page with every version."""

from dataclasses import dataclass

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_POST

from labeling import access
from labeling.domain.guideline_text import sections_of
from labeling.domain.rules_changes import Change, changes, guideline_passages, schema_passages
from labeling.models import Guideline, LabelSchema, Project
from labeling.operations.rules_read import acknowledge_rules, begin_with_rules
from labeling.queries.guidelines import guideline_versions, rules_known
from labeling.queries.projects import schema_of
from labeling.queries.workbench import LeaseCard
from labeling.views.own_words import own_schemas
from people.views.signed_in import person


@dataclass(frozen=True)
class RulesChanged:
    """The note: what was known, what holds now, and the differences between them."""

    schema_version: int
    guideline_version: int
    known_schema: int
    known_guideline: int
    guideline: tuple[Change, ...]
    schema: tuple[Change, ...]

    @property
    def versions(self) -> str:
        return f"{self.schema_version}/{self.guideline_version}"


@dataclass(frozen=True)
class Step:
    """One version on the page, with what it changed against the one before."""

    version: int
    published_at: object
    changes: tuple[Change, ...]
    is_first: bool


def rules_changed(request: HttpRequest, lease: LeaseCard) -> RulesChanged | None:
    """What the person has not acknowledged of the rules of this task; None when there is nothing. Never blocks.

    With the first task in a project they begin with its versions; only a POST writes that down.
    """
    me = person(request).pk
    schema, guideline = lease.schema_version or 0, lease.guideline_version or 0
    known = rules_known(person_id=me, project_id=lease.project_id)
    if known is None:
        if request.method == "POST":
            begin_with_rules(
                person_id=me, project_id=lease.project_id, schema_version=schema, guideline_version=guideline
            )
        return None
    if known[0] >= schema and known[1] >= guideline:
        return None
    return RulesChanged(
        schema,
        guideline,
        *known,
        guideline=_guideline_changes(lease.project_id, known[1], guideline),
        schema=_schema_changes(lease.project_id, known[0], schema),
    )


@require_POST
def rules_read(request: HttpRequest, project_id: int) -> HttpResponse:
    """Acknowledged: up to the versions that the note named, and no further than there are any."""
    project = access.project_with(person(request), project_id, *access.SEES)
    schema, _, guideline = request.POST.get("versions", "").partition("/")
    if not (schema.isdecimal() and guideline.isdecimal() and len(schema) < 6 and len(guideline) < 6):
        raise Http404
    acknowledge_rules(
        person_id=person(request).pk,
        project_id=project.pk,
        schema_version=min(int(schema), project.schemas.count()),
        guideline_version=min(int(guideline), project.guidelines.count()),
    )
    if getattr(request, "htmx", False):
        return HttpResponse("")
    return redirect("labeling:workbench", project.pk)


@require_GET
def guideline_versions_page(request: HttpRequest, project_id: int) -> HttpResponse:
    """Every version of guideline and schema, the newest first, with what each changed."""
    project = access.project_with(person(request), project_id, *access.SEES)
    context = {
        "section": "Label",
        "project": project,
        "steps": _guideline_steps(project),
        "schema_steps": _schema_steps(project),
    }
    return render(request, "labeling/words/versions.html", context)


def _guideline_steps(project: Project) -> list[Step]:
    rows = guideline_versions(project)
    return [
        Step(
            row.version,
            row.published_at,
            () if before is None else _between(before.body, row.body),
            before is None,
        )
        for row, before in zip(rows, [*rows[1:], None], strict=True)
    ]


def _schema_steps(project: Project) -> list[Step]:
    rows = list(LabelSchema.objects.filter(project=project).defer("document").order_by("-version"))
    read = own_schemas([row.pk for row in rows])
    return [
        Step(
            row.version,
            row.published_at,
            ()
            if before is None
            else changes(
                schema_passages(schema_of(before.pk), read[before.pk]),
                schema_passages(schema_of(row.pk), read[row.pk]),
            ),
            before is None,
        )
        for row, before in zip(rows, [*rows[1:], None], strict=True)
    ]


def _between(before: str, after: str) -> tuple[Change, ...]:
    return changes(guideline_passages(sections_of(before)), guideline_passages(sections_of(after)))


def _guideline_changes(project_id: int, known: int, now: int) -> tuple[Change, ...]:
    if known >= now:
        return ()
    bodies = dict(
        Guideline.objects.filter(project_id=project_id, version__in=[known, now]).values_list(
            "version", "body"
        )
    )
    return _between(bodies.get(known, ""), bodies.get(now, ""))


def _schema_changes(project_id: int, known: int, now: int) -> tuple[Change, ...]:
    if known >= now:
        return ()
    ids = dict(
        LabelSchema.objects.filter(project_id=project_id, version__in=[known, now]).values_list(
            "version", "pk"
        )
    )
    if known not in ids or now not in ids:
        return ()
    read = own_schemas([ids[known], ids[now]])
    before, after = (schema_passages(schema_of(ids[each]), read[ids[each]]) for each in (known, now))
    return changes(before, after)
