from django.conf import settings
from django.db import models

from people.models.team import Team


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
