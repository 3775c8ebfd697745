from django.conf import settings
from django.db import models

from people.clock import ServerTime
from people.models.team import Team
from people.permissions import ROLES, Role


class Invitation(models.Model):
    """A link, good once, for one e-mail address, that brings one role. Only its hash is kept."""

    token_hash = models.BinaryField(max_length=32, unique=True)
    email = models.EmailField()
    role = models.CharField(max_length=32)
    team = models.ForeignKey(Team, models.CASCADE, null=True, blank=True, related_name="+")
    # Empty when it was made from the shell, for the first person.
    invited_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    created_at = models.DateTimeField(db_default=ServerTime(), editable=False)
    expires_at = models.DateTimeField()
    accepted_at = models.DateTimeField(null=True)
    accepted_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, null=True, related_name="+")

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(accepted_at__isnull=True, accepted_by__isnull=True)
                | models.Q(accepted_at__isnull=False, accepted_by__isnull=False),
                name="people_invitation_accepted_both_or_neither",
            ),
            models.CheckConstraint(
                condition=models.Q(expires_at__gt=models.F("created_at")),
                name="people_invitation_expires_after_start",
            ),
        ]

    @property
    def role_name(self) -> str:
        return ROLES[Role(self.role)].name
