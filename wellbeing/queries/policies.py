"""Which policy version is in force."""

from django.db.models import Q

from wellbeing.domain.policy import Scope
from wellbeing.models import PolicyVersion, RespiteNow


def versions_in_force(*, scope: Scope, team_id: int | None = None) -> dict[str, int]:
    """The numbers of the latest version of that scope that has begun; empty if there is none."""
    whose = Q(team=None) if team_id is None else Q(team_id=team_id)
    found = PolicyVersion.objects.filter(whose, scope=scope, valid_from__lte=RespiteNow())
    latest = found.order_by("-valid_from", "-id").values_list("numbers", flat=True).first()
    return dict(latest or {})
