"""What of a project can be changed at any time: its name, what is said of it, and how much is seen before an answer."""

from django.contrib import messages
from django.forms import model_to_dict
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from labeling import access
from labeling.forms.project import STRATEGIES, SettingsForm
from labeling.operations.errors import SettingsOvertaken
from labeling.operations.projects import change_project
from people.permissions import Permission as May
from people.views.signed_in import person


@require_http_methods(["GET", "HEAD", "POST"])
def project_settings(request: HttpRequest, project_id: int) -> HttpResponse:
    user = person(request)
    project = access.project_with(user, project_id, May.MANAGE_PROJECTS)
    form = SettingsForm(
        request.POST if request.method == "POST" else None,
        initial=model_to_dict(project, fields=list(SettingsForm.base_fields)),
    )
    if request.method == "POST" and form.is_valid():
        try:
            changed = change_project(project=project, by=user, seen=form.seen, **form.cleaned_data)
        except SettingsOvertaken as overtaken:
            form.warn_of(overtaken)
        else:
            messages.success(request, "Saved. It holds from now on." if changed else "Nothing changed.")
            return redirect("labeling:project", project.pk)
    people, _, words = dict(STRATEGIES).get(project.strategy, project.strategy).partition(": ")
    context = {
        "section": "Projects",
        "project": project,
        "people": people,
        "people_words": f"How many people: {words}" if words else "How many people",
        "form": form,
    }
    return render(request, "labeling/projects/settings.html", context, status=422 if form.errors else 200)
