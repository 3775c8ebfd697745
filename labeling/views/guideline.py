from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_GET

from labeling.models import Guideline, Project
from labeling.queries.projects import current_guideline
from labeling.views.bench import held
from people.permissions import Permission
from people.queries import permissions_of


@require_GET
def guideline(request: HttpRequest, project_id: int) -> HttpResponse:
    """The guideline in force, or that of the task which the person holds here: a page, or the drawer beside a task."""
    project = get_object_or_404(Project, pk=project_id)
    allowed = permissions_of(request.user, project.team_id)
    if not allowed & {Permission.LABEL, Permission.SEE_PROJECTS, Permission.ADJUDICATE}:
        raise Http404
    lease = held(request, project)
    if lease is None:
        shown = current_guideline(project)
    else:
        shown = None if lease.guideline_id is None else Guideline.objects.get(pk=lease.guideline_id)
    part = getattr(request, "htmx", False)
    template = "_guideline" if part else "guideline"
    context = {"section": "Label", "project": project, "guideline": shown}
    return render(request, f"labeling/workbench/{template}.html", context)
