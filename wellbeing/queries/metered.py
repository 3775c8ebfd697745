"""Whom another tool means by a name."""

from django.db.models import Exists, OuterRef, Q

from people.models import Membership, User
from people.queries import ALL, AllTeams
from wellbeing.models import ExposureView


def metered_person(
    username: str, *, teams: set[int] | AllTeams, begun: str | None, except_for: int
) -> User | None:
    """The active person of that name in one of the teams, or whose view of the occasion `begun` exists already."""
    people = User.objects.filter(username=username, is_active=True).exclude(pk=except_for)
    if teams is not ALL:
        near = Q(Exists(Membership.objects.filter(user=OuterRef("pk"), team_id__in=teams)))
        if begun is not None:
            near |= Q(Exists(ExposureView.objects.filter(dosimeter_id=OuterRef("pk"), occasion=begun)))
        people = people.filter(near)
    return people.first()
