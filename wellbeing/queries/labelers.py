"""Whose exposure a lead looks after."""

from django.db.models import Exists, F, OuterRef, QuerySet, Value
from django.db.models.functions import Coalesce, NullIf

from people.models import Membership, User
from people.permissions import Permission, roles_with
from people.queries import ALL, AllTeams


def labelers(teams: set[int] | AllTeams) -> QuerySet[User]:
    """Active people who label in one of the teams, or anywhere, by the name they are shown under."""
    held = Membership.objects.filter(user=OuterRef("pk"), role__in=roles_with(Permission.LABEL))
    if teams is not ALL:
        held = held.filter(team__in=teams)
    name = Coalesce(NullIf(F("display_name"), Value("")), F("username"))
    return User.objects.filter(Exists(held), is_active=True).order_by(name, "pk")
