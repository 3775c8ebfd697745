"""Requests for an erasure, as those see them who may ask, approve or take back."""

from django.db.models import Q, QuerySet

from people.models import Membership, User
from people.permissions import Permission
from people.queries import ALL, teams_with
from wellbeing.models import ErasureRequest


def open_erasures() -> QuerySet[ErasureRequest]:
    waiting = ErasureRequest.objects.filter(approved_at=None, withdrawn_at=None)
    return waiting.select_related("person", "asked_by").order_by("asked_at")


def erasures_to_approve(officer: User) -> QuerySet[ErasureRequest]:
    """Open requests about people whom this officer looks after, and that it is not theirs alone to decide."""
    teams = teams_with(officer, Permission.OWN_POLICY)
    found = open_erasures().exclude(person=officer).exclude(asked_by=officer)
    if teams is ALL:
        return found
    return found.filter(Q(person__in=Membership.objects.filter(team_id__in=teams).values("user_id")))
