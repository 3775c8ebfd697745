from django.conf import settings
from django.db import models

from people.models.team import Team
from people.permissions import ROLES, Role


class Membership(models.Model):
    """One role of one person: in a team, or with no team in the whole organisation."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="memberships")
    role = models.CharField(max_length=32)
    team = models.ForeignKey(Team, models.CASCADE, null=True, blank=True, related_name="memberships")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["user", "role", "team"],
                name="people_membership_once",
                nulls_distinct=False,
            ),
        ]

    @property
    def role_name(self) -> str:
        """What the role is called; the stored value for one that this version does not know."""
        return ROLES[Role(self.role)].name if self.role in set(Role) else self.role
