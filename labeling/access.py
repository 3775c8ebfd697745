"""Who may see or touch what, on one screen. The route table has asked for the permission; here it is asked for in the
team that the thing belongs to. What is not theirs does not exist for them: 404, never 403.
"""

from django.contrib.auth.models import AnonymousUser
from django.db.models import QuerySet
from django.http import Http404

from labeling.models import Import, Project, Release
from people.models import User
from people.permissions import Permission as May
from people.queries import ALL, permissions_of, teams_with

Person = User | AnonymousUser

SEES = (May.LABEL, May.SEE_PROJECTS, May.ADJUDICATE)
"""Each of these lets somebody read what a project asks and how far it is."""


def projects_with(person: Person, *any_of: May) -> QuerySet[Project]:
    """The projects of the teams where this person has one of the permissions."""
    teams: set[int] = set()
    for permission in any_of:
        found = teams_with(person, permission)
        if found is ALL:
            return Project.objects.all()
        teams |= found
    return Project.objects.filter(team_id__in=teams)


def project_with(person: Person, project_id: int, *any_of: May) -> Project:
    """The project, with its team, for somebody who has one of the permissions in it. Raises Http404."""
    project = Project.objects.select_related("team").filter(pk=project_id).first()
    if project is None or not may(person, project, *any_of):
        raise Http404
    return project


def import_of(person: Person, import_id: int) -> Import:
    """Raises Http404."""
    job = Import.objects.select_related("project__team").filter(pk=import_id).first()
    if job is None or not may(person, job.project, May.IMPORT_ITEMS):
        raise Http404
    return job


def release_of(person: Person, release_id: int) -> Release:
    """Raises Http404."""
    release = Release.objects.select_related("project__team").filter(pk=release_id).first()
    if release is None or not may(person, release.project, May.READ_RELEASES):
        raise Http404
    return release


def may(person: Person, project: Project, *any_of: May) -> bool:
    """Whether this person has one of the permissions in the project's team."""
    return not permissions_of(person, project.team_id).isdisjoint(any_of)
