"""What a project's labels are for, in words that labelers read."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from labeling import access
from labeling.forms.project import PurposeForm
from labeling.operations.projects import state_purpose
from people.permissions import Permission as May
from people.views.signed_in import person


@require_http_methods(["GET", "HEAD", "POST"])
def purpose(request: HttpRequest, project_id: int) -> HttpResponse:
    user = person(request)
    project = access.project_with(user, project_id, May.MANAGE_PROJECTS)
    form = PurposeForm(request.POST or None, initial={"purpose": project.purpose})
    if request.method == "POST" and form.is_valid():
        state_purpose(project=project, purpose=form.cleaned_data["purpose"], by=user)
        messages.success(request, "Saved. Labelers read it on their first page.")
        return redirect("labeling:project", project.pk)
    context = {"section": "Projects", "project": project, "form": form}
    return render(request, "labeling/projects/purpose.html", context, status=422 if form.errors else 200)
