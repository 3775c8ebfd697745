"""Projects for those who set them up: list, new, one project, pause and resume."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from labeling import access
from labeling.forms.project import ProjectForm
from labeling.forms.release import ReleaseForm
from labeling.models import Import, Project
from labeling.operations.projects import create_project, pause, resume
from labeling.queries.project_figures import task_counts
from labeling.queries.projects import current_guideline, current_schema
from labeling.queries.releases import releases_of
from labeling.schema_templates import template
from labeling.views import project_report
from people.permissions import Permission as May
from people.queries import permissions_of, teams_with
from people.views.signed_in import person

PROJECTS_ON_A_PAGE = 20
LATEST = 5
"""Imports and releases that the project page names."""


@require_safe
def projects(request: HttpRequest) -> HttpResponse:
    """The projects of one's teams with their progress."""
    user = person(request)
    found = access.projects_with(user, May.SEE_PROJECTS).select_related("team").order_by("name", "pk")
    page = Paginator(found, PROJECTS_ON_A_PAGE).get_page(request.GET.get("page"))
    shown = list(page.object_list)
    counts = task_counts([project.pk for project in shown])
    rows = [project_report.listed(project, counts[project.pk]) for project in shown]
    page.object_list = rows  # type: ignore[assignment] # a page of rows from here on
    context = {"page": page, "may_manage": May.MANAGE_PROJECTS in permissions_of(user)}
    return render(request, "labeling/projects/list.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def project_new(request: HttpRequest) -> HttpResponse:
    user = person(request)
    form = ProjectForm(request.POST or None, teams=teams_with(user, May.MANAGE_PROJECTS))
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        project = create_project(
            team=given["team"],
            name=given["name"],
            description=given["description"],
            purpose=given["purpose"],
            strategy=given["strategy"],
            full_view=given["full_view"] or Project.FullView.NEVER,
            schema=template(given["schema"]).document,
            guideline=given["guideline"],
            by=user,
        )
        return redirect("labeling:project", project.pk)
    return render(request, "labeling/projects/new.html", {"form": form}, status=422 if form.errors else 200)


@require_safe
def project(request: HttpRequest, project_id: int) -> HttpResponse:
    """How far it is, what it costs, where items came from, and what to do next."""
    found = access.project_with(person(request), project_id, May.SEE_PROJECTS)
    return project_page(request, found, ReleaseForm())


def project_page(
    request: HttpRequest, found: Project, form: ReleaseForm, *, status: int = 200
) -> HttpResponse:
    user = person(request)
    schema = current_schema(found)
    context = {
        **project_report.report(found, schema),
        "project": found,
        "status_kind": "accent" if found.status == Project.Status.ACTIVE else "care",
        "schema": schema,
        "guideline": current_guideline(found),
        "imports": Import.objects.filter(project=found).defer("errors").order_by("-pk")[:LATEST],
        "releases": releases_of(project=found)[:LATEST],
        "release_form": form,
        "may_manage": access.may(user, found, May.MANAGE_PROJECTS),
        "may_import": access.may(user, found, May.IMPORT_ITEMS),
        "may_read_releases": access.may(user, found, May.READ_RELEASES),
        "may_publish": access.may(user, found, May.PUBLISH_RELEASES),
    }
    return render(request, "labeling/projects/project.html", context, status=status)


@require_POST
def project_state(request: HttpRequest, project_id: int) -> HttpResponse:
    """Pause or resume. Sent twice, it says what holds now."""
    user = person(request)
    found = access.project_with(user, project_id, May.MANAGE_PROJECTS)
    if request.POST.get("status") == Project.Status.PAUSED:
        pause(project=found, by=user)
        messages.success(
            request, "Paused. What people hold can still be answered; nothing new is handed out."
        )
    elif request.POST.get("status") == Project.Status.ACTIVE:
        resume(project=found, by=user)
        messages.success(request, "Resumed. Tasks are handed out again.")
    return redirect("labeling:project", found.pk)
