"""Writing the next version of a guideline."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from labeling import access
from labeling.forms.project import GuidelineForm
from labeling.operations.projects import publish_guideline
from labeling.queries.projects import current_guideline
from people.permissions import Permission as May
from people.views.signed_in import person


@require_http_methods(["GET", "HEAD", "POST"])
def guideline_edit(request: HttpRequest, project_id: int) -> HttpResponse:
    """The same text sent twice makes one version."""
    user = person(request)
    project = access.project_with(user, project_id, May.MANAGE_PROJECTS)
    current = current_guideline(project)
    form = GuidelineForm(request.POST or None, initial={"body": current.body if current else ""})
    if request.method == "POST" and form.is_valid():
        body = form.cleaned_data["body"]
        if current is None or current.body != body.strip():
            current = publish_guideline(project=project, body=body, by=user)
        messages.success(request, f"Version {current.version} of the guideline holds now.")
        return redirect("labeling:project", project.pk)
    context = {
        "project": project,
        "form": form,
        "current": current,
        "next_version": (current.version if current else 0) + 1,
    }
    return render(
        request, "labeling/projects/guideline_edit.html", context, status=422 if form.errors else 200
    )
