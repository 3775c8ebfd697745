"""Where to find what a report of danger is about."""

from django.urls import reverse

from labeling.models import Lease
from labeling.queries.workbench import lease_of
from people.models import User
from people.permissions import Permission
from people.queries import permissions_of
from wellbeing.interface import RiskItem


def risk_item(occasion: str, looked_by: int) -> RiskItem | None:
    """The item's own name and its project, with the project's page for who may open it. Nothing of its content."""
    lease_id = lease_of(occasion)
    if lease_id is None:
        return None
    lease = Lease.objects.select_related("task__item", "task__project").filter(pk=lease_id).first()
    if lease is None:
        return None
    item, project = lease.task.item, lease.task.project
    may_open = Permission.SEE_PROJECTS in permissions_of(User.objects.get(pk=looked_by), project.team_id)
    return RiskItem(
        words=f"Item “{item.external_id}” of the project “{project.name}”",
        href=reverse("labeling:project", args=[project.pk]) if may_open else "",
    )
