"""The first page: what is waiting, for those who label; their own first page for everybody else."""

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET

from labeling.models import Project
from labeling.queries.project_figures import TaskCounts, task_counts
from labeling.queries.workbench import live_card
from labeling.views.workbench import person_of
from people.context import page_chrome
from people.permissions import Permission
from people.queries import ALL, teams_with
from wellbeing import interface

FOR_EVERYBODY = {"Label", "My exposure", "My choices"}


@dataclass(frozen=True)
class Waiting:
    """One project on the page."""

    id: int
    name: str
    description: str
    waiting_words: str
    can_start: bool


@require_GET
def home(request: HttpRequest) -> HttpResponse:
    person = person_of(request)
    teams = teams_with(person, Permission.LABEL)
    if teams is not ALL and not teams:
        return _elsewhere(request)
    projects = Project.objects.exclude(status=Project.Status.ARCHIVED).order_by("name")
    if teams is not ALL:
        projects = projects.filter(team_id__in=teams)
    found = list(projects)
    counts = task_counts([project.pk for project in found])
    held = live_card(person_id=person.pk)
    context = {
        "greeting": "What is waiting",
        "announcements": interface.announcements_for(person=person),
        "lease": held if held is not None and held.is_live else None,
        "projects": [_waiting(project, counts[project.pk]) for project in found],
    }
    return render(request, "labeling/home/page.html", context)


def _elsewhere(request: HttpRequest) -> HttpResponse:
    """The first page that the person's navigation has: projects for an engineer, people for an admin."""
    navigation = page_chrome(request)["chrome"].navigation
    others = [url for label, url, _ in navigation if label not in FOR_EVERYBODY]
    own = [url for label, url, _ in navigation if label == "My exposure"]
    return redirect((others or own)[0])


def _waiting(project: Project, counts: TaskCounts) -> Waiting:
    active = project.status == Project.Status.ACTIVE
    if not active:
        words = "Paused. Your lead can say when it goes on."
    elif counts.open:
        words = f"{_tasks(counts.open)} open, {counts.settled:,} done."
    else:
        words = "Everything here is done." if counts.total else "Nothing has been added yet."
    return Waiting(project.pk, project.name, project.description, words, active and counts.open > 0)


def _tasks(count: int) -> str:
    return "One task is" if count == 1 else f"{count:,} tasks are"
