"""Whoever publishes something of a project, or changes it, waits for the one before."""

from labeling.models import Project


def lock_project(project: Project) -> Project:
    """The project as it stands now; until the transaction ends, nobody else gets past here for it.

    So two who publish at once get two numbers. Items that come in meanwhile wait for nobody: their rows only need the
    project's key to stay.
    """
    return Project.objects.select_for_update(of=("self",), no_key=True).get(pk=project.pk)
